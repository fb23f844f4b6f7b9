"""What clients ask about who has looked, and the officer's answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.selectors import imports_to_confirm
from caseplan.plan.selectors import list_possible_duplicates
from common.actor import ActorKind
from pages.answers import done, paged
from pages.forms.officer import QuestionFilterForm
from pages.forms.parts import saved
from pages.forms.rights import AnswerForm
from rights.selectors import QuestionFilter, open_question, questions_asked, with_looks
from rights.services import answer_question
from web.access import only_for
from web.requests import actor_of, now_of, today_of

officer = only_for(ActorKind.OFFICER)
PAGE_SIZE = 25


@officer
def questions(request: HttpRequest) -> HttpResponse:
    """The clients' questions: open first, soonest due first, then the answered."""
    form, today = QuestionFilterForm(request.GET), today_of(request)
    found = questions_asked(actor_of(request), form.chosen(), on=today)
    page = paged(request, found, PAGE_SIZE)
    rows = with_looks(list(page.object_list), now=now_of(request))
    narrowed = form.chosen() != QuestionFilter()
    waiting = questions_asked(actor_of(request), QuestionFilter(state="open"), on=today)
    context = {
        "form": form,
        "page": page,
        "rows": [(asked, asked.is_overdue(today)) for asked in rows],
        "joinings": list_possible_duplicates(actor_of(request)),
        "waiting": waiting.count(),
        "overdue": waiting.filter(due_on__lt=today).count(),
        "narrowed": narrowed,
        "imports_waiting": imports_to_confirm(actor_of(request), now=now_of(request)),
    }
    return render(request, "pages/officer/questions.html", context)


@officer
def question_answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question with the look it is about, and the answer: to write, or as it was given."""
    actor, now, today = actor_of(request), now_of(request), today_of(request)
    asked = open_question(actor, question_id, now=now)
    form = AnswerForm(request.POST or None)
    if saved(
        form,
        lambda answer: answer_question(
            actor=actor, question_id=question_id, answer=answer, now=now
        ),
    ):
        return done(request, _("Answered. The client reads it in the log."), "pages:questions")
    context = {
        "asked": asked,
        "is_overdue": asked.is_overdue(today),
        "form": form,
        "back": reverse("pages:questions"),
    }
    return render(request, "pages/officer/question.html", context)
