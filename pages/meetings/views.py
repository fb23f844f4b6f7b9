"""Joint meetings: called, prepared, minuted and closed; the client reads, and says who comes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.meetings import services
from caseplan.meetings.access import can_answer_invitation, can_change_meeting
from caseplan.meetings.models import Attendance, Meeting, MeetingPoint
from caseplan.meetings.selectors import (
    NewsItem,
    list_meetings,
    list_news,
    news_of_meeting,
    open_meeting,
    way_on,
)
from caseplan.plan.selectors import goals_to_choose, open_row, team_shown
from cases.access import can_write_in_case
from cases.services import mark_news_seen
from common.clock import HELSINKI
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    recordable_in,
    worker,
    writable_case,
)
from pages.meetings import double_booked
from pages.meetings.forms import (
    AgreedActionForm,
    AgreedServiceForm,
    AskToMeetingForm,
    CallMeetingForm,
    CancelMeetingForm,
    CloseMeetingForm,
    MeetingPointForm,
    MinutesForm,
    MoveMeetingForm,
)
from pages.responses import redirect_saved
from web.access import get_only, post_only
from web.requests import context_of


@party_to_a_plan
@get_only
def meetings(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The meetings of a case, the newest first."""
    ctx = context_of(request)
    case, found = list_meetings(ctx.actor, case_id, now=ctx.now)
    context = {
        "news": list_news(ctx.actor, now=ctx.now, case_id=case_id),
        "meetings": found,
        "may_write": can_write_in_case(ctx.actor, case, now=ctx.now).allowed,
    }
    return page_of_both(request, "pages/meetings/meetings.html", context, about=case)


@worker
def meeting_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Call the client and the team together."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    way = way_on(case.network_id, ctx.today)
    form = CallMeetingForm(
        request.POST or None,
        team=team_shown(ctx.actor, case, now=ctx.now),
        interpreter=case.interpreter_language,
    )
    back = reverse("pages:meetings", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            called = services.call_meeting(
                actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data
            )
            double_booked.warn(request, called)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        case,
        _("Call a meeting"),
        intro=_("What is due goes on the agenda by itself. Your network works by: %(form)s.")
        % {"form": way.get_form_display().lower()},
        button=_("Call the meeting"),
        back=back,
    )


@party_to_a_plan
@get_only
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The room of one meeting: who comes, what is talked about, what is agreed."""
    ctx = context_of(request)
    page = open_meeting(ctx.actor, meeting_id, now=ctx.now)
    news = [
        NewsItem(row, page.meeting.case, page.meeting)
        for row in news_of_meeting(ctx.actor, meeting_id, now=ctx.now)
    ]
    mark_news_seen(actor=ctx.actor, subject_id=meeting_id, now=ctx.now)
    may_change = can_change_meeting(ctx.actor, page.meeting, now=ctx.now).allowed
    own = page.client if ctx.actor.is_client else page.of(ctx.actor, now=ctx.now)
    context = {
        "page": page,
        "news": news,
        "own": own,
        "may_answer": own is not None
        and can_answer_invitation(ctx.actor, page.meeting, own, now=ctx.now).allowed,
        "may_change": may_change,
        "has_begun": page.meeting.starts_at <= ctx.now,
        "rows": [
            (
                point,
                MinutesForm(
                    initial={
                        "text": point.title,
                        "minutes": point.minutes,
                        "revision": point.revision,
                    },
                    auto_id=f"id_{point.pk}_%s",
                )
                if may_change
                else None,
            )
            for point in page.points
        ],
        "today": ctx.today,
    }
    return page_of_both(request, "pages/meetings/meeting.html", context, about=page.meeting.case)


@worker
def meeting_move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Change when and where."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    starts_at = row.starts_at.astimezone(HELSINKI)
    form = MoveMeetingForm(
        request.POST or None,
        initial={
            "starts_on": starts_at.date(),
            "starts_time": starts_at.time(),
            "minutes_long": row.minutes_long,
            "place": row.place,
            "remote_link": row.remote_link,
            "revision": row.revision,
        },
    )
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            moved = services.move_meeting(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            double_booked.warn(request, moved)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        row.case,
        _("When and where"),
        intro=_(
            "If the time changes, everybody is asked again whether they will attend, and an "
            "interpreter is booked anew."
        ),
        back=back,
    )


@worker
def meeting_cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call it off, with a reason."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    form = CancelMeetingForm(request.POST or None)
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            services.cancel_meeting(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            said = _("Saved. Cancel the interpreter, too.") if row.interpreter else _("Saved.")
            return redirect_saved(request, said, back)
    return case_form_page(
        request, form, row.case, _("Cancel the meeting"), button=_("Cancel the meeting"), back=back
    )


@worker
def meeting_ask(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Ask somebody more."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    form = AskToMeetingForm(request.POST or None, team=team_shown(ctx.actor, row.case, now=ctx.now))
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            services.ask_to_meeting(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request, form, row.case, _("Invite somebody more"), button=_("Ask"), back=back
    )


@party_to_a_plan
@post_only
def meeting_answer(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Say whether one comes."""
    ctx = context_of(request)
    asked = request.POST.get("coming", "")
    services.answer_invitation(
        actor=ctx.actor,
        meeting_id=meeting_id,
        participant_id=participant_id,
        coming=Attendance(asked) if asked in Attendance.values else Attendance.UNKNOWN,
        now=ctx.now,
    )
    return redirect_saved(request, _("Your answer is saved."), "pages:meeting", meeting_id)


@worker
def point_new(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Add something to talk about."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    form = MeetingPointForm(request.POST or None, categories=recordable_in(request, row.case))
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            services.add_point(actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, row.case, _("Add to the agenda"), back=back)


@worker
def point(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Write down what was said about a point."""
    ctx = context_of(request)
    row = open_row(ctx.actor, MeetingPoint, point_id, now=ctx.now)
    can_change_meeting(ctx.actor, row.meeting, now=ctx.now).require()
    form = MinutesForm(
        request.POST or None,
        initial={"text": row.title, "minutes": row.minutes, "revision": row.revision},
    )
    back = f"{_url(row.meeting)}#point-{row.pk}"
    if form.is_valid():
        with form.refusals():
            services.write_minutes(
                actor=ctx.actor, point_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, row.case, _("Minutes"), back=back)


@worker
def agree_action(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Agree on a step: it is in the plan at once."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    form = AgreedActionForm(
        request.POST or None,
        goals=goals_to_choose(ctx.actor, row.case, now=ctx.now),
        team=team_shown(ctx.actor, row.case, now=ctx.now),
        categories=recordable_in(request, row.case),
    )
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            services.agree_on_action(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, row.case, _("Agree on an action"), back=back)


@worker
def agree_service(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Agree on a service of one's own body: it is in the plan at once."""
    ctx = context_of(request)
    row = _changeable(request, meeting_id)
    form = AgreedServiceForm(
        request.POST or None,
        body=ctx.actor.working_body,
        categories=recordable_in(request, row.case),
    )
    back = _url(row)
    if form.is_valid():
        with form.refusals():
            services.agree_on_service(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, row.case, _("Agree on a service"), back=back)


@worker
def meeting_close(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say who came, and close the minutes."""
    ctx = context_of(request)
    page = open_meeting(ctx.actor, meeting_id, now=ctx.now)
    can_change_meeting(ctx.actor, page.meeting, now=ctx.now).require()
    form = CloseMeetingForm(request.POST or None, participants=page.participants)
    back = _url(page.meeting)
    if form.is_valid():
        with form.refusals():
            services.close_meeting(
                actor=ctx.actor, meeting_id=page.meeting.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        page.meeting.case,
        _("Close the meeting"),
        intro=_("What was written down then stands as it is."),
        button=_("Close the meeting"),
        back=back,
    )


def _changeable(request: HttpRequest, meeting_id: UUID) -> Meeting:
    ctx = context_of(request)
    row = open_row(ctx.actor, Meeting, meeting_id, now=ctx.now)
    can_change_meeting(ctx.actor, row, now=ctx.now).require()
    return row


def _url(row: Meeting) -> str:
    return reverse("pages:meeting", args=[row.pk])
