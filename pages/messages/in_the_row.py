"""What is written from a row: a question about an action, an answer to whoever wrote."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.messages import services
from caseplan.messages.access import can_start_thread
from caseplan.messages.models import ThreadKind
from caseplan.plan.models import Action
from caseplan.plan.selectors import open_row
from cases.access import get_case
from pages.case.writing import case_form_page, recordable_in, worker
from pages.messages.forms import NoteForm, WorkerThreadForm
from pages.responses import redirect_saved
from web.requests import context_of

LONGEST_TOPIC = 200


@worker
def action_ask(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Ask about an action: a topic of its own, which begins with the action's words."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_start_thread(ctx.actor, action.case, ThreadKind.DIALOGUE, now=ctx.now).require()
    form = WorkerThreadForm(
        request.POST or None,
        request.FILES or None,
        categories=recordable_in(request, action.case),
        initial={"topic": action.text[:LONGEST_TOPIC], "category": action.category},
    )
    back = reverse("pages:threads", args=[action.case_id])
    if form.is_valid():
        with form.refusals():
            services.start_thread(
                actor=ctx.actor, case=action.case, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Sent."), back)
    return case_form_page(
        request, form, action.case, _("Ask about an action"), button=_("Send"), back=back
    )


@worker
def case_note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A note of the bodies: each category says who reads it, before it is saved."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_start_thread(ctx.actor, case, ThreadKind.NOTE, now=ctx.now).require()
    form = NoteForm(request.POST or None, categories=recordable_in(request, case))
    back = reverse("pages:threads", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.start_thread(
                actor=ctx.actor, case=case, kind=ThreadKind.NOTE, topic=form.topic, now=ctx.now,
                **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Noted."), back)
    return case_form_page(request, form, case, _("A note of the bodies"), back=back)
