"""A letter to a client who has no log-in here: read, printed, or told them by word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.services import Telling
from pages.case.heading import case_page
from pages.forms import Form
from pages.printing import pdf_page
from pages.responses import redirect_saved
from people.languages import language_name, language_of_person
from web.once import showed_it
from web.requests import context_of


class TellingForm(Form):
    """How the client is told: two buttons."""

    how = forms.TypedChoiceField(choices=Telling.choices, coerce=Telling, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class ClientLetter:
    """What a letter says and where it stands.

    ``heading``: what the worker is to tell; ``title``: the letter's own, as the client reads it.
    ``text``: the template of its words, drawn from ``words``. ``back_to``: the page, a name
    of an address under the case, with what the link to it says.
    """

    heading: str | Promise
    title: str | Promise
    text: str
    words: Mapping[str, Any]
    back_to: str
    back: str | Promise


def letter_page(
    request: HttpRequest, case: Case, letter: ClientLetter, tell: Callable[[Telling], object]
) -> HttpResponse:
    """The letter, with the buttons that print it or say that the client was told by word.

    ``tell`` writes down how the client was told; what it refuses stands over the buttons.
    """
    ctx = context_of(request)
    language = language_of_person(case.person)
    words = {"whose": case.person, "today": ctx.today, "language": language, **letter.words}
    context = {"case": case, "letter": letter, **words}
    form = TellingForm(request.POST or None)
    if form.is_valid():
        how = form.cleaned_data["how"]
        with form.refusals():
            tell(how)
            if how == Telling.SPOKEN:
                said = _("Saved: the client has been told.")
                return redirect_saved(request, said, letter.back_to, case.pk)
            showed_it(request)
            with translation.override(language):
                answer = pdf_page(request, "pages/case/letter_print.html", context, "letter.pdf")
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
    context |= {"form": form, "language_name": language_name(language)}
    return case_page(request, "pages/case/letter.html", context, about=case)
