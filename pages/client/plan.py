"""The client's plan, the client's own goals and tasks, and what the registers say."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.models import Purpose
from benefits.selectors import own_explanations
from caseplan.meetings.selectors import list_news, meetings_ahead
from caseplan.messages.selectors import threads_waiting
from caseplan.plan import services
from caseplan.plan.access import can_ask_for_review, can_write_own_goal
from caseplan.plan.models import Action
from caseplan.plan.selectors import open_case, open_row, own_changes
from cases.models import Case
from cases.selectors import new_manager
from common.actor import ActorKind
from common.bodies import Party
from common.decision import Refused
from consent.selectors import requests_of
from followup.models import ReminderKind
from followup.selectors import check_in_due, reminders_for
from pages.answers import done, form_page, not_done
from pages.client.own_case import find_own_case, get_own_case
from pages.forms.parts import RevisedForm, saved
from pages.forms.plan import OwnGoalForm
from pages.timeline import timeline
from records.selectors import reading_of
from rights.selectors import openings
from web.access import only_for
from web.once import did_nothing
from web.requests import actor_of, now_of, today_of


@only_for(ActorKind.CLIENT)
def my_plan(request: HttpRequest) -> HttpResponse:
    """What happens next, what waits for me, my goals, my people, my plan."""
    actor, now, today = actor_of(request), now_of(request), today_of(request)
    case = find_own_case(request)
    if case is None:
        return render(request, "pages/client/no_case.html")
    page = open_case(actor, case.pk, purpose=Purpose.OWN_DATA, now=now)
    upcoming = page.open_actions()
    own_answer = page.proposal.answer_of(Party.CLIENT) if page.proposal else None
    context: dict[str, Any] = {
        "page": page,
        "next_action": upcoming[0] if upcoming else None,
        "own_actions": [a for a in upcoming if a.owner_party == Party.CLIENT],
        "reminders": [
            due
            for due in reminders_for(actor, on=today, now=now)
            if _is_of(due.case, case)
            and due.stands_alone
            and due.kind != ReminderKind.CHECK_IN  # asked in its own place
        ],
        "must_answer": own_answer is not None and own_answer.answer is None,
        "may_assess": page.ending is not None
        and page.ending.is_open
        and page.ending.view_of(Party.CLIENT) is None,
        "may_write": can_write_own_goal(actor, case, now=now).allowed,
        "may_ask_review": page.in_force is not None
        and can_ask_for_review(actor, case).allowed
        and not (page.review_request and page.review_request.is_open),
        "handover": new_manager(case, now=now),
        "changes": own_changes(actor, now=now),
        "contact": page.case_manager,
        "nothing": frozenset(),
        "requests": requests_of(actor, case) if case.is_open else [],
        "openings": openings(actor, now=now),
        "threads": [row for row in threads_waiting(actor, now=now) if row.case_id == case.pk],
        "meetings": [row for row in meetings_ahead(actor, now=now) if row.case_id == case.pk],
        "news": list_news(actor, now=now),
        "going": check_in_due(reading_of(actor, now=now), case),
    }
    return render(request, "pages/client/my_plan.html", context)


def _is_of(one: Case | None, case: Case) -> bool:
    """Of this plan, or of none of those that the client can turn to: it is told here."""
    return one is None or one.pk == case.pk or one.ended_at is not None


@only_for(ActorKind.CLIENT)
def goal_new(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    can_write_own_goal(actor, case, now=now).require()
    form = OwnGoalForm(request.POST or None)
    if saved(form, lambda text: services.add_own_goal(actor=actor, case=case, text=text, now=now)):
        return done(request, _("Your goal is saved."), "pages:my_plan")
    return form_page(
        request,
        form,
        heading=_("A goal of mine"),
        button=_("Save my goal"),
        back=reverse("pages:my_plan"),
        base="base_client.html",
    )


@only_for(ActorKind.CLIENT)
@require_POST
def action_done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """The client says that their own task is done."""
    actor, now = actor_of(request), now_of(request)
    action = open_row(actor, Action, action_id, now=now)
    form = RevisedForm(request.POST)
    if not form.is_valid():
        did_nothing(request)
        return redirect("pages:my_plan")
    try:
        services.close_action(
            actor=actor,
            action_id=action.pk,
            state="done",  # type: ignore[arg-type]
            reason="",
            revision=form.cleaned_data["revision"],
            now=now,
        )
    except Refused as refusal:
        return not_done(request, refusal, "pages:my_plan")
    return done(request, _("Marked as done. Your team sees it."), "pages:my_plan")


@only_for(ActorKind.CLIENT)
def registers(request: HttpRequest) -> HttpResponse:
    """What the registers say of me, in plain words, and every period behind it."""
    found = own_explanations(actor_of(request), now=now_of(request))
    drawn = [(e, timeline(e) if e.rows else None) for e in found]
    return render(request, "pages/client/registers.html", {"explanations": drawn})
