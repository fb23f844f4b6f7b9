"""Telling a client without a log-in that a case has begun: the letter, in their language."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import team_shown
from cases.models import Case
from cases.services import Telling, tell_of_beginning
from pages.case.heading import case_page
from pages.case.writing import worker, writable_case
from pages.intake.forms import TellingForm
from pages.printing import pdf_page
from pages.responses import redirect_saved
from people.languages import language_name, language_of_person
from people.selectors import officer_contacts
from web.once import showed_it
from web.requests import Context, context_of


@worker
def tell_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letter that a case has begun, to read, to print, or to say that the client was told."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    language = language_of_person(case.person)
    letter = _letter(request, ctx, case, language)
    form = TellingForm(request.POST or None)
    if form.is_valid():
        how = form.cleaned_data["how"]
        with form.refusals():
            tell_of_beginning(actor=ctx.actor, case=case, how=how, now=ctx.now)
            if how == Telling.SPOKEN:
                return redirect_saved(
                    request, _("Saved: the client has been told."), "pages:case", case.pk
                )
            showed_it(request)
            with translation.override(language):
                answer = pdf_page(request, "pages/intake/begun_print.html", letter, "letter.pdf")
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
    context = {"form": form, "case": case, "language_name": language_name(language), **letter}
    return case_page(request, "pages/intake/tell_client.html", context, about=case)


def _letter(request: HttpRequest, ctx: Context, case: Case, language: str) -> dict[str, object]:
    team = team_shown(ctx.actor, case, now=ctx.now)
    return {
        "language": language,
        "whose": case.person,
        "began": case.started_on,
        "team": team,
        "manager": next((member for member in team if member.is_case_manager), None),
        "officers": list(dict.fromkeys(officer_contacts(now=ctx.now))),
        "address": request.build_absolute_uri(reverse("pages:home")),
        "today": ctx.today,
    }
