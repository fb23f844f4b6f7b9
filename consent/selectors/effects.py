"""What a row of the ground table changes, said before it is signed, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.bodies import Receiver
from consent.access import GroundRow
from consent.models import Basis, Category, Ground, GroundAct
from people.models import Network
from people.selectors import names_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What a row changes in some networks: the ground the day before it, and by it.

    ``own_comes_first``: the networks have a row of their own, which this one does not touch.
    """

    row: Ground
    networks: tuple[str, ...]  # empty: everywhere
    before: GroundRow | None
    after: GroundRow | None
    own_comes_first: bool = False

    @property
    def sentence(self) -> str:
        """The change in words. Of clients it says which would be touched, never how many."""
        said = {
            "who": str(Receiver(self.row.receiver).label),
            "what": self.row.category_label.lower(),
            "where": ", ".join(self.networks) or _("The whole country"),
            "section": self.after.section if self.after else "",
            "before": self.before.section if self.before else "",
        }
        return self._words() % said

    def _words(self) -> str:
        before, after = self.before, self.after
        if self.row.receiver == Receiver.MUNICIPALITY:
            return _(
                "%(where)s: the table says that Kela may tell %(who)s, of people without a case, "
                "%(what)s (%(section)s). Nothing opens here."
            )
        if self.own_comes_first:
            return _("%(where)s: nothing changes. Its own ground comes first (%(section)s).")
        if before == after:
            return _("%(where)s: everything goes on as it is, on the same ground (%(section)s).")
        if self.row.category not in Category.values:
            if before is None:
                return _(
                    "%(where)s: %(who)s gets to know, of people without a case, %(what)s "
                    "(%(section)s)."
                )
            return _(
                "%(where)s: %(who)s goes on knowing, of people without a case, %(what)s. The "
                "ground was %(before)s and is now %(section)s."
            )
        law_before = before is not None and before.basis == Basis.STATUTE
        law_after = after is not None and after.basis == Basis.STATUTE
        if law_after and not law_before:
            return _(
                "%(where)s: %(who)s sees %(what)s of every client whose case it works on, because "
                "the law says so (%(section)s). It no longer depends on what the client has "
                "decided."
            )
        if law_before and not law_after:
            return _(
                "%(where)s: %(who)s sees %(what)s only where the client agrees. Without that it "
                "keeps seeing what it recorded itself, and nothing else."
            )
        if before is None:
            return _(
                "%(where)s: clients may open %(what)s to %(who)s. Nothing opens by itself: each "
                "client decides."
            )
        return _(
            "%(where)s: nobody sees more or less. The ground for %(who)s to see %(what)s was "
            "%(before)s and is now %(section)s."
        )


def effects_of(row: Ground) -> list[Effect]:
    """What comes with a row on its first day, against the day before, network by network.

    Networks where the same changes are told together; a network's own row comes before the one
    for the whole country.
    """
    day_before = _in_force(row, row.valid_from - timedelta(days=1))
    first_day = _in_force(row, row.valid_from)
    mine = GroundRow(Basis(row.basis), row.section)
    networks = Network.objects.order_by("name", "pk")
    if row.network_id is not None:
        networks = networks.filter(pk=row.network_id)
    found: dict[tuple[GroundRow | None, GroundRow | None, bool], list[str]] = {}
    for network in networks:
        before = day_before.get(network.pk, day_before.get(None))
        own = None if row.network_id else first_day.get(network.pk)
        found.setdefault((before, own or mine, own is not None), []).append(network.name)
    together = len(found) == 1 and row.network_id is None
    return [
        Effect(row, () if together else tuple(names), before, after, own)
        for (before, after, own), names in found.items()
    ]


def _in_force(row: Ground, on: date) -> dict[object, GroundRow | None]:
    """The other signed rows for the same category and receiver on a day, by network or None.

    None for what is suspended: it opens nothing, and keeps its place.
    """
    others = _others(row).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return {
        other.network_id: None
        if other.suspended_on(on)
        else GroundRow(Basis(other.basis), other.section)
        for other in others.prefetch_related("suspensions")
    }


def overlapping_grounds(row: Ground) -> list[Ground]:
    """The signed rows for the same category, receiver and network that share a day with a row."""
    others = _others(row).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=row.valid_from), network=row.network_id
    )
    if row.valid_to is not None:
        others = others.filter(valid_from__lte=row.valid_to)
    return list(others.order_by("valid_from", "pk"))


def later_grounds(row: Ground) -> list[Ground]:
    """The signed rows for the same category and receiver that begin later."""
    later = _others(row).filter(valid_from__gt=row.valid_from)
    return list(later.select_related("network").order_by("valid_from", "pk"))


def _others(row: Ground) -> QuerySet[Ground]:
    return Ground.objects.filter(
        category=row.category, receiver=row.receiver, signed_at__isnull=False
    ).exclude(pk=row.pk)


@dataclass(frozen=True, slots=True)
class GroundEvent:
    """One thing done to a row of the table: when, by whom (empty: the system), what."""

    at: datetime
    who: str
    what: str


def ground_history(row: Ground) -> list[GroundEvent]:
    """How a row came to be what it is, the oldest first."""
    kept = list(row.history.order_by("history_date", "history_id"))
    names = names_of(h.history_user_id for h in kept if h.history_user_id)
    events: list[GroundEvent] = []
    before = None
    for now in kept:
        what = ""
        if before is None:
            what = _("Drafted")
        elif now.signed_at and not before.signed_at:
            what = _("Signed by %(who)s") % {"who": now.signed_by}
        elif now.valid_to != before.valid_to:
            last = now.valid_to
            what = _("Last day set to %(day)s") % {"day": f"{last.day}.{last.month}.{last.year}"}
        if what:
            events.append(GroundEvent(now.history_date, names.get(now.history_user_id, ""), what))
        before = now
    return sorted([*events, *_decided(row)], key=lambda event: event.at)


def _decided(row: Ground) -> list[GroundEvent]:
    """What one officer began, took back or suspended, and what two let hold again."""
    begun = {
        GroundAct.SIGN: _("Signed by the first officer"),
        GroundAct.END: _("Its end proposed by the first officer"),
        GroundAct.LIFT: _("To hold again, says the first officer"),
    }
    events = []
    for one in row.decisions.select_related("begun_by", "confirmed_by", "set_aside_by"):
        if one.begun_by:
            events.append(
                GroundEvent(one.begun_at, one.begun_by.full_name, begun[GroundAct(one.act)])
            )
        if one.set_aside_at and one.set_aside_by:
            said = _("What waited for a second officer was set aside")
            events.append(GroundEvent(one.set_aside_at, one.set_aside_by.full_name, said))
        if one.confirmed_at and one.confirmed_by and one.act == GroundAct.LIFT:
            said = _("The suspension ended")
            events.append(GroundEvent(one.confirmed_at, one.confirmed_by.full_name, said))
    for stop in row.suspensions.select_related("suspended_by"):
        said = _("Suspended: %(reason)s") % {"reason": stop.reason}
        events.append(GroundEvent(stop.suspended_at, stop.suspended_by.full_name, said))
    return events
