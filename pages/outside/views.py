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
from common.actor import ActorKind
from common.bodies import Receiver
from common.decision import NotAllowed, Refused
from consent.models import Choice, DecidedFor
from consent.selectors import get_party, party_by_secret
from consent.services import accept_invitation, decide, invite, renew_invitation
from pages.case.heading import about_case
from pages.case.own_case import get_own_case
from pages.outside.forms import TakeUpForm, WithLogInForm
from pages.responses import form_page, redirect_refused, redirect_saved, shown_once
from pages.sharing.forms import HeardInviteForm, InviteForm
from pages.sharing.steps import can_open_more, case_to_work_on, step_page
from rights.selectors import open_who_sees, shared_with
from web.access import get_only, only_for, open_to_all
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)
outside = only_for(ActorKind.OUTSIDE)


@worker
def outside_heard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Invite somebody outside the three bodies, as the client decided on paper or orally."""
    ctx = context_of(request)
    case = case_to_work_on(request, case_id)
    form = HeardInviteForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            made = invite(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            path = reverse("pages:invitation", args=[made.secret])
            about = about_case(request, case)
            return shown_once(request, made.party.label, path, about=about)
    return step_page(
        request,
        form,
        case,
        heading=_("Invite somebody with the client"),
        intro=_("They see only the kinds the client chooses, to the day the client chooses."),
        button=_("Write it down and make an invitation"),
    )


@client
def outside_new(request: HttpRequest) -> HttpResponse:
    """Invite somebody outside the three bodies to chosen kinds of my information, for a time."""
    ctx = context_of(request)
    case = get_own_case(request)
    can_open_more(request, case).require()
    form = InviteForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            made = invite(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return _secret_page(request, made.party.label, made.secret)
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
def outside_party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One outside party: what they see, and ending it or inviting them again."""
    ctx = context_of(request)
    party = get_party(ctx.actor, party_id, now=ctx.now)
    if request.method == "POST" and request.POST.get("do") == "again":
        try:
            again = renew_invitation(actor=ctx.actor, party=party, now=ctx.now)
        except Refused as refusal:
            return redirect_refused(request, refusal, "pages:outside_party", party_id)
        return _secret_page(request, party.label, again.secret)
    rows = [
        seeing
        for entry in open_who_sees(ctx.actor, party.case, now=ctx.now)
        for seeing in entry.by_receiver
        if seeing.party and seeing.party.pk == party.pk
    ]
    if request.method == "POST":
        decide(
            actor=ctx.actor, case=party.case, choice=Choice.REVOKED, receiver=Receiver.OUTSIDE,
            party_id=party.pk, purpose=DecidedFor.ENDED, now=ctx.now,
        )  # fmt: skip
        return redirect_saved(request, _("Ended. They see nothing from now on."), "pages:who_sees")
    context = {"party": party, "rows": [row for row in rows if row.sees], "is_client": True}
    return render(request, "pages/outside/outside_party.html", context)


def _secret_page(request: HttpRequest, name: str, secret: str) -> HttpResponse:
    return shown_once(request, name, reverse("pages:invitation", args=[secret]))


@open_to_all
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation: with a new log-in, or with the one an outside party has.

    Says nothing of whose case it is: whoever finds the address learns nothing from it.
    """
    ctx = context_of(request)
    party_by_secret(secret, now=ctx.now)
    actor = ctx.actor if request.user.is_authenticated else None
    if actor is not None and actor.kind is not ActorKind.OUTSIDE:
        raise NotAllowed(_("Log out first. An invitation is for somebody outside the service."))
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
@get_only
def shared_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What of one case has been opened to me; nothing on it can be changed."""
    ctx = context_of(request)
    page = open_case(ctx.actor, case_id, purpose=Purpose.SHARED, now=ctx.now)
    context = {"page": page, "appears": frozenset()}
    return render(request, "pages/outside/case.html", context)
