"""Who asks to be let in, for whoever lets in; and what the one who asks is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from common.actor import Actor
from common.bodies import Body
from common.decision import NotVisible
from common.validity import valid_at
from people.access import entry_requests_seen_by, offices_to_let_into, who_lets_in
from people.entering import Claim
from people.models import EntryRequest, EntryState, EntryWhat, Office, Position, User
from people.selectors.accounts import accounts_at


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A request to be let in, as whoever lets in reads it.

    ``said``: what the directory said, claim by claim. ``works_in``: where they work now.
    ``left``: the last office they worked in, and when they left it. ``same_address``: an account of
    the reader's own offices that has the address the directory says is theirs.
    ``may_let_into``: empty for a reader who only ends their work elsewhere.
    """

    request: EntryRequest
    said: list[tuple[Claim, str]]
    works_in: Position | None
    left: Position | None
    same_address: User | None
    may_let_into: list[Office]

    @property
    def name(self) -> str:
        return self.request.user.full_name.strip() or self.request.user.username


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """Whom somebody who waits can ask: a person by name, or an office where nobody is named."""

    name: str
    office: str
    phone: str


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What the one who asks is told: their request, if any, its offices, and whom to ask."""

    request: EntryRequest | None
    offices: list[Office]
    whom: list[WhomToAsk]


def count_entry_requests(actor: Actor, *, now: datetime) -> int:
    """How many wait for this actor. One query."""
    return entry_requests_seen_by(actor, now=now).count()


def list_entry_requests(actor: Actor, *, now: datetime) -> list[EntryShown]:
    """The requests that wait for this actor, the oldest first."""
    found = entry_requests_seen_by(actor, now=now).select_related("user")
    return [_shown(actor, row, now) for row in found.order_by("asked_at", "pk")]


def open_entry_request(actor: Actor, request_id: UUID, *, now: datetime) -> EntryShown:
    """One request that waits. Raises ``NotVisible`` to whoever does not let in there."""
    found = entry_requests_seen_by(actor, now=now).filter(pk=request_id).select_related("user")
    row = found.first()
    if row is None:
        raise NotVisible
    return _shown(actor, row, now)


def own_entry(actor: Actor, *, now: datetime) -> OwnEntry:
    """What became of one's own request, the last one, and whom one can ask."""
    row = (
        EntryRequest.objects.filter(user_id=actor.writer_id)
        .exclude(state=EntryState.OVERTAKEN)
        .prefetch_related(Prefetch("offices", Office.objects.order_by("name")))
        .order_by("-asked_at", "-pk")
        .first()
    )
    if row is None:
        return OwnEntry(None, [], [])
    offices = list(row.offices.all())
    people = who_lets_in(offices, now=now).select_related("user", "office").order_by("pk")
    whom = [
        WhomToAsk(
            position.user.full_name,
            position.office.name if position.office else position.title,
            position.phone or (position.office.phone if position.office else ""),
        )
        for position in people
    ]
    return OwnEntry(row, offices, whom or [WhomToAsk("", o.name, o.phone) for o in offices])


def _shown(actor: Actor, row: EntryRequest, now: datetime) -> EntryShown:
    positions = Position.objects.filter(user=row.user).select_related("office")
    offices = offices_to_let_into(actor, row, now=now)
    address = next(iter(row.said.get(Claim.EMAIL, [])), "")
    here = Position.objects.filter(valid_at(now), office__in=offices).values("user")
    same = accounts_at(address).filter(pk__in=here).exclude(pk=row.user_id) if address else None
    return EntryShown(
        row,
        [(Claim(name), _in_words(Claim(name), values)) for name, values in row.said.items()],
        positions.filter(valid_at(now)).first(),
        positions.filter(until__lte=now, office__isnull=False).order_by("-until").first(),
        same.first() if same is not None and row.what == EntryWhat.WORKS else None,
        offices,
    )


def _in_words(claim: Claim, values: list[str]) -> str:
    if claim is Claim.BODY:
        values = [str(Body(v).label) if v in Body.values else v for v in values]
    return ", ".join(values)
