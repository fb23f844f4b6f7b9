"""A small model of who sees what, written apart from the gate and without SQL.

Knows grounds, decisions, teams and days as plain values; answers for one row at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

Target = tuple[str, str | None]
"""A kind of information, or one thing of it."""

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
class Written:
    """What a worker wrote down and what of it waits: it opens nothing before somebody confirms it.

    ``body`` is the writer's; words spoken are confirmed by the client alone, a ``paper`` by a
    second person of another body too, to the end of ``lapses``.
    """

    choice: str
    receiver: str
    office: str | None
    waiting: set[Target]
    until: date | None
    lapses: date
    body: str
    paper: bool


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
    written: list[Written] = field(default_factory=list)  # in the order they were said

    def opened_in_the_demo(self) -> None:
        """What the demo's client has opened to the association: name and plan, for 60 days."""
        kinds: list[tuple[str, str | None]] = [("identity_contact", None), ("plan_follow_up", None)]
        self.decide("granted", "outside", "association", kinds, self.today + timedelta(days=60))

    def decide(
        self, choice: str, receiver: str, office: str | None, targets: list[Target],
        until: date | None,
    ) -> None:  # fmt: skip
        """The client's own word holds at once, and what waits on the same waits no more."""
        self._lay(choice, receiver, office, targets, until)
        self._overtake(self.written, choice, receiver, office, targets)

    def write_down(self, said: Written, longest: date) -> None:
        """A worker's pen, target by target: what opens nothing on any day holds, the rest waits.

        ``longest``: the day to which a yes lasts that named no last day. That shortens nothing.
        """
        proposed = said.until or (longest if said.choice == "granted" else None)
        shortened: list[Target] = []
        earlier, all_of_it = list(self.written), list(said.waiting)
        for category, thing in sorted(said.waiting, key=str):
            old = self.lines.get((said.receiver, said.office, category, thing))
            new = None if said.choice == "revoked" else Line(said.choice == "denied", proposed)
            days = {self.today, date.max} | {
                line.until + timedelta(days=1) for line in (old, new) if line and line.until
            }
            if any(_worth(new, day) > _worth(old, day) for day in days if day >= self.today):
                continue
            said.waiting = said.waiting - {(category, thing)}
            if said.choice != "granted":
                self._lay(said.choice, said.receiver, said.office, [(category, thing)], said.until)
            elif said.until and old and old.until != said.until:
                self._lay("granted", said.receiver, said.office, [(category, thing)], said.until)
                shortened.append((category, thing))
        said.until = proposed
        said.lapses = min(said.lapses, proposed or said.lapses)
        narrowed = shortened if said.choice == "granted" else all_of_it
        self._overtake(earlier, said.choice, said.receiver, said.office, narrowed)
        if said.waiting:
            self.written.append(said)

    def may_confirm(self, persona: str, said: Written) -> bool:
        if said not in self.written or self.today > said.lapses:
            return False
        if persona != "client" and (
            not said.paper or persona not in self.team or persona.rstrip("0123456789") == said.body
        ):
            return False
        return said.choice == "revoked" or any(
            self.basis(said.receiver, category) == "consent" for category, _thing in said.waiting
        )

    def confirm(self, said: Written) -> None:
        """It holds from now on as it was written, and counts as said when it was written."""
        targets = [
            (category, thing)
            for category, thing in said.waiting
            if said.choice == "revoked" or self.basis(said.receiver, category) == "consent"
        ]
        before = self.written[: self.written.index(said)]
        self.written.remove(said)
        self._lay(said.choice, said.receiver, said.office, targets, said.until)
        self._overtake(before, said.choice, said.receiver, said.office, targets)

    def _lay(
        self, choice: str, receiver: str, office: str | None, targets: list[Target],
        until: date | None,
    ) -> None:  # fmt: skip
        for category, thing in targets:
            key = (receiver, office, category, thing)
            self.lines.pop(key, None)
            if choice != "revoked":
                self.lines[key] = Line(choice == "denied", until)

    def _overtake(
        self, earlier: list[Written], choice: str, receiver: str, office: str | None,
        targets: list[Target],
    ) -> None:  # fmt: skip
        """What waits on the same waits no more. A no reaches all it contains, a yes itself."""
        for waits in earlier:
            same = waits.office == office or (choice != "granted" and office is None)
            if waits.receiver == receiver and same:
                waits.waiting = {
                    (category, thing)
                    for category, thing in waits.waiting
                    if (category, thing) not in targets
                    and (choice == "granted" or (category, None) not in targets)
                }
        self.written = [waits for waits in self.written if waits.waiting]

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


def _worth(line: Line | None, day: date) -> int:
    """What a line opens on a day: a yes one, nothing none, a no one less."""
    if line is None or (line.until is not None and day > line.until):
        return 0
    return -1 if line.denied else 1
