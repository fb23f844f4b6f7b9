"""What is said once an assessment has begun: who is not told yet, and of another joint plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from caseplan.intake.selectors import earlier_case_of
from caseplan.plan.selectors import other_case_of
from cases.models import Case
from components.templatetags.formatting import short_date
from pages.case.going_on import go_on_in
from people.models import Network
from web.requests import context_of


def redirect_begun(request: HttpRequest, case: Case) -> HttpResponse:
    """Go on to the case, and say what is left to do about it.

    Who begins one for others, and is not on its team, reads whose it is.
    """
    ctx = context_of(request)
    elsewhere = other_case_of(ctx.actor, case, now=ctx.now)
    if elsewhere is not None:
        messages.warning(request, told_elsewhere(elsewhere))
    return go_on_in(request, case, _("The joint assessment has begun."))


def told_earlier(request: HttpRequest, person_id: UUID, intro: str | Promise) -> str:
    """What a form that begins a case says first; that there was one before, to whoever may know."""
    ctx = context_of(request)
    last = earlier_case_of(ctx.actor, person_id, now=ctx.now)
    if last is None:
        return str(intro)
    said = _(
        "There was a joint service before, from %(began)s to %(ended)s. You find it on the page of "
        "the new case."
    ) % {"began": short_date(last.opened_at), "ended": short_date(last.ended_at)}
    return f"{intro} {said}"


def told_elsewhere(elsewhere: Network) -> str:
    """That a joint plan is being kept in another network."""
    return _(
        "A joint plan is already kept in %(network)s. There is one joint plan (381/2023): "
        "agree with the client and that network before you open another."
    ) % {"network": elsewhere.name}
