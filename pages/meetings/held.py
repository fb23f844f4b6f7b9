"""A meeting that has been, written down afterwards."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.meetings import services
from caseplan.plan.selectors import team_shown
from pages.case.writing import case_form_page, recordable_in, worker, writable_case
from pages.meetings.forms import HeldMeetingForm
from pages.responses import redirect_saved
from web.requests import context_of


@worker
def meeting_held(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down a meeting that has been."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = HeldMeetingForm(
        request.POST or None,
        team=team_shown(ctx.actor, case, now=ctx.now),
        own=ctx.actor.writer_id,
        interpreter=case.interpreter_language,
        categories=recordable_in(request, case),
    )
    back = reverse("pages:meetings", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            made = services.record_held_meeting(
                actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), "pages:meeting", made.pk)
    return case_form_page(
        request,
        form,
        case,
        _("Record a meeting that has been"),
        intro=_("What you write down stands as it is. Actions and services are added in the plan."),
        back=back,
    )
