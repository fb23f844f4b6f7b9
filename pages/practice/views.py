"""Practising: as whom, the end of it, and what would have been sent to somebody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from common.actor import AT_WORK, ActorKind
from common.decision import NotVisible, Refused
from followup.selectors import letters_never_sent
from operations.practice import (
    ask_for_practice,
    can_make_practice,
    practice_state,
)
from pages.responses import redirect_refused, redirect_saved
from people.models import AccountEvent
from people.services import record_account_event
from web import practice
from web.access import get_only, only_for, post_only
from web.requests import context_of

AS_WHOM = (
    ("employment", _("Caseworker of employment services, who manages a joint case")),
    ("social", _("Caseworker of social services, on the same case")),
    ("kela", _("Caseworker of Kela, on the same case")),
    ("colleague", _("Caseworker of employment services who is not on that case")),
    ("leader", _("Leader of an office")),
    ("director", _("Director of the network")),
    ("client", _("Client of the joint case")),
    ("client3", _("Client whose plan is in force")),
    ("officer", _("Data-protection officer")),
    ("keeper", _("Keeper of the organisation")),
)
"""Whom one can be, by their user names in the practice network."""

at_work = only_for(*AT_WORK)


@at_work
def practise(request: HttpRequest) -> HttpResponse:
    """Choose whom to be; whoever keeps the organisation sees how the network stands."""
    ctx = context_of(request)
    state = practice_state()
    stands = bool(state and state.built_at)
    if request.method == "POST":
        who = request.POST.get("as", "")
        if who not in dict(AS_WHOM) or not stands:
            refused = Refused(_("Choose whom to be."))
            return redirect_refused(request, refused, "pages:practise")
        practice.begin(request, who, now=ctx.now)
        record_account_event(
            actor=ctx.actor, event=AccountEvent.PRACTICE_BEGUN, user_id=ctx.actor.writer_id,
            now=ctx.now,
        )  # fmt: skip
        return redirect("pages:home")
    context = {
        "people": AS_WHOM,
        "chosen": practice.chosen(request),
        "state": state,
        "stands": stands,
        "keeps": can_make_practice(ctx.actor).allowed,
    }
    return render(request, "pages/practice/practise.html", context)


@only_for()
@post_only
def end(request: HttpRequest) -> HttpResponse:
    """They are themselves again."""
    ctx = context_of(request)
    if practice.end(request):
        record_account_event(
            actor=ctx.actor, event=AccountEvent.PRACTICE_ENDED, user_id=ctx.actor.writer_id,
            now=ctx.now,
        )  # fmt: skip
    return redirect("pages:home")


@only_for(ActorKind.KEEPER)
@post_only
def anew(request: HttpRequest) -> HttpResponse:
    """Have the practice network made, or put back to its beginning."""
    ctx = context_of(request)
    ask_for_practice(actor=ctx.actor, now=ctx.now)
    said = _("The practice network is made anew, within a minute or two.")
    return redirect_saved(request, said, "pages:practise")


@only_for()
@get_only
def letters(request: HttpRequest) -> HttpResponse:
    """What would have been sent to somebody outside, while one practises."""
    if not practice.is_practising(request):
        raise NotVisible
    ctx = context_of(request)
    shown = letters_never_sent(on=ctx.today, now=ctx.now)
    context = {
        "letters": shown,
        "base": "base_client.html" if ctx.actor.is_client else "base_worker.html",
    }
    return render(request, "pages/practice/letters.html", context)
