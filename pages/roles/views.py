"""Who has which role, from when to when, by whom; proposing and deciding; who let whom in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.selectors import list_codes_let_in
from common.actor import Actor, ActorKind
from common.clock import start_of
from common.decision import NotVisible, Refused
from pages.account.events import events_shown
from pages.responses import form_page, paged, redirect_refused, redirect_saved
from pages.roles.forms import RoleContactForm, RoleForm
from people import services
from people.models import OF_A_NETWORK, AccountEvent, Network, Office, ProposalState, Role, User
from people.selectors import (
    LetIn,
    account_events_of,
    all_networks,
    leads_office,
    list_address_changes,
    list_let_in,
    list_role_changes,
    list_role_holders,
    machines_ending,
    machines_waiting,
    offices_without_leader,
    open_address_change,
    roles_reached_by,
    terms_ending,
)
from web.access import get_only, only_for, post_only
from web.requests import Context, context_of

reader = only_for(ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.OFFICER, ActorKind.KEEPER)
_PROPOSED = _("Proposed. It takes effect once a second person has decided.")
_BEGUN = _("Saved. Nobody is here yet about whom anything could be shown, so nobody else decides.")


@reader
@get_only
def roles(request: HttpRequest) -> HttpResponse:
    """The roles of the network, what is proposed, and who let whom in."""
    ctx = _keeping(request)
    context = {
        "ending": terms_ending(ctx.actor, now=ctx.now),
        "holders": list_role_holders(ctx.actor, now=ctx.now),
        "proposals": list_role_changes(ctx.actor, now=ctx.now),
        "may_propose": bool(_places(ctx)),
        "machines_ending": machines_ending(ctx.actor, now=ctx.now),
        "machines_waiting": machines_waiting(ctx.actor, now=ctx.now),
        "changes": list_address_changes(ctx.actor, now=ctx.now),
        "let_in": paged(request, _let_in(ctx)) if ctx.actor.is_officer else None,
        "is_officer": ctx.actor.is_officer,
        "reader_id": ctx.actor.writer_id,
        "now": ctx.now,
    }
    return render(request, "pages/roles/roles.html", context)


def _let_in(ctx: Context) -> list[LetIn]:
    """Who let whom in: with an account, and with a code on paper. The newest first."""
    rows = list_let_in(ctx.actor, now=ctx.now) + list_codes_let_in(ctx.actor, now=ctx.now)
    return sorted(rows, key=lambda row: row.at, reverse=True)


@reader
def role_new(request: HttpRequest) -> HttpResponse:
    """Propose who begins in a role, who leaves it, or both."""
    ctx = _keeping(request)
    places, asked = _places(ctx), request.GET.get("what", "")
    holders = [
        (str(p.user_id), f"{p.user.full_name}, {p.get_role_display()}")
        for p in list_role_holders(ctx.actor, now=ctx.now)
        if p.role != Role.CASEWORKER and (p.until is None or p.until > ctx.now)
    ]
    form = RoleForm(
        request.POST or None,
        places=[(key, label) for key, (label, _role, _at) in places.items()],
        holders=[] if ctx.actor.kind is ActorKind.DIRECTOR else holders,
        initial={"since": ctx.today, "what": asked if asked in places else ""},
    )
    if form.is_valid():
        given = form.cleaned_data
        _label, role, place = places[given["what"]]
        with form.refusals():
            change = services.propose_role(
                actor=ctx.actor, role=role, since=start_of(given["since"]), now=ctx.now,
                office=place if isinstance(place, Office) else None,
                network=place if isinstance(place, Network) else None,
                successor=given["successor"], title=given["title"],
                leaver_id=UUID(given["leaver"]) if given.get("leaver") else None,
                until=start_of(given["until"] + timedelta(days=1)) if given["until"] else None,
            )  # fmt: skip
            done = change.state == ProposalState.DONE
            # Whoever came from the list of what is missing goes back to it.
            to = "pages:installation" if asked else "pages:roles"
            return redirect_saved(request, _BEGUN if done else _PROPOSED, to)
    return form_page(
        request,
        form,
        heading=_("Propose who has a role"),
        intro=_(
            "A second person decides it: nobody begins a role of their own, or names alone. The "
            "director, their deputy and the steering group have a term of five years at most."
        ),
        button=_("Propose"),
        back=reverse("pages:roles"),
    )


@reader
@post_only
def role_decide(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Let a proposal take effect, or turn it down."""
    ctx = _keeping(request)
    accepted = request.POST.get("accepted") == "yes"
    try:
        services.decide_role(actor=ctx.actor, change_id=change_id, accepted=accepted, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:roles")
    said = _("Decided. It holds from its day on.") if accepted else _("Turned down.")
    return redirect_saved(request, said, "pages:roles")


@reader
@post_only
def role_withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Take back what one has proposed."""
    ctx = _keeping(request)
    services.withdraw_role(actor=ctx.actor, change_id=change_id, now=ctx.now)
    return redirect_saved(request, _("Taken back."), "pages:roles")


@reader
@post_only
def address_approve(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Say, as a second person, that somebody's new address is their own."""
    ctx = _keeping(request)
    services.approve_address(actor=ctx.actor, change_id=change_id, now=ctx.now)
    return redirect_saved(request, _("The address is approved."), "pages:roles")


@reader
@post_only
def address_refuse(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Stop a change of somebody's address."""
    ctx = _keeping(request)
    services.stop_address(actor=ctx.actor, change_id=change_id, now=ctx.now)
    return redirect_saved(request, _("The address stays as it was."), "pages:roles")


@only_for()
def role_contact(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """How somebody in a role outside the offices is reached: one's own, or for an officer all."""
    ctx = context_of(request)
    position = roles_reached_by(ctx.actor, now=ctx.now).filter(pk=position_id).first()
    if position is None:
        raise NotVisible
    is_own = position.user_id == ctx.actor.user_id
    form = RoleContactForm(
        request.POST or None,
        is_own=is_own,
        initial={"phone": position.phone, "email": position.user.email},
    )
    back = reverse("pages:log_ins" if is_own else "pages:roles")
    if form.is_valid():
        with form.refusals():
            services.change_role_contact(
                actor=ctx.actor, position_id=position_id, now=ctx.now, **form.cleaned_data
            )
            waits = not is_own and open_address_change(position.user_id) is not None
            said = _("Saved. The new address waits to be confirmed.") if waits else _("Saved.")
            return redirect_saved(request, said, back)
    return form_page(
        request,
        form,
        heading=_("How %(who)s is reached") % {"who": position.user.full_name},
        intro=_("Your e-mail address you change under My log-ins.")
        if is_own
        else _(
            "Another address holds when it is confirmed from there and a second person has "
            "approved it, or nobody has stopped it in seven days."
        ),
        button=_("Save"),
        back=back,
    )


@only_for(ActorKind.OFFICER)
@get_only
def log_ins_of_one(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """What happened with one worker's account: the officer alone, and the owner sees that."""
    ctx = context_of(request)
    user = get_object_or_404(User.objects.filter(person__isnull=True), pk=user_id)
    events = events_shown(account_events_of(user.pk, now=ctx.now))
    services.record_account_event(
        actor=ctx.actor, event=AccountEvent.LOOKED_AT, user_id=user.pk, now=ctx.now
    )
    return render(request, "pages/roles/log_ins.html", {"whose": user, "events": events})


def _keeping(request: HttpRequest) -> Context:
    """Who asks, where there is something here for them: a worker who leads an office, too."""
    ctx = context_of(request)
    if ctx.actor.is_worker and not leads_office(ctx.actor, now=ctx.now):
        raise NotVisible
    return ctx


def _places(ctx: Context) -> dict[str, tuple[str, Role, Network | Office | None]]:
    """What this actor may propose: a key, its words, the role and where."""
    found: dict[str, tuple[str, Role, Network | Office | None]] = {}
    for office in offices_without_leader(ctx.actor, now=ctx.now):
        label = _("Leads %(office)s") % {"office": office.name}
        if _of_all(ctx.actor):
            label = f"{label} ({office.network.name})"
        found[f"office:{office.pk}"] = (label, Role.CASEWORKER, office)
    for network in _networks(ctx.actor):
        for role in OF_A_NETWORK:
            label = f"{role.label}: {network.name}"
            key = "network" if role is Role.DIRECTOR else role.value
            found[f"{key}:{network.pk}"] = (label, role, network)
    if _of_all(ctx.actor):
        for role in (Role.OFFICER, Role.KEEPER, Role.NATIONAL):
            found[role.value] = (str(role.label), role, None)
        if settings.STAFF_LET_IN_BY == "centre":
            found["granter"] = (str(Role.GRANTER.label), Role.GRANTER, None)
    return found


def _networks(actor: Actor) -> list[Network]:
    if _of_all(actor):
        return all_networks()
    return [n for n in all_networks() if actor.is_worker and n.pk == actor.network_id]


def _of_all(actor: Actor) -> bool:
    return actor.is_officer or actor.is_keeper
