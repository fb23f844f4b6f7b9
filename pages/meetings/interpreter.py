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
from cases.access import can_say_interpreter
from cases.services import say_interpreter
from common.actor import ActorKind
from pages.case.going_on import go_on_in
from pages.case.own_case import get_own_case
from pages.case.writing import case_form_page, worker, writable_case
from pages.meetings.forms import (
    NO_INTERPRETER,
    InterpreterForm,
    InterpreterNeedForm,
    OwnInterpreterForm,
)
from pages.responses import form_page, redirect_saved
from web.access import only_for
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


@only_for(ActorKind.CLIENT)
def my_interpreter(request: HttpRequest) -> HttpResponse:
    """Say that I need an interpreter at meetings, or no longer need one.

    Where the language is known the page before sends it in one tap; here it is chosen.
    """
    ctx = context_of(request)
    case = get_own_case(request)
    can_say_interpreter(ctx.actor, case, now=ctx.now).require()
    form = OwnInterpreterForm(
        request.POST or None,
        initial={"language": case.interpreter_language},
        speaks=case.person.language,
    )
    back = reverse("pages:meetings", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            chosen = form.cleaned_data["language"]
            wanted = chosen != NO_INTERPRETER
            say_interpreter(
                actor=ctx.actor, case=case, language=chosen if wanted else "", now=ctx.now
            )
            said = _("Saved. Your workers book an interpreter for each meeting.")
            return redirect_saved(request, said if wanted else _("Saved."), back)
    return form_page(
        request,
        form,
        heading=_("Interpreter"),
        intro=_("Your workers book the interpreter. It costs you nothing."),
        button=_("Save"),
        back=back,
        base="base_client.html",
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
