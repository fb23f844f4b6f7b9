"""Who sees what of a case, and why: the gate's answer for whole categories, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.models import Case
from common.bodies import Body, Receiver
from common.decision import Decision
from consent.access import GroundRow, Grounds, categories_open_in
from consent.models import Basis, Category, ConsentLine, OutsideParty, WrittenDown
from consent.selectors.choices import lines_in_force, parties_with_access, waiting_in
from consent.selectors.grounds import grounds_of


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether one receiver sees one category of a case, and why.

    ``until``: the last day of a consent that ends. ``offices``: opened to those offices alone;
    ``kept_from``: kept from those. ``opened`` and ``kept``: how many single things are.
    ``waits``: something was written down that opens nothing before it is confirmed.
    """

    receiver: Receiver
    label: str
    category: Category
    sees: bool
    ground: GroundRow | None
    party: OutsideParty | None = None
    denied: bool = False
    until: date | None = None
    offices: tuple[str, ...] = ()
    kept_from: tuple[str, ...] = ()
    opened: int = 0
    kept: int = 0
    waits: bool = False

    @property
    def key(self) -> str:
        """What stands for the receiver in an address: the body's code, or the party's id."""
        return str(self.party.pk) if self.party else self.receiver.value

    @property
    def is_clients_choice(self) -> bool:
        return self.ground is not None and self.ground.basis == Basis.CONSENT

    @property
    def may_be_taken_back(self) -> bool:
        """The client has decided, one way or the other: that can be undone at any time."""
        return self.is_clients_choice and (self.sees or self.denied)

    @property
    def decision(self) -> Decision:
        """The answer with its explanation, as the client reads it."""
        said = {
            "who": self.label,
            "section": self.ground.section if self.ground else "",
            "day": f"{self.until.day}.{self.until.month}.{self.until.year}" if self.until else "",
        }
        if self.ground is None:
            return Decision.no(_("%(who)s does not see this: nothing gives a right to it.") % said)
        if self.ground.basis == Basis.STATUTE:
            why = _("%(who)s sees this because the law says so: %(section)s.")
            return Decision(True, why % said)
        if self.denied:
            return Decision.no(_("%(who)s does not see this because you have said no.") % said)
        if not self.sees:
            return Decision.no(
                _("%(who)s does not see this because you have not agreed to it.") % said
            )
        if self.until:
            why = _("%(who)s sees this to %(day)s, because you have agreed to it.")
        else:
            why = _("%(who)s sees this because you have agreed to it.")
        return Decision(True, why % said)


@dataclass(frozen=True, slots=True)
class CategoryVisibility:
    """One category and what each receiver sees of it: the three bodies, then outside parties."""

    category: Category
    by_receiver: list[Visibility]


def who_sees(case: Case, *, on: date) -> list[CategoryVisibility]:
    """For each category, each receiver: sees or not, on what ground. Seven queries."""
    lines = list(lines_in_force(case, on=on).select_related("office"))
    waiting = waiting_in(case)
    readers: list[tuple[Grounds, str, OutsideParty | None]] = [
        (grounds_of(receiver=body, network_id=case.network_id, on=on), str(body.label), None)
        for body in Body
    ]
    outside = grounds_of(receiver=Receiver.OUTSIDE, network_id=case.network_id, on=on)
    readers += [(outside, party.label, party) for party in parties_with_access(case, on=on)]
    return [
        CategoryVisibility(
            category,
            [
                _seeing(grounds, category, lines, waiting, label, party)
                for grounds, label, party in readers
            ],
        )
        for category in Category
    ]


def hidden_categories(grounds: Grounds, case: Case) -> list[Category]:
    """The categories not open as a whole to this reader, for "You don't see: ...".

    Says nothing of whether anything is recorded: the same list stands over an empty case. A
    preview names none that its reader does not see either.
    """
    return hidden_categories_given(grounds, case, categories_open_in(grounds, case.pk))


def hidden_categories_given(grounds: Grounds, case: Case, opened: set[Category]) -> list[Category]:
    """The same, of a case of which is known already what is open."""
    known = categories_open_in(grounds.limited_by, case.pk) if grounds.limited_by else set(Category)
    return [category for category in Category if category in known - opened]


def _seeing(
    grounds: Grounds,
    category: Category,
    lines: Iterable[ConsentLine],
    waiting: Iterable[WrittenDown],
    label: str,
    party: OutsideParty | None,
) -> Visibility:
    assert grounds.receiver is not None
    mine = [
        line
        for line in lines
        if line.receiver == grounds.receiver
        and line.category == category
        and line.party_id == (party.pk if party else None)
    ]
    whole = [line for line in mine if line.document is None and line.office is None]
    denied = any(line.denied for line in whole)
    ground = grounds.for_category(category.value)
    by_law = ground is not None and ground.basis == Basis.STATUTE
    granted = next((line for line in whole if not line.denied), None)
    by_office = [line for line in mine if line.document is None and line.office is not None]
    return Visibility(
        receiver=grounds.receiver,
        label=label,
        category=category,
        sees=by_law or (ground is not None and granted is not None and not denied),
        ground=ground,
        party=party,
        denied=denied,
        until=granted.valid_to if granted else None,
        offices=tuple(str(line.office) for line in by_office if not line.denied),
        kept_from=tuple(str(line.office) for line in by_office if line.denied),
        opened=sum(line.document is not None and not line.denied for line in mine),
        kept=sum(line.document is not None and line.denied for line in mine),
        waits=any(
            one.consent.receiver == grounds.receiver
            and one.consent.party_id == (party.pk if party else None)
            and category.value in one.still_waiting
            for one in waiting
        ),
    )
