"""Whoever leads an office, or grants for the state, answers those whom a directory knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible, Refused
from pages.letting_in.forms import LetInForm, RefuseEntryForm, SameAccountForm
from pages.responses import redirect_refused, redirect_saved
from people import services
from people.entering import Claim
from people.models import EntryWhat
from people.selectors import EntryShown, list_entry_requests, open_entry_request
from people.selectors import leads_office as leads
from web.access import get_only, only_for, post_only
from web.identity.pages import CLAIMS
from web.requests import Context, context_of

lets_in = only_for(ActorKind.WORKER, ActorKind.GRANTER)


@lets_in
@get_only
def letting_in(request: HttpRequest) -> HttpResponse:
    """Who waits to be let in, the longest first."""
    ctx = context_of(request)
    rows = list_entry_requests(ctx.actor, now=ctx.now)
    if ctx.actor.is_worker and not rows and not leads(ctx.actor, now=ctx.now):
        raise NotVisible
    return render(request, "pages/letting_in/list.html", {"rows": rows})


@lets_in
def entry(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """One who waits: what their directory says, and where they may be let in."""
    ctx = context_of(request)
    shown = open_entry_request(ctx.actor, asked_id, now=ctx.now)
    form = LetInForm(
        request.POST or None,
        offices=shown.may_let_into,
        initial={name.value: text[:100] for name, text in shown.said if name is not Claim.OFFICE},
    )
    if request.method == "POST" and (_is_renaming(shown) or form.is_valid()):
        with form.refusals():
            _let_in(ctx, shown, form)
            return redirect_saved(request, _("Saved. They are told."), "pages:letting_in")
    return _page(request, shown, form=form)


@lets_in
@post_only
def entry_refuse(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Say no, and why."""
    ctx = context_of(request)
    shown = open_entry_request(ctx.actor, asked_id, now=ctx.now)
    form = RefuseEntryForm(request.POST)
    if form.is_valid():
        with form.refusals():
            services.refuse_entry(
                actor=ctx.actor, request_id=asked_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved. They are told."), "pages:letting_in")
    return _page(request, shown, refuse=form)


@lets_in
@post_only
def entry_same(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Say that it is somebody who was added to the office and has never logged in."""
    ctx = context_of(request)
    shown = open_entry_request(ctx.actor, asked_id, now=ctx.now)
    form = SameAccountForm(request.POST)
    if form.is_valid():
        with form.refusals():
            services.link_unused_account(
                actor=ctx.actor, request_id=asked_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(
                request, _("Saved. They log in with their organisation."), "pages:letting_in"
            )
    return _page(request, shown, same=form)


@only_for(ActorKind.STRANGER)
@post_only
def entry_again(request: HttpRequest) -> HttpResponse:
    """Somebody who was not let in asks once more."""
    ctx = context_of(request)
    try:
        services.ask_again(actor=ctx.actor, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:home")
    return redirect_saved(request, _("Asked again."), "pages:home")


def _let_in(ctx: Context, shown: EntryShown, form: LetInForm) -> None:
    given: dict[str, Any] = {}
    if not _is_renaming(shown):
        given = {**form.cleaned_data, "office_id": UUID(form.cleaned_data["office"])}
        del given["office"]
    services.let_in(actor=ctx.actor, request_id=shown.request.pk, now=ctx.now, **given)


def _is_renaming(shown: EntryShown) -> bool:
    return shown.request.what == EntryWhat.RENAMED


def _as_called(said: tuple[Claim, str]) -> int:
    """The name first, then how they are reached, then their work: in the order of ``CLAIMS``."""
    return list(CLAIMS).index(said[0])


def _page(
    request: HttpRequest,
    shown: EntryShown,
    *,
    form: LetInForm | None = None,
    refuse: RefuseEntryForm | None = None,
    same: SameAccountForm | None = None,
) -> HttpResponse:
    context = {
        "shown": shown,
        "said": [(CLAIMS[claim], text) for claim, text in sorted(shown.said, key=_as_called)],
        "renaming": _is_renaming(shown),
        "form": form or LetInForm(offices=shown.may_let_into),
        "refuse_form": refuse or RefuseEntryForm(),
        "same_form": same
        or SameAccountForm(
            initial={"username": shown.same_address.username if shown.same_address else ""}
        ),
    }
    return render(request, "pages/letting_in/entry.html", context)
