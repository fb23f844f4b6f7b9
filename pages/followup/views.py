"""Following a case: clocks, check-ins, and how things are afterwards."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cases.access import can_write_in_case, get_case
from common.actor import ActorKind
from common.decision import NotAllowed
from components.templatetags.formatting import short_date
from followup import services
from followup.access import can_answer_point, can_check_in, get_check_in, get_point
from followup.rules import may_wait
from followup.selectors import (
    acts_of_reminder,
    clocks_to_move,
    latest_check_ins,
    list_clocks,
    list_points,
    open_point,
    open_reminder,
)
from pages.case.heading import about_case
from pages.case.own_case import get_own_case
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    worker,
    writable_case,
)
from pages.followup.forms import (
    CheckInForm,
    ClientPointForm,
    ClockForm,
    FollowUpPointForm,
    SnoozeForm,
)
from pages.responses import form_page, redirect_saved
from pages.rows.answers import answered
from records.selectors import reading_in, reading_of
from rights.selectors import answer_clocks
from web.access import get_only, only_for, open_to_all, post_only
from web.requests import context_of


@party_to_a_plan
@get_only
def follow_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The clocks of a case, how the client says it goes, and how things were after the end."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    reading = reading_in(ctx.actor, case, now=ctx.now)
    context = {
        "clocks": [*list_clocks(reading, case), *answer_clocks(ctx.actor, case, now=ctx.now)],
        "check_ins": latest_check_ins(reading, case, count=12),
        "afterwards": list_points(reading, case),
        "may_write": can_write_in_case(ctx.actor, case, now=ctx.now).allowed,
        "may_check_in": can_check_in(ctx.actor, case).allowed,
    }
    return page_of_both(request, "pages/followup/follow_up.html", context, about=case)


@worker
def clock_move(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let a clock stand still, and say why."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = ClockForm(
        request.POST or None,
        running=clocks_to_move(reading_of(ctx.actor, now=ctx.now), case),
        initial={"from_on": ctx.today},
    )
    back = reverse("pages:follow_up", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.move_clock(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        case,
        _("Deadline paused"),
        intro=_("The day the law says stays in sight. Reminders go by the moved one."),
        back=back,
    )


@worker
@post_only
def check_in_handled(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Somebody has been in touch with the client who asked."""
    ctx = context_of(request)
    found = get_check_in(ctx.actor, check_in_id, now=ctx.now)
    services.handle_check_in(actor=ctx.actor, check_in_id=found.pk, now=ctx.now)
    return redirect_saved(
        request, _("Saved. You have been in touch."), "pages:follow_up", found.case_id
    )


@worker
@post_only
def contact_noted(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Somebody has been in touch with the client who wished it after the end."""
    ctx = context_of(request)
    answer = services.note_contact(actor=ctx.actor, answer_id=answer_id, now=ctx.now)
    return redirect_saved(
        request, _("Saved. You have been in touch."), "pages:follow_up", answer.case_id
    )


@worker
def snooze(request: HttpRequest, reminder_id: UUID) -> HttpResponse:
    """Let one's own reminder wait."""
    ctx = context_of(request)
    due = open_reminder(ctx.actor, reminder_id, on=ctx.today, now=ctx.now)
    if not may_wait(due.kind):
        raise NotAllowed(_("A day of the law does not wait. It leaves when it is dealt with."))
    form = SnoozeForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            reminder = services.snooze(
                actor=ctx.actor, reminder_id=due.id, now=ctx.now, **form.cleaned_data
            )
            said = gettext("comes back on %(day)s; if it is late, it still goes to the leader")
            return answered(
                request,
                acts_of_reminder(replace(due, snoozed_until=reminder.snoozed_until)),
                said % {"day": short_date(reminder.snoozed_until)},
                to=reverse("pages:my_day"),
            )
    return form_page(
        request,
        form,
        heading=_("Postpone a reminder"),
        intro=due.sentence,
        button=_("Postpone it"),
        back=reverse("pages:my_day"),
        about=about_case(request, due.case) if due.case else None,
    )


@worker
@post_only
def show_again(request: HttpRequest, reminder_id: UUID) -> HttpResponse:
    """One click: a reminder that waits is shown again."""
    ctx = context_of(request)
    due = open_reminder(ctx.actor, reminder_id, on=ctx.today, now=ctx.now)
    services.show_again(actor=ctx.actor, reminder_id=due.id, now=ctx.now)
    acts = acts_of_reminder(replace(due, snoozed_until=None))
    return answered(request, acts, gettext("shown again"), to=reverse("pages:my_day"))


@party_to_a_plan
def point_answer(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Say how things are at a point: the client, or who was named to ask."""
    ctx = context_of(request)
    point = get_point(ctx.actor, point_id, now=ctx.now)
    can_answer_point(ctx.actor, point, now=ctx.now).require()
    seen = open_point(reading_of(ctx.actor, now=ctx.now), point_id)
    form = (ClientPointForm if ctx.actor.is_client else FollowUpPointForm)(request.POST or None)
    back = reverse("pages:follow_up", args=[point.case_id])
    if form.is_valid():
        with form.refusals():
            services.answer_point(
                actor=ctx.actor, point_id=point.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        seen.point.case,
        _("How are things now?") if ctx.actor.is_client else _("How are things after the service?"),
        intro=_("Two questions. You need not answer.")
        if ctx.actor.is_client
        else _("Ask the client. What you do not know, you leave unanswered."),
        back=back,
    )


@only_for(ActorKind.CLIENT)
def check_in(request: HttpRequest) -> HttpResponse:
    """How is it going? One choice, and words for whoever wants."""
    ctx = context_of(request)
    case = get_own_case(request)
    can_check_in(ctx.actor, case).require()
    form = CheckInForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.check_in(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Thank you. Your team sees it."), "pages:my_page")
    return form_page(
        request,
        form,
        heading=_("How is it going?"),
        intro=_("If you are stuck or need help, your case manager is told to be in touch."),
        button=_("Tell"),
        back=reverse("pages:my_page"),
        base="base_client.html",
    )


@open_to_all
@never_cache
def how_are_things(request: HttpRequest, token: str) -> HttpResponse:
    """The two questions of a point, by the link of a letter; nothing of anybody is shown."""
    ctx = context_of(request)
    services.invitation_for(token, on=ctx.today)
    form = ClientPointForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.answer_by_link(token=token, now=ctx.now, **form.cleaned_data)
            return render(request, "pages/followup/how_are_things.html", {"answered": True})
    return render(request, "pages/followup/how_are_things.html", {"form": form})
