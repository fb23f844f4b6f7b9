"""Random grants, denials, revocations, team changes, days and tables, against a plain model.

After every step the gate is asked what it opens to every persona, row by row: exactly what the
model says. The web face is looked at by whomever the step has changed something for, and by one
more persona in turn: who is shown the same as before by the same gate is shown it by the same
pages. The short run looks at the page, the JSON, the history and the client's preview each time,
the long one at the next of them: it has changes enough to come to all of them hundreds of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from caseplan.plan.models import Goal, GoalKind
from cases.models import Case
from cases.services import add_team_member, end_team_term
from common import clock
from common.actor import system_actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.dates import add_months
from common.decision import NotAllowed, NotVisible, Refused
from common.history import save_with_history
from common.levels import EVERY_ACT
from consent.models import Basis, Category, Choice, Ground, Method, OutsideKind, OutsideParty
from consent.services import (
    accept_invitation,
    confirm_written,
    decide,
    dispute_written,
    draft_ground,
    end_ground,
    invite,
    sign_ground,
)
from people.models import User
from people.selectors import actor_for
from records.access import visible_to
from tests.builders import joins_from_a_second_office, written_down
from tests.consent.model import OUTSIDE, Model, Row, Table, Written
from tests.personas import World

SETUP = system_actor("test")
RECORDERS = ("client", "social", "kela")
MARK = re.compile(r"MARK([0-9]+)X")
AS_SEEN_BY = "/my/who-sees/as/"  # what the client is told that a body sees
CHOICES = st.sampled_from([Choice.GRANTED, Choice.GRANTED, Choice.DENIED, Choice.REVOKED])
CATEGORIES = st.sets(st.sampled_from(list(Category)), min_size=1, max_size=3)


@dataclass(frozen=True)
class Start:
    """Where every life begins: the demo's case with a row of each category by each recorder."""

    at: datetime
    case: Case
    rows: list[Row]
    party: OutsideParty
    clients: dict[str, Any]
    """Whose pages are looked at, each logged in."""

    @classmethod
    def lay_down(cls, login: Callable[[str], Any], at: datetime) -> Start:
        case = Case.objects.select_related("person").get(pk=World.load().case.pk)
        rows = _record(case, at)
        joins_from_a_second_office(
            case, Body.KELA, "kela3", by=_actor("employment", at), now=at, office="Kela, toinen"
        )
        party = _party(case, at)
        names = (
            "employment", "social", "kela", "kela3", "colleague", "outsider", "client", "party",
            "association",
        )  # fmt: skip
        return cls(at, case, rows, party, {name: login(name) for name in names})

    def model(self) -> Model:
        """What everybody may see now, as the law's table and the client have it."""
        model = Model(
            today=day_of(self.at),
            table=[
                Table(g.network_id is not None, g.receiver, g.category, g.basis, g.valid_from,
                      g.valid_to)
                for g in Ground.objects.filter(category__in=Category.values).order_by("pk")
            ],
            offices={
                name: str(_actor(name, self.at).office_id)
                for name in ("employment", "social", "kela", "kela3", "colleague", "outsider")
            },
            team={"employment", "social", "kela", "kela3"},
        )  # fmt: skip
        model.opened_in_the_demo()
        model.decide(
            "granted", "outside", "party", [("plan_follow_up", None)],
            model.today + timedelta(days=30),
        )  # fmt: skip
        return model


def _actor(username: str, at: datetime) -> Any:
    return actor_for(User.objects.get(username=username), now=at, proven=EVERY_ACT)


def _record(case: Case, at: datetime) -> list[Row]:
    rows = []
    for category in Category:
        for recorder in RECORDERS:
            number = f"{len(rows) + 1000}"
            goal = Goal(
                case=case,
                kind=GoalKind.CLIENT if recorder == "client" else GoalKind.JOINT,
                category=category,
                text=f"MARK{number}X",
                recorded_for=Party(recorder),
                recorded_by=User.objects.get(username=recorder),
                recorded_at=at,
            )
            save_with_history(SETUP, goal, now=at)
            rows.append(Row(number, category.value, recorder))
    return rows


def _party(case: Case, at: datetime) -> OutsideParty:
    made = invite(
        actor=_actor("client", at), case=case, kind=OutsideKind.HEALTH, name="Party",
        organisation="", categories=[Category.PLAN_FOLLOW_UP], purpose="p",
        valid_to=day_of(at) + timedelta(days=30), now=at,
    )  # fmt: skip
    return accept_invitation(
        secret=made.secret, username="party", password="x", first_name="P", last_name="P", now=at
    )


class Life(RuleBasedStateMachine):
    """One client's case over some years; what it brings is undone at its end."""

    start: Start
    looks_at_each: bool
    at: datetime  # the time in this life, which the web face is told too

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        Life.at = self.start.at
        self.case = Case.objects.select_related("person").get(pk=self.start.case.pk)
        self.rows = self.start.rows
        self.party, self.clients = self.start.party, self.start.clients
        self.model = self.start.model()
        self.said: list[tuple[UUID, Written]] = []
        self.looked_at: dict[str, tuple[bool, set[str]]] = {}
        self.turns = cycle(self.clients)
        self.pages = {persona: cycle(self._pages_of(persona)) for persona in self.clients}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _actor(self, username: str) -> Any:
        return _actor(username, self.at)

    # What can happen

    @initialize()
    def begin(self) -> None:
        """The invariants are looked at once before anything happens."""

    @rule(
        choice=CHOICES,
        who=st.sampled_from(["employment", "social", "kela", "kela office", "kela3", "party"]),
        categories=CATEGORIES,
        thing=st.none() | st.integers(0, 26),
        days=st.none() | st.sampled_from([0, 1, 40]),
    )
    def decides(
        self, choice: Choice, who: str, categories: set[Category], thing: int | None,
        days: int | None,
    ) -> None:  # fmt: skip
        receiver = "outside" if who == "party" else who.split(maxsplit=1)[0].rstrip("3")
        office = "party" if who == "party" else None
        if who in ("kela office", "kela3"):
            office = self.model.offices["kela" if who == "kela office" else "kela3"]
        until = None if days is None else self.model.today + timedelta(days=days)
        if choice == Choice.REVOKED:
            until = None
        row = self.rows[thing] if thing is not None else None
        targets = [(row.category, row.number)] if row else [(c.value, None) for c in categories]
        may = choice == Choice.REVOKED or all(
            self.model.basis(receiver, category) == "consent" for category, _thing in targets
        )
        if receiver == "outside" and choice == Choice.GRANTED and until is None:
            may = False
        try:
            with transaction.atomic():
                decide(
                    actor=self._actor("client"), case=self.case, choice=choice,
                    receiver=Receiver(receiver),
                    office_id=None if who == "party" else office,
                    party_id=self.party.pk if who == "party" else None,
                    categories=sorted(categories), valid_to=until, purpose="p", now=self.at,
                    document=Goal.objects.get(text=f"MARK{row.number}X") if row else None,
                )  # fmt: skip
        except Refused:
            assert not may
        else:
            assert may
            self.model.decide(choice.value, receiver, office, targets, until)

    @rule(
        choice=CHOICES,
        by=st.sampled_from(["employment", "social"]),
        who=st.sampled_from(["employment", "social", "kela", "kela", "kela office"]),
        categories=CATEGORIES,
        thing=st.none() | st.integers(0, 26),
        days=st.none() | st.sampled_from([0, 1, 40, 400]),
        method=st.sampled_from([Method.PAPER, Method.ORAL]),
    )
    def a_worker_writes_it_down(
        self, choice: Choice, by: str, who: str, categories: set[Category], thing: int | None,
        days: int | None, method: Method,
    ) -> None:  # fmt: skip
        receiver, model = who.split(maxsplit=1)[0], self.model
        office = model.offices["kela"] if who == "kela office" else None
        until = None if days is None else model.today + timedelta(days=days)
        if choice == Choice.REVOKED:
            until = None
        row = self.rows[thing] if thing is not None else None
        targets = {(row.category, row.number)} if row else {(c.value, None) for c in categories}
        longest = add_months(model.today, 12)
        may = by in model.team and (
            choice == Choice.REVOKED
            or all(model.basis(receiver, category) == "consent" for category, _thing in targets)
        )
        if choice == Choice.GRANTED and until is not None and until > longest:
            may = False
        self._a_minute_later()
        try:
            with transaction.atomic():
                consent = written_down(
                    self.case, by=self._actor(by), now=self.at, choice=choice, method=method,
                    receiver=Receiver(receiver), office_id=office, valid_to=until,
                    categories=sorted(categories),
                    document=Goal.objects.get(text=f"MARK{row.number}X") if row else None,
                )  # fmt: skip
        except (Refused, NotAllowed):
            assert not may
            return
        assert may
        said = Written(
            choice.value, receiver, office, targets, until, model.today + timedelta(days=30), by,
            paper=method == Method.PAPER,
        )  # fmt: skip
        model.write_down(said, longest)
        self.said.append((consent.pk, said))

    @precondition(lambda self: self.said)
    @rule(
        who=st.sampled_from(["client", "client", "employment", "social", "kela", "kela3"]),
        which=st.integers(0, 3),
        is_so=st.sampled_from([True, True, True, False]),
    )
    def somebody_answers_what_waits(self, who: str, which: int, is_so: bool) -> None:
        """The client, or a second person, says that it is so, or the client that it is not."""
        consent_id, said = self.said[-1 - which % len(self.said)]
        self._a_minute_later()
        if not is_so:
            if said in self.model.written:
                dispute_written(actor=self._actor("client"), consent_id=consent_id, now=self.at)
                self.model.written.remove(said)
            return
        may = self.model.may_confirm(who, said)
        try:
            with transaction.atomic():
                confirm_written(actor=self._actor(who), consent_id=consent_id, now=self.at)
        except (Refused, NotAllowed, NotVisible):
            assert not may
        else:
            assert may
            self.model.confirm(said)

    @rule(who=st.sampled_from(["social", "kela", "kela3", "colleague"]))
    def joins_or_leaves_the_team(self, who: str) -> None:
        change = {"actor": self._actor("employment"), "case": self.case, "now": self.at}
        user_id = User.objects.get(username=who).pk
        if who in self.model.team:
            end_team_term(user_id=user_id, **change)
            self.model.team.remove(who)
        else:
            add_team_member(user_id=user_id, why="", **change)
            self.model.team.add(who)

    @rule(
        receiver=st.sampled_from(list(Receiver)),
        category=st.sampled_from(list(Category)),
        basis=st.sampled_from(list(Basis)),
        own=st.booleans(),
        days=st.none() | st.sampled_from([0, 20]),
    )
    def officer_changes_the_table(
        self, receiver: Receiver, category: Category, basis: Basis, own: bool, days: int | None
    ) -> None:
        officer, today = self._actor("officer"), self.model.today
        standing = Ground.objects.filter(
            receiver=receiver, category=category, network__isnull=not own, valid_from__lt=today,
            signed_at__isnull=False,
        ).exclude(valid_to__lt=today)  # fmt: skip
        for row in standing.order_by("pk"):
            for one in (officer, self._actor("officer2")):
                end_ground(
                    actor=one, ground_id=row.pk, last_day=today - timedelta(days=1), now=self.at
                )
            for line in self.model.table:
                if (line.network, line.receiver, line.category, line.first) == (
                    own, receiver.value, category.value, row.valid_from,
                ):  # fmt: skip
                    line.last = today - timedelta(days=1)
        last = None if days is None else today + timedelta(days=days)
        try:
            with transaction.atomic():
                draft = draft_ground(
                    actor=officer, category=category, receiver=receiver, basis=basis,
                    section="section", valid_from=today, valid_to=last, now=self.at,
                    network_id=self.case.network_id if own else None,
                )  # fmt: skip
                for one in (officer, self._actor("officer2")):
                    sign_ground(actor=one, ground_id=draft.pk, signed_by="O", now=self.at)
        except Refused:
            return  # changed today already, or not to be had for an outside party
        self.model.table.append(
            Table(own, receiver.value, category.value, basis.value, today, last)
        )

    @rule(days=st.sampled_from([1, 1, 2, 20, 41, 366]))
    def days_pass(self, days: int) -> None:
        Life.at = self.at + timedelta(days=days)
        self.model.today = day_of(self.at)

    def _a_minute_later(self) -> None:
        """What is said later is later, also on the same day."""
        Life.at = self.at + timedelta(minutes=1)

    # What must hold after every step

    @invariant()
    def everybody_is_shown_exactly_what_they_may_see(self) -> None:
        may = {persona: self._may_see(persona) for persona in self.clients}
        for persona, (_inside, want) in may.items():
            opened = self._through_the_gate(persona)
            assert opened == want, (persona, self._told(opened ^ want))
        changed = {persona for persona in may if may[persona] != self.looked_at.get(persona)}
        for persona in sorted(changed | {next(self.turns)}):
            self._look(persona, *may[persona])
        self.looked_at = may

    def _may_see(self, persona: str) -> tuple[bool, set[str]]:
        """As the model says: whether the case is there for them, and which rows."""
        inside = persona in self.model.team or persona == "client" or (
            persona in OUTSIDE and self.model.is_in(persona)
        )  # fmt: skip
        return inside, {row.number for row in self.rows if self.model.sees(persona, row)}

    def _through_the_gate(self, persona: str) -> set[str]:
        goals = visible_to(self._actor(persona), Goal, now=self.at).filter(case=self.case)
        return set(MARK.findall(" ".join(goals.order_by("pk").values_list("text", flat=True))))

    def _look(self, persona: str, inside: bool, want: set[str]) -> None:
        """The next of the pages with goals, or each, as the persona is shown it."""
        pages = self._pages_of(persona) if self.looks_at_each else [next(self.pages[persona])]
        for path in pages:
            if path.startswith(AS_SEEN_BY):
                if inside:
                    assert self._client_is_told(path) == want, (persona, path)
                continue
            answer = self.clients[persona].get(path)
            shown = set(MARK.findall(answer.content.decode()))
            assert shown == want, (persona, path, self._told(shown ^ want))
            assert (answer.status_code == 200) == inside, (persona, path, answer.status_code)

    def _client_is_told(self, path: str) -> set[str]:
        """What the client is told that a body sees."""
        page = self.clients["client"].get(path).content.decode()
        seen = page[page.index('id="as-seen"') :].partition("They see these because")[0]
        return set(MARK.findall(seen.partition("They do not see these")[0]))

    def _pages_of(self, persona: str) -> list[str]:
        case = self.case.pk
        if persona == "client":
            return ["/my/plan/", f"/api/v1/plans/{case}/"]
        if persona in OUTSIDE:
            return [f"/shared/{case}/"]
        own = [f"/cases/{case}/", f"/api/v1/plans/{case}/", f"/cases/{case}/history/"]
        return [*own, f"{AS_SEEN_BY}{persona}/"] if persona in ("social", "employment") else own

    def _told(self, numbers: set[str]) -> list[Row]:
        return [row for row in self.rows if row.number in numbers]


@pytest.fixture
def over_time(db: None, monkeypatch: pytest.MonkeyPatch, login: Any, settings: Any) -> type[Life]:
    """The machine with its own clock: the web face is told the time of the machine."""
    # Everybody has identified themselves anew before each look.
    settings.LEVELS_LAST_MINUTES = 60 * 24 * 365 * 10
    Life.start = Start.lay_down(login, clock.now())
    monkeypatch.setattr(clock, "now", lambda: Life.at)
    # All goals on the first page: what is paged away would look like what is hidden.
    monkeypatch.setattr("pages.case.views.GOALS_ON_A_PAGE", 1000)
    return Life


def _run(machine: type[Life], examples: int, steps: int, *, each_page: bool) -> None:
    machine.looks_at_each = each_page
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_life_of_changes_shows_everybody_just_what_they_may_see(over_time: type[Life]) -> None:
    _run(over_time, examples=4, steps=8, each_page=True)


@pytest.mark.deep
@pytest.mark.django_db
def test_many_lives_of_changes_show_everybody_just_what_they_may_see(
    over_time: type[Life],
) -> None:
    _run(over_time, examples=30, steps=25, each_page=False)
