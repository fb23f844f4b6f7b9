"""A small model of who sees what, written apart from the gate and without SQL.

Knows grounds, decisions, teams and days as plain values; answers for one row at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

BODIES = ("employment", "social", "kela")
# Outside parties; what is opened to one stands where for a body its office does.
OUTSIDE = ("party", "association")


@dataclass(frozen=True)
class Row:
    """One thing recorded: what kind, by whom, and its number."""

    number: str
    category: str
    recorded_for: str


@dataclass
class Line:
    denied: bool
    until: date | None


@dataclass
class Table:
    """One signed row of the ground table."""

    network: bool
    receiver: str
    category: str
    basis: str
    first: date
    last: date | None


@dataclass
class Model:
    """The truth as a person would keep it on paper."""

    today: date
    table: list[Table]
    offices: dict[str, str]
    team: set[str] = field(default_factory=set)
    lines: dict[tuple[str, str | None, str, str | None], Line] = field(default_factory=dict)

    def opened_in_the_demo(self) -> None:
        """What the demo's client has opened to the association: name and plan, for 60 days."""
        kinds: list[tuple[str, str | None]] = [("identity_contact", None), ("plan_follow_up", None)]
        self.decide("granted", "outside", "association", kinds, self.today + timedelta(days=60))

    def decide(
        self, choice: str, receiver: str, office: str | None, targets: list[tuple[str, str | None]],
        until: date | None,
    ) -> None:  # fmt: skip
        for category, thing in targets:
            key = (receiver, office, category, thing)
            self.lines.pop(key, None)
            if choice != "revoked":
                self.lines[key] = Line(choice == "denied", until)

    def basis(self, receiver: str, category: str) -> str | None:
        standing = [
            row
            for row in self.table
            if (row.receiver, row.category) == (receiver, category)
            and row.first <= self.today
            and (row.last is None or self.today <= row.last)
        ]
        own = [row.basis for row in standing if row.network]
        national = [row.basis for row in standing if not row.network]
        return own[0] if own else national[0] if national else None

    def consented(self, receiver: str, office: str | None, row: Row) -> bool:
        said = [
            line.denied
            for (to, its, category, thing), line in self.lines.items()
            if to == receiver
            and its in (None, office)
            and category == row.category
            and thing in (None, row.number)
            and (line.until is None or self.today <= line.until)
        ]
        return False in said and True not in said

    def sees(self, persona: str, row: Row) -> bool:
        if persona == "client":
            return True
        if persona in OUTSIDE:
            return self.is_in(persona) and self.basis("outside", row.category) == "consent" and (
                self.consented("outside", persona, row)
            )  # fmt: skip
        body = "employment" if persona == "colleague" else persona.rstrip("0123456789")
        if persona not in self.team or body not in BODIES:
            return False
        if row.recorded_for == body:
            return True
        basis = self.basis(body, row.category)
        return basis == "statute" or (
            basis == "consent" and self.consented(body, self.offices[persona], row)
        )

    def is_in(self, party: str) -> bool:
        """The case exists for an outside party as long as anything is open to it."""
        return any(
            (to, its) == ("outside", party)
            and not line.denied
            and line.until
            and self.today <= line.until
            for (to, its, _category, _thing), line in self.lines.items()
        )
