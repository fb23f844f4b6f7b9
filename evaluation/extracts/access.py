"""Who asks for an extract, who approves it, who takes it out. No one of them can do all three."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import Decision, NotVisible
from evaluation.extracts.models import ExtractOrder, ExtractState

_STANDING = (ExtractState.ASKED, ExtractState.APPROVED, ExtractState.MADE)


def orders_visible_to(actor: Actor) -> QuerySet[ExtractOrder]:
    """Those of the director's network; to the data-protection officer, all. To others, none."""
    orders = ExtractOrder.objects.all()
    if actor.kind is ActorKind.DIRECTOR:
        return orders.filter(network_id=actor.working_network_id)
    return orders if actor.is_officer else orders.none()


def get_order(actor: Actor, order_id: UUID, *, lock: bool = False) -> ExtractOrder:
    """One of them. Raises :class:`NotVisible` otherwise."""
    orders = orders_visible_to(actor).select_related("network", "asked_by", "answered_by")
    found = (orders.select_for_update(of=("self",)) if lock else orders).filter(pk=order_id)
    order = found.first()
    if order is None:
        raise NotVisible
    return order


def can_ask_for_extract(actor: Actor) -> Decision:
    """The director, for the network; the decision itself is the controllers'."""
    if actor.kind is ActorKind.DIRECTOR:
        return Decision.yes()
    return Decision.no(_("Only the director asks for an extract."))


def can_answer_extract(actor: Actor, order: ExtractOrder) -> Decision:
    """The data-protection officer, never whoever asked, in whichever other role they are here."""
    if not actor.is_officer:
        return Decision.no(_("Only the data-protection officer approves an extract."))
    if actor.user_id == order.asked_by_id:
        return Decision.no(_("Somebody else has to approve what you asked for."))
    if order.state != ExtractState.ASKED:
        return Decision.no(_("Answered already."))
    return Decision.yes()


def can_take_out_extract(actor: Actor, order: ExtractOrder, *, now: datetime) -> Decision:
    """A director of the network, until the last day. Who approved it does not get it."""
    if actor.kind is not ActorKind.DIRECTOR or actor.user_id == order.answered_by_id:
        return Decision.no(_("Only the director takes an extract out."))
    if not order.stands or day_of(now) > order.expires_on:
        return Decision.no(_("There is no file: it is not made, or it has ended."))
    return Decision.yes()


def can_end_extract(actor: Actor, order: ExtractOrder) -> Decision:
    """Whoever sees it ends it: nothing is lost by it but the file."""
    if order.state in _STANDING and (actor.is_officer or actor.kind is ActorKind.DIRECTOR):
        return Decision.yes()
    return Decision.no(_("It has ended."))
