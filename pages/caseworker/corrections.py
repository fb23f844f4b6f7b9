"""Answering a client who says that something recorded is wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from pages.answers import done
from pages.caseworker.heading import case_page
from pages.forms.parts import saved
from pages.forms.rights import CorrectionAnswerForm
from rights.models import Outcome
from rights.selectors import open_correction
from rights.services import answer_correction
from web.access import only_for
from web.requests import actor_of, now_of


@only_for(ActorKind.WORKER)
def correction_answer(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """What the client says is wrong, and the body's answer."""
    actor, now = actor_of(request), now_of(request)
    asked = open_correction(actor, correction_id, now=now)
    form = CorrectionAnswerForm(request.POST or None)

    def write(outcome: str, answer: str) -> Any:
        return answer_correction(
            actor=actor, correction_id=correction_id, outcome=Outcome(outcome), answer=answer,
            now=now,
        )  # fmt: skip

    if saved(form, write):
        return done(request, _("Answered. The client sees it."), "pages:my_day")
    context = {"asked": asked, "form": form, "back": reverse("pages:my_day")}
    return case_page(
        request, "pages/caseworker/correction.html", context, about=asked.correction.case
    )
