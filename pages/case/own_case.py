"""The case that a client's pages are about, and the others they can turn to.

Somebody who has moved can have a case in two networks at once, with something to answer in each:
the pages are about one of them, chosen by the client, and say so.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import own_case, own_cases
from cases.models import Case
from common.actor import ActorKind
from common.decision import NotVisible
from pages.responses import redirect_saved
from web.access import only_for, post_only
from web.requests import context_of

_CHOSEN = "own_case"


def find_own_case(request: HttpRequest) -> Case | None:
    """The case the client has turned to, else their newest open one, else their latest.

    What can be turned to is put on the request, for the head of the page.
    """
    ctx = context_of(request)
    cases = own_cases(ctx.actor, now=ctx.now)
    chosen = request.session.get(_CHOSEN)
    case = next((one for one in cases if str(one.pk) == chosen), None)
    case = case or (cases[0] if cases else own_case(ctx.actor, now=ctx.now))
    if len(cases) > 1:
        request.own_plans = [(one, one == case) for one in cases]  # type: ignore[attr-defined]
    return case


def get_own_case(request: HttpRequest) -> Case:
    """The same. Raises :class:`NotVisible` where the client has none."""
    case = find_own_case(request)
    if case is None:
        raise NotVisible
    return case


@only_for(ActorKind.CLIENT)
@post_only
def own_case_turn_to(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Turn to another of one's own open cases: the pages are about that one from now on."""
    ctx = context_of(request)
    cases = own_cases(ctx.actor, now=ctx.now)
    if case_id not in {case.pk for case in cases}:
        raise NotVisible
    request.session[_CHOSEN] = str(case_id)
    return redirect_saved(request, _("These pages are now about this plan."), "pages:my_page")
