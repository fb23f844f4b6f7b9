"""Telling a client without a log-in that a case has begun: the letter, in their language."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import team_shown
from cases.services import tell_of_beginning
from pages.case.letters import ClientLetter, letter_page
from pages.case.writing import worker, writable_case
from people.selectors import officer_contacts
from web.requests import context_of


@worker
def tell_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letter that a case has begun, to read, to print, or to say that the client was told."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    team = team_shown(ctx.actor, case, now=ctx.now)
    letter = ClientLetter(
        heading=_("Tell the client that it has begun"),
        title=_("A joint assessment has begun"),
        text="pages/intake/begun_letter.html",
        words={
            "began": case.started_on,
            "team": team,
            "manager": next((member for member in team if member.is_case_manager), None),
            "officers": list(dict.fromkeys(officer_contacts(now=ctx.now))),
            "address": request.build_absolute_uri(reverse("pages:home")),
        },
        back_to="pages:case",
        back=_("Back to the plan"),
    )
    tell = partial(tell_of_beginning, actor=ctx.actor, case=case, now=ctx.now)
    return letter_page(request, case, letter, lambda how: tell(how=how))
