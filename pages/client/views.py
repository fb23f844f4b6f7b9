"""The client's pages: my plan, who sees what, who has looked."""

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from audit.models import Purpose
from benefits.selectors import own_explanations
from caseplan import services
from caseplan.models import Action
from caseplan.selectors import list_looks, open_case, open_row, own_case
from cases.models import Case
from common.actor import ActorKind
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import NotVisible, Refused
from consent.models import Category
from consent.selectors import who_sees as who_sees_of
from consent.services import grant, revoke
from followup.selectors import reminders_for
from pages.answers import done, form_page
from pages.forms import OwnGoalForm, saved
from pages.timeline import timeline
from web.access import only_for
from web.requests import actor_of, now_of, today_of


def _own_case(request: HttpRequest) -> Case:
    case = own_case(actor_of(request), now=now_of(request))
    if case is None:
        raise NotVisible
    return case


@only_for(ActorKind.CLIENT)
def my_plan(request: HttpRequest) -> HttpResponse:
    """What happens next, what waits for me, my goals, my people, my plan."""
    actor, now, today = actor_of(request), now_of(request), today_of(request)
    case = own_case(actor, now=now)
    if case is None:
        return render(request, "pages/client/no_case.html")
    page = open_case(actor, case.pk, purpose=Purpose.OWN_DATA, now=now)
    upcoming = page.open_actions()
    own_answer = page.proposal.answer_of(Party.CLIENT) if page.proposal else None
    context = {
        "page": page,
        "next_action": upcoming[0] if upcoming else None,
        "own_actions": [a for a in upcoming if a.owner_party == Party.CLIENT],
        "reminders": [due for due in reminders_for(actor, on=today, now=now) if due.is_of_the_plan],
        "must_answer": own_answer is not None and own_answer.answer is None,
        "contact": page.case_manager,
    }
    return render(request, "pages/client/my_plan.html", context)


@only_for(ActorKind.CLIENT)
def goal_new(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    case = _own_case(request)
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
    try:
        services.close_action(
            actor=actor,
            action_id=action.pk,
            state="done",  # type: ignore[arg-type]
            reason="",
            revision=int(request.POST.get("revision", "0") or 0),
            now=now,
        )
    except Refused as refusal:
        return done(request, refusal.message, "pages:my_plan")
    return done(request, _("Marked as done. Your team sees it."), "pages:my_plan")


@only_for(ActorKind.CLIENT)
def who_sees(request: HttpRequest) -> HttpResponse:
    """Each category, each body: sees or not, why, and a switch where the choice is mine."""
    case = _own_case(request)
    return render(
        request,
        "pages/client/who_sees.html",
        {"categories": who_sees_of(case, on=day_of(now_of(request)))},
    )


@only_for(ActorKind.CLIENT)
def change_grant(request: HttpRequest, category: str, body: str) -> HttpResponse:
    """Show what a change would mean, then make it: one page, one button."""
    case = _own_case(request)
    if category not in Category.values or body not in Body.values:
        raise NotVisible
    the_category, the_body = Category(category), Body(body)
    row = next(
        seeing
        for entry in who_sees_of(case, on=today_of(request))
        if entry.category == the_category
        for seeing in entry.by_body
        if seeing.body == the_body
    )
    if not row.is_clients_choice:
        raise NotVisible
    if request.method == "POST":
        change = revoke if request.POST.get("do") == "revoke" else grant
        change(
            actor=actor_of(request),
            case=case,
            category=the_category,
            receiving_body=the_body,
            now=now_of(request),
        )
        return done(request, _("Saved. It is in effect now."), "pages:who_sees")
    context = {"row": row, "category": the_category, "body": the_body}
    return render(request, "pages/client/change_grant.html", context)


@only_for(ActorKind.CLIENT)
def access_log(request: HttpRequest) -> HttpResponse:
    """Who has opened my case, when and why; by day, newest first."""
    case = own_case(actor_of(request), now=now_of(request))
    if case is None:
        return redirect("pages:my_plan")
    looks = list_looks(actor_of(request), case.pk, now=now_of(request))
    days = [(day, list(rows)) for day, rows in groupby(looks, key=lambda x: day_of(x.row.at))]
    return render(request, "pages/client/access_log.html", {"days": days})


@only_for(ActorKind.CLIENT)
def registers(request: HttpRequest) -> HttpResponse:
    """What the registers say of me, in plain words, and every period behind it."""
    found = own_explanations(actor_of(request), now=now_of(request))
    drawn = [(e, timeline(e) if e.rows else None) for e in found]
    return render(request, "pages/client/registers.html", {"explanations": drawn})
