"""Who has looked at the client's information, asking about it, and the officer's answers."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.selectors import imports_to_confirm
from caseplan.plan.selectors import list_possible_duplicates
from cases.selectors import list_covers_to_review
from cases.services import mark_news_seen
from common.actor import ActorKind
from common.decision import NotVisible
from consent.selectors import grounds_waiting
from pages.access_log.forms import (
    AnswerForm,
    QuestionFilterForm,
    QuestionForm,
    VisitFilterForm,
)
from pages.case.own_case import find_own_case, get_own_case
from pages.corrections.forms import ProlongForm
from pages.responses import form_page, paged, redirect_saved
from people.selectors import (
    list_organisation_news,
    machines_waiting,
    staff_files_waiting,
    waiting_territory_changes,
)
from rights.selectors import (
    QuestionFilter,
    VisitFilter,
    disputes_unseen,
    list_questions,
    list_visits,
    open_question,
    questions_asked,
    turned_away_unseen,
)
from rights.services import answer_question, ask_about_access, prolong_question
from web.access import get_only, only_for, post_only
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)
PAGE_SIZE = 25


@only_for(ActorKind.CLIENT)
@get_only
def access_log(request: HttpRequest) -> HttpResponse:
    """Who has opened my case, when and why: a line a visit, by day, newest first."""
    ctx = context_of(request)
    case = find_own_case(request)
    if case is None:
        return redirect("pages:my_page")
    form = VisitFilterForm(request.GET)
    chosen = form.chosen()
    page = paged(request, list_visits(ctx.actor, case.pk, chosen, now=ctx.now), PAGE_SIZE)
    context = {
        "form": form,
        "page": page,
        "days": [(day, list(rows)) for day, rows in groupby(page, key=lambda visit: visit.day)],
        "narrowed": chosen != VisitFilter(),
    }
    return render(request, "pages/access_log/access_log.html", context)


@only_for(ActorKind.CLIENT)
def look_ask(request: HttpRequest, look: int) -> HttpResponse:
    """Ask why somebody looked; a responsible person must answer in time."""
    ctx = context_of(request)
    case = get_own_case(request)
    visit = list_visits(ctx.actor, case.pk, now=ctx.now).holding(look)
    if visit is None:
        raise NotVisible
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            ask_about_access(
                actor=ctx.actor,
                case=case,
                log_row=look,
                text=form.cleaned_data["text"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Your question is sent. The answer comes here."), "pages:access_log"
            )
    return form_page(
        request,
        form,
        heading=_("Ask about this"),
        intro=f"{visit.who} {visit.what}.",
        button=_("Send my question"),
        back=reverse("pages:access_log"),
        base="base_client.html",
    )


@officer
@get_only
def questions(request: HttpRequest) -> HttpResponse:
    """The clients' questions: open first, soonest due first, then the answered."""
    ctx = context_of(request)
    form = QuestionFilterForm(request.GET)
    found = questions_asked(ctx.actor, form.chosen(), on=ctx.today)
    page = paged(request, found, PAGE_SIZE)
    rows = list_questions(ctx.actor, list(page.object_list), now=ctx.now)
    narrowed = form.chosen() != QuestionFilter()
    waiting = questions_asked(ctx.actor, QuestionFilter(state="open"), on=ctx.today)
    context = {
        "form": form,
        "page": page,
        "rows": [(asked, asked.is_overdue(ctx.today)) for asked in rows],
        "disputes": disputes_unseen(ctx.actor),
        "turned_away": turned_away_unseen(ctx.actor),
        "joinings": list_possible_duplicates(ctx.actor),
        "organisation_news": list_organisation_news(ctx.actor, now=ctx.now),
        "organisation_waits": len(waiting_territory_changes())
        + len(staff_files_waiting(ctx.actor, now=ctx.now))
        + machines_waiting(ctx.actor, now=ctx.now),
        "waiting": waiting.count(),
        "overdue": waiting.filter(due_on__lt=ctx.today).count(),
        "narrowed": narrowed,
        "imports_waiting": imports_to_confirm(ctx.actor, now=ctx.now),
        "grounds_waiting": grounds_waiting(ctx.actor, on=ctx.today),
        "covers_waiting": list_covers_to_review(ctx.actor, now=ctx.now),
    }
    return render(request, "pages/access_log/questions.html", context)


@officer
@post_only
def turned_away_seen(request: HttpRequest) -> HttpResponse:
    """The officer has read who was not let in: it leaves their first page."""
    ctx = context_of(request)
    for told in turned_away_unseen(ctx.actor):
        mark_news_seen(actor=ctx.actor, now=ctx.now, subject_id=told.subject_id)
    return redirect_saved(request, _("Marked as read."), "pages:questions")


@officer
def question_answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question with the look it is about, and the answer: to write, or as it was given."""
    ctx = context_of(request)
    asked = open_question(ctx.actor, question_id, now=ctx.now)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            answer_question(
                actor=ctx.actor,
                question_id=question_id,
                answer=form.cleaned_data["answer"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Answered. The client reads it in the log."), "pages:questions"
            )
    context = {
        "asked": asked,
        "is_overdue": asked.is_overdue(ctx.today),
        "form": form,
        "longer_url": reverse("pages:question_prolong", args=[question_id]),
        "back": reverse("pages:questions"),
    }
    return render(request, "pages/access_log/question.html", context)


@officer
def question_prolong(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take longer, once, and tell the client why (GDPR Art. 12(3))."""
    ctx = context_of(request)
    asked = open_question(ctx.actor, question_id, now=ctx.now)
    form = ProlongForm(request.POST or None)
    back = reverse("pages:question_answer", args=[question_id])
    if form.is_valid():
        with form.refusals():
            prolong_question(
                actor=ctx.actor, question_id=question_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved. The client is told."), back)
    return form_page(
        request,
        form,
        heading=_("The answer takes longer"),
        intro=asked.question.text,
        button=_("Tell the client"),
        back=back,
    )
