"""The board of commitments, and what one body asks of another."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_answer_body_request, can_withdraw_body_request
from caseplan.plan.models import BodyRequest, Goal
from caseplan.plan.selectors import (
    CommitmentKind,
    body_requests_of,
    commitments,
    count_commitments,
    list_commitments,
    open_row,
    put_acts_on_board,
)
from cases.access import can_write_in_case
from common.levels import Act
from components.templatetags.formatting import in_a_file, party_name, short_date
from consent.models import Category
from pages.case.writing import case_form_page, case_url, worker
from pages.commitments.forms import (
    AcceptRequestForm,
    AskBodyForm,
    BoardForm,
    DeclineRequestForm,
)
from pages.exports.asking import TakenOut, after_asking_why
from pages.filters.columns import ListColumn, columns_of, linked, narrowed
from pages.filters.shown import filters_context, saved_for
from pages.forms import Form
from pages.responses import csv_file, paged, redirect_saved
from people.models import FilteredList
from records.selectors import Reading, reading_of
from rights.models import ExportKind
from web.access import get_only, needs, post_only
from web.requests import context_of

LABELS = {
    CommitmentKind.MINE: _("My commitments"),
    CommitmentKind.OVERDUE: _("Deadline passed"),
    CommitmentKind.WAITING: _("Waiting for my organisation"),
    CommitmentKind.OTHERS: _("Of others, in the cases I manage"),
    CommitmentKind.UNOWNED: _("Without an owner"),
}


@worker
@get_only
def board(request: HttpRequest) -> HttpResponse:
    """Who waits for whom across all one's cases, and the requests between the bodies."""
    ctx = context_of(request)
    reading, kind = reading_of(ctx.actor, now=ctx.now), _kind(request.GET)
    form = BoardForm(request.GET)
    wanted = form.choices()
    page = paged(request, commitments(reading, kind, wanted))
    counts = count_commitments(reading)
    saved = saved_for(request, FilteredList.BOARD)
    rows = list_commitments(reading, page.object_list)
    requests = body_requests_of(ctx.actor, now=ctx.now)
    put_acts_on_board(ctx.actor, rows, [*requests.to_answer, *requests.asked], now=ctx.now)
    context = {
        "kind": kind.value,
        "label": LABELS[kind],
        "kinds": [(k.value, label, getattr(counts, k.value)) for k, label in LABELS.items()],
        "page": page,
        "rows": rows,
        "requests": requests,
        "form": form,
        "narrowed": any((wanted.party, wanted.state, wanted.due)),
        "columns": _columns(request, wanted.order),
        "query": narrowed(request),
        **filters_context(
            request, FilteredList.BOARD, saved, [_count(reading, one.choices) for one in saved], []
        ),
    }
    return render(request, "pages/commitments/board.html", context)


@worker
@needs(Act.EXPORT_MANY)
def board_csv(request: HttpRequest) -> HttpResponseBase:
    """One list of the board as a file."""
    return after_asking_why(
        request, ExportKind.COMMITMENTS, lambda: _file(request), back=reverse("pages:board")
    )


def _file(request: HttpRequest) -> TakenOut:
    ctx = context_of(request)
    reading, kind = reading_of(ctx.actor, now=ctx.now), _kind(request.GET)
    wanted = BoardForm(request.GET).choices()
    rows = list(list_commitments(reading, commitments(reading, kind, wanted), exported=True))
    file = csv_file(
        "commitments.csv",
        [
            _("Client"), _("Born"), _("Non-disclosure"), _("What"), _("Who"), _("Body"),
            _("State"), _("Due"),
        ],
        (
            (
                *in_a_file(a.case.person), a.text, a.owner_name, party_name(a.owner_party),
                a.get_state_display(), short_date(a.due_on),
            )
            for a in rows
        ),
    )  # fmt: skip
    shown = {Category.IDENTITY_CONTACT.value, *(a.category for a in rows)}
    return TakenOut(file, len({a.case_id for a in rows}), shown)


@worker
def body_ask(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Ask another body for a step towards a goal."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_write_in_case(ctx.actor, goal.case, now=ctx.now).require()
    form = AskBodyForm(request.POST or None, own=ctx.actor.body)
    if form.is_valid():
        with form.refusals():
            services.ask_body(actor=ctx.actor, goal_id=goal.pk, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, goal.case))
    return case_form_page(
        request, form, goal.case, _("Ask another body"), intro=goal.text, button=_("Ask")
    )


@worker
def body_accept(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take on what another body asked, by a day."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, BodyRequest, request_id, now=ctx.now)
    can_answer_body_request(ctx.actor, asked, now=ctx.now).require()
    form = AcceptRequestForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.accept_request(
                actor=ctx.actor, request_id=asked.pk, now=ctx.now, **form.cleaned_data
            )
            said = _("Accepted. It is now an action of your organisation.")
            return redirect_saved(request, said, case_url(request, asked.case))
    return case_form_page(request, form, asked.case, _("We do this"), intro=asked.text)


@worker
def body_decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say why one's body does not do what was asked."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, BodyRequest, request_id, now=ctx.now)
    can_answer_body_request(ctx.actor, asked, now=ctx.now).require()
    form = DeclineRequestForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.decline_request(
                actor=ctx.actor, request_id=asked.pk, now=ctx.now, **form.cleaned_data
            )
            said = _("Declined. Whoever asked reads why.")
            return redirect_saved(request, said, case_url(request, asked.case))
    return case_form_page(
        request, form, asked.case, _("We can't do this"), intro=asked.text, button=_("Send")
    )


@worker
def body_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take back what one's own body asked."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, BodyRequest, request_id, now=ctx.now)
    can_withdraw_body_request(ctx.actor, asked, now=ctx.now).require()
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.withdraw_body_request(actor=ctx.actor, request_id=asked.pk, now=ctx.now)
            return redirect_saved(request, _("Saved."), case_url(request, asked.case))
    return case_form_page(
        request,
        form,
        asked.case,
        _("Take the request back"),
        intro=asked.text,
        button=_("Take the request back"),
    )


@worker
@post_only
def body_read(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What became of a request of one's own body is read: a refusal stands no longer."""
    ctx = context_of(request)
    asked = services.read_answer(actor=ctx.actor, request_id=request_id, now=ctx.now)
    return redirect_saved(request, _("Marked as read."), case_url(request, asked.case))


def _kind(choices: Mapping[str, str]) -> CommitmentKind:
    asked = choices.get("kind", "")
    return CommitmentKind(asked) if asked in set(CommitmentKind) else CommitmentKind.MINE


def _count(reading: Reading, choices: Mapping[str, str]) -> int:
    """How many a saved filter shows now."""
    wanted = BoardForm(choices).choices()
    return commitments(reading, _kind(choices), wanted).count()


def _columns(request: HttpRequest, order: str) -> list[ListColumn]:
    columns = [
        ("client", _("Client"), False),
        ("", _("What"), False),
        ("who", _("Who"), False),
        ("state", _("State"), False),
        ("due", _("Due"), True),
    ]
    return columns_of(order or "due", columns, lambda code: linked(request, "order", code))
