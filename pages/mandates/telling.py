"""Telling a client without a log-in who acts for them, or does so no more: the letter."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_mandate
from cases.services import tell_of_mandate
from pages.case.letters import ClientLetter, letter_page
from pages.case.writing import worker, writable_case
from web.requests import context_of


@worker
def mandate_tell(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The letter about one mandate, to print, or to say that the client was told."""
    ctx = context_of(request)
    row = open_mandate(ctx.actor, mandate_id, now=ctx.now)
    case = writable_case(request, row.mandate.case_id)
    letter = ClientLetter(
        heading=_("Tell the client who acts for them"),
        title=_("Who acts for you"),
        text="pages/mandates/letter.html",
        words={"row": row},
        back_to="pages:mandates",
        back=_("Who acts for the client"),
    )
    tell = partial(tell_of_mandate, actor=ctx.actor, mandate_id=mandate_id, now=ctx.now)
    return letter_page(request, case, letter, lambda how: tell(how=how))
