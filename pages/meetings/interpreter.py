"""In which language a client needs an interpreter, and who interprets at a meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.meetings import services
from caseplan.meetings.access import can_change_meeting
from caseplan.meetings.models import Meeting
from caseplan.plan.selectors import open_row
from cases.services import say_interpreter
from pages.case.going_on import go_on_in
from pages.case.writing import case_form_page, worker, writable_case
from pages.meetings.forms import NO_INTERPRETER, InterpreterForm, InterpreterNeedForm
from pages.responses import redirect_saved
from web.requests import context_of


@worker
def interpreter_need(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say in which language the client needs an interpreter, or that they need none."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = InterpreterNeedForm(
        request.POST or None,
        initial={"language": case.interpreter_language},
        speaks=case.person.language,
    )
    if form.is_valid():
        with form.refusals():
            chosen = form.cleaned_data["language"]
            say_interpreter(
                actor=ctx.actor, case=case, now=ctx.now,
                language="" if chosen == NO_INTERPRETER else chosen,
            )  # fmt: skip
            return go_on_in(request, case, _("Saved."), "pages:meetings")
    return case_form_page(
        request,
        form,
        case,
        _("Interpreter"),
        intro=_("Each meeting to come then asks for one, until it is booked or not needed."),
        back=reverse("pages:meetings", args=[case.pk]),
    )


@worker
def meeting_interpreter(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Write down that an interpreter is booked, or why none is needed this time."""
    ctx = context_of(request)
    row = open_row(ctx.actor, Meeting, meeting_id, now=ctx.now)
    can_change_meeting(ctx.actor, row, now=ctx.now).require()
    form = InterpreterForm(
        request.POST or None,
        speaks=row.case.interpreter_language,
        initial={
            "interpreter_language": row.interpreter_language or row.case.interpreter_language,
            "interpreter": row.interpreter,
            "without_interpreter": row.without_interpreter,
            "revision": row.revision,
        },
    )
    back = reverse("pages:meeting", args=[row.pk])
    if form.is_valid():
        with form.refusals():
            services.book_interpreter(
                actor=ctx.actor, meeting_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        row.case,
        _("Interpreter"),
        intro=_("Book the interpreter where you book them, and write it down here."),
        back=back,
    )
