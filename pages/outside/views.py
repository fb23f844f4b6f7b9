"""Inviting somebody outside, and what they see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from audit.models import Purpose
from caseplan.plan.selectors import open_case
from cases.access import get_case
from common.actor import ActorKind
from common.bodies import Receiver
from common.decision import Refused
from common.levels import Act
from consent.access import can_read_shared, can_take_up
from consent.models import Choice, DecidedFor, OutsideParty
from consent.selectors import get_party, party_by_secret, waiting_invitations
from consent.services import (
    Invitation,
    accept_invitation,
    decide,
    invite,
    renew_invitation,
    withdraw_invitation,
)
from pages.case.heading import case_page
from pages.case.own_case import get_own_case
from pages.outside.forms import AddressForm, TakeUpForm, WithLogInForm
from pages.responses import Text, form_page, redirect_refused, redirect_saved, shown_once
from pages.sharing.forms import HeardInviteForm, InviteForm
from pages.sharing.steps import can_open_more, case_to_work_on, step_page
from rights.selectors import open_who_sees, shared_with
from web.access import get_only, needs, only_for, open_to_all, post_only
from web.requests import context_of
from web.step_up import bring_back

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)
outside = only_for(ActorKind.OUTSIDE)


@worker
def outside_heard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Invite somebody outside the three bodies, as the client decided on paper or orally."""
    ctx = context_of(request)
    case = case_to_work_on(request, case_id)
    form = HeardInviteForm(request.POST or None, client_logs_in=case.person.user_id is not None)
    if form.is_valid():
        with form.refusals():
            made = invite(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _where_it_goes(made.party), "pages:outside_sent", case.pk
            )
    return step_page(
        request,
        form,
        case,
        heading=_("Invite somebody with the client"),
        intro=_(
            "They see only the kinds the client chooses, to the day the client chooses. The "
            "invitation goes to an address of their own, or the client sees it on their own "
            "page. You do not see it."
        ),
        button=_("Write it down and send an invitation"),
    )


@client
@needs(Act.GRANT_CONSENT)
def outside_new(request: HttpRequest) -> HttpResponse:
    """Invite somebody outside the three bodies to chosen kinds of my information, for a time."""
    ctx = context_of(request)
    case = get_own_case(request)
    can_open_more(request, case).require()
    form = InviteForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            made = invite(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return _made(request, made)
    return form_page(
        request,
        form,
        heading=_("Share with somebody else"),
        intro=_(
            "An association, a rehabilitation provider, a workplace, a contact in health care or "
            "a person you trust. They see only the kinds you choose, to the day you choose."
        ),
        button=_("Share and make an invitation"),
        back=reverse("pages:who_sees"),
        base="base_client.html",
    )


@client
@needs(Act.GRANT_CONSENT, when_sent=True)
def outside_party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One outside party: what they see, and ending it or inviting them again."""
    ctx = context_of(request)
    party = get_party(ctx.actor, party_id, now=ctx.now)
    form = AddressForm(
        request.POST if request.POST.get("do") == "again" else None,
        initial={"email": party.email, "phone": party.phone},
    )
    bring_back(request, form)
    if request.method == "POST" and request.POST.get("do") == "again":
        if form.is_valid():
            with form.refusals():
                again = renew_invitation(
                    actor=ctx.actor, party=party, now=ctx.now, **form.cleaned_data
                )
                return _made(request, again)
    elif request.method == "POST":
        decide(
            actor=ctx.actor, case=party.case, choice=Choice.REVOKED, receiver=Receiver.OUTSIDE,
            party_id=party.pk, purpose=DecidedFor.ENDED, now=ctx.now,
        )  # fmt: skip
        return redirect_saved(request, _("Ended. They see nothing from now on."), "pages:who_sees")
    rows = [
        seeing
        for entry in open_who_sees(ctx.actor, party.case, now=ctx.now)
        for seeing in entry.by_receiver
        if seeing.party and seeing.party.pk == party.pk
    ]
    context = {
        "party": party,
        "rows": [row for row in rows if row.sees],
        "is_client": True,
        "form": form,
        "lapsed": party.secret_until <= ctx.now,
    }
    return render(request, "pages/outside/outside_party.html", context)


@worker
@get_only
def outside_sent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The invitations that this body wrote down and nobody has taken up: sent again, taken back."""
    ctx = context_of(request)
    case = case_to_work_on(request, case_id)
    waiting = waiting_invitations(ctx.actor, case, now=ctx.now)
    return case_page(request, "pages/outside/sent.html", {"case": case, "waiting": waiting},
                     about=case)  # fmt: skip


@worker
@post_only
def outside_again(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Send an invitation once more where it was sent, or take it back: never to another address."""
    ctx = context_of(request)
    party = get_party(ctx.actor, party_id, now=ctx.now)
    try:
        if request.POST.get("do") == "withdraw":
            withdraw_invitation(actor=ctx.actor, party=party, now=ctx.now)
            said: Text = _("Taken back. The invitation lets nobody in any more.")
        else:
            again = renew_invitation(actor=ctx.actor, party=party, now=ctx.now)
            said = _where_it_goes(again.party)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:outside_sent", party.case_id)
    return redirect_saved(request, said, "pages:outside_sent", party.case_id)


def _made(request: HttpRequest, made: Invitation) -> HttpResponse:
    """To the client: the secret, once, or where the invitation goes."""
    if not made.secret:
        return redirect_saved(request, _where_it_goes(made.party), "pages:who_sees")
    path = reverse("pages:invitation", args=[made.secret])
    return shown_once(request, made.party.label, path)


def _where_it_goes(party: OutsideParty) -> str:
    if party.sent_to:
        return str(_("The invitation goes to %(address)s.") % {"address": party.sent_to})
    return str(_("The client sees the invitation on their own page and hands it over themselves."))


@open_to_all
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation: with a new log-in, or with the one an outside party has.

    Says nothing of whose case it is: whoever finds the address learns nothing from it.
    """
    ctx = context_of(request)
    party_by_secret(secret, now=ctx.now)
    actor = ctx.actor if request.user.is_authenticated else None
    if actor is not None:
        can_take_up(actor).require()
    form = WithLogInForm(request.POST or None) if actor else TakeUpForm(request.POST or None)
    if form.is_valid():
        language = (get_language() or "fi")[:2]
        with form.refusals():
            accept_invitation(
                secret=secret, actor=actor, language=language, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("The invitation is taken up."), "pages:shared")
    return render(request, "pages/outside/invitation.html", {"form": form, "known": bool(actor)})


@outside
@get_only
def shared(request: HttpRequest) -> HttpResponse:
    """What clients have opened to me, and until when."""
    ctx = context_of(request)
    rows = shared_with(ctx.actor, now=ctx.now)
    return render(request, "pages/outside/shared.html", {"rows": rows})


@outside
@needs(Act.READ_SHARED)
@get_only
def shared_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What of one case has been opened to me; nothing on it can be changed."""
    ctx = context_of(request)
    get_case(ctx.actor, case_id, now=ctx.now)
    can_read_shared(ctx.actor).require()
    page = open_case(ctx.actor, case_id, purpose=Purpose.SHARED, now=ctx.now)
    context = {"page": page, "appears": frozenset()}
    return render(request, "pages/outside/case.html", context)
