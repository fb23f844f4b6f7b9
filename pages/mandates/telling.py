"""Telling a client without a log-in who acts for them, or does so no more: the letter."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_mandate
from cases.services import Telling, tell_of_mandate
from pages.case.heading import case_page
from pages.case.writing import worker, writable_case
from pages.intake.forms import TellingForm
from pages.printing import pdf_page
from pages.responses import redirect_saved
from people.languages import language_name, language_of_person
from web.once import showed_it
from web.requests import context_of


@worker
def mandate_tell(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The letter about one mandate, to print, or to say that the client was told."""
    ctx = context_of(request)
    row = open_mandate(ctx.actor, mandate_id, now=ctx.now)
    case = writable_case(request, row.mandate.case_id)
    language = language_of_person(case.person)
    letter = {"row": row, "whose": case.person, "today": ctx.today, "language": language}
    form = TellingForm(request.POST or None)
    if form.is_valid():
        how = form.cleaned_data["how"]
        with form.refusals():
            tell_of_mandate(actor=ctx.actor, mandate_id=mandate_id, how=how, now=ctx.now)
            if how == Telling.SPOKEN:
                return redirect_saved(
                    request, _("Saved: the client has been told."), "pages:mandates", case.pk
                )
            showed_it(request)
            with translation.override(language):
                answer = pdf_page(request, "pages/mandates/letter_print.html", letter, "letter.pdf")
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
    context = {"form": form, "case": case, "language_name": language_name(language), **letter}
    return case_page(request, "pages/mandates/tell_client.html", context, about=case)
