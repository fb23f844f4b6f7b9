"""The case that a client's pages are about."""

from django.http import HttpRequest

from caseplan.selectors import own_case
from cases.models import Case
from common.decision import NotVisible
from web.requests import actor_of, now_of


def get_own_case(request: HttpRequest) -> Case:
    """The client's open case, or their latest. Raises :class:`NotVisible` without one."""
    case = own_case(actor_of(request), now=now_of(request))
    if case is None:
        raise NotVisible
    return case
