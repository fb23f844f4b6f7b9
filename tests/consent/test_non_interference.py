"""What one body recorded reaches another only as the law and the client say, by whatever way.

A word of its own stands in every text field of every model of client information, in each category
by each recorder (``tests/consent/bed.py``). The copies are made while the client allows them: each
body calls a meeting, a version is proposed, access is asked for, a handover is offered. Then every
address of the route table is opened by every reader, in each state of the case: every page, file
and JSON answer. In all that was answered the words are looked for at once, and each must be one its
reader may read, by a table written from the law and not from the gate. No word ever stands in a
letter, in the outbox, in a row of the log, or in what the program says of itself.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter

from caseplan.contacts.models import ContactEntry
from caseplan.meetings.models import Meeting, MeetingPoint, Participant
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Attachment
from caseplan.plan.models import Action, SignedPaper
from caseplan.plan.services import propose_plan
from cases.services import ask_for_access, end_team_term, hand_over
from common.actor import system_actor
from common.bodies import Receiver
from common.clock import HELSINKI, day_of
from common.crypto import decrypt
from consent.models import Choice, OutsideParty
from consent.services import ask_for_consent, decide
from followup.models import Channel, CheckIn, PointAnswer
from followup.services import deliver, notify_of_messages, notify_of_the_night, remind
from operations.erasure import erase_case
from pages.drafts.keeping import ABOUT
from people.models import Position
from tests.builders import WorkerFactory
from tests.consent.bed import BODIES, WORD, Bed, State, plant
from tests.consent.test_sweep import text_of
from tests.pages.routes import all_routes
from tests.personas import World

pytestmark = pytest.mark.usefixtures("menu_counted_once", "printed_as_written")
NIGHT = system_actor("night")
# Of the bodies and not of the case: their lists follow cases. The last two have no part in it.
OF_THE_HOUSE = ("colleague", "leader", "director", "officer")
READERS = (*BODIES, "client", "association", *OF_THE_HOUSE, "outsider", "client2")
# Addresses that end a session, and those that hold no data.
LEFT_OUT = {
    "account_login", "account_logout", "set_language", "design", "api:schema",
    *(f"login:{name}" for name in ("start", "back", "ended", "keys", "out", "away")),
    # A new secret at each look, and nobody's data.
    "pages:second_factor", "pages:second_factor_app", "pages:passkey_log_in",
}  # fmt: skip
# What is opened of each kind of thing: what Kela reads by consent only, and the client's own; in
# the long run one of another ground too, the next at the next route, and the copies of them. A page
# that lists shows all.
FEW = (("social_situation", "social"), ("self_assessment", "client"))
IN_TURN = (
    ("benefits_detail", "kela"), ("health_work_ability", "social"),
    ("plan_follow_up", "employment"),
)  # fmt: skip


Kinds = tuple[tuple[str, str], ...]


@dataclass
class Walk:
    """A walk through all addresses by all readers: who was shown which word, and where."""

    bed: Bed
    clients: dict[str, Client]
    wide: bool
    shown: dict[str, dict[str, str]] = field(default_factory=dict)

    def open_everything(self, readers: tuple[str, ...] = READERS) -> None:
        places = list(self.addresses())
        self.shown = {}
        for reader in readers:
            client, shown = self.clients[reader], self.shown.setdefault(reader, {})
            for name, address in places:
                with transaction.atomic():
                    answer = client.get(address)
                    text = text_of(answer)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, f"{name} {reader}"
                for number in WORD.findall(text):
                    shown.setdefault(number, f"{name} {address}")

    def addresses(self) -> Iterator[tuple[str, str]]:
        for turn, (name, pattern) in enumerate(all_routes()):
            if name in LEFT_OUT:
                continue
            parts = pattern.pattern.converters
            kinds = (*FEW, IN_TURN[turn % len(IN_TURN)]) if self.wide else FEW
            chosen = {part: self.candidates(part, kinds) for part in parts}
            longest = max((len(values) for values in chosen.values()), default=1)
            for number in range(longest):
                yield name, reverse(name, kwargs={
                    part: values[number % len(values)] if values else _nothing(parts[part])
                    for part, values in chosen.items()
                })  # fmt: skip

    def candidates(self, part: str, kinds: Kinds) -> list[Any]:
        """What may stand in a part of an address, of the planted case."""
        case, world = self.bed.world.case, self.bed.world
        fixed: dict[str, list[Any]] = {
            "case_id": [case.pk],
            "person_id": [case.person_id],
            "who": [*BODIES],
            "body": [*BODIES],
            "category": ["social_situation"],
            "area": ["skills", "health"],
            "kind": ["goal"],
            "code": ["own_rating"],
            "party_id": list(case.outside_parties.values_list("pk", flat=True)),
            "user_id": [world.actor("kela").user_id],
            "office_id": [world.actor("employment").office_id],
            "position_id": [Position.objects.get(user__username="employment").pk],
            "rule": ["unemployed_12_months"],
        }
        if part in fixed:
            return fixed[part]
        if part in ("thing", "subject", "first", "second"):
            return self.planted(Action, kinds)
        found: list[Any] = []
        for model in (*ABOUT.get(part, ()), *BESIDE.get(part, ())):
            found += self.planted(model, kinds) or list(
                _of_case(model, case.pk)[: 2 if self.wide else 1]
            )
        return found

    def planted(self, model: type[models.Model], kinds: Kinds) -> list[Any]:
        rows = {key[1:]: row.pk for key, row in self.bed.rows.items() if key[0] is model}
        chosen = [rows[key] for key in kinds if key in rows]
        chosen = chosen or [rows[key] for key in [("plan_follow_up", "social")] if key in rows]
        copies = _copies(model, self.bed, kinds) if self.wide or model is Meeting else ()
        return [*chosen, *copies]

    def wrong(self, state: State) -> list[str]:
        """Every word that reached somebody who may not read it."""
        words = self.bed.words
        return sorted(
            f"{reader} {place}: {words[number]}"
            for reader, shown in self.shown.items()
            for number, place in shown.items()
            if number in words and not state.may_read(reader, words[number])
        )

    def missing(self, state: State) -> list[str]:
        """What somebody may read and is shown nowhere: of each category and recorder something.

        The client is shown every word there is.
        """
        words = self.bed.words
        gone: list[str] = []
        for reader, shown in self.shown.items():
            may = {n: w for n, w in words.items() if state.may_read(reader, w)}
            if reader == "client":
                gone += [f"client: {w}" for n, w in may.items() if n not in shown]
                continue
            seen = {(words[n].category, words[n].recorder) for n in shown if n in words}
            kinds = {(w.category, w.recorder) for w in may.values()}
            gone += [f"{reader}: {kind}" for kind in kinds - seen]
        return sorted(gone)


BESIDE: dict[str, tuple[type[models.Model], ...]] = {
    "attachment_id": (Attachment,),
    "contact_id": (ContactEntry,),
    "check_in_id": (CheckIn,),
    "answer_id": (PointAnswer,),
    "participant_id": (Participant,),
}


def _of_case(model: type[models.Model], case_id: UUID) -> Any:
    path = {Participant: "meeting__case", SignedPaper: "version__case"}.get(model, "case")
    return model._default_manager.filter(**{path: case_id}).order_by("-pk").values_list(
        "pk", flat=True
    )  # fmt: skip


def _copies(model: type[models.Model], bed: Bed, kinds: Kinds) -> list[Any]:
    """The rows that the services made from others while it was allowed.

    The meetings, and of the points copied to their agendas one of each kind that is opened: each
    meeting's own page shows all of its points.
    """
    planted = {row.pk for row in bed.rows.values()}
    if model is Meeting:
        return [key for key in _of_case(model, bed.world.case.pk) if key not in planted]
    if model is MeetingPoint:
        made = model._default_manager.filter(case=bed.world.case).exclude(pk__in=planted)
        found = {(p.category, p.recorded_for): p.pk for p in made.order_by("recorded_at", "pk")}
        return [found[kind] for kind in kinds if kind in found]
    return []


def _nothing(converter: Any) -> Any:
    if isinstance(converter, UUIDConverter):
        return uuid4()
    return 1 if isinstance(converter, IntConverter) else "nothing"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What the program says of itself, from every logger, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    handler.setLevel(logging.DEBUG)
    names = ("", "django.request", "django.security", "celery")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield stream
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def clients_choose(world: World, choice: Choice, *, outside: bool = False) -> None:
    receivers: list[tuple[Receiver, Any]] = [(Receiver(body), None) for body in BODIES]
    if outside:
        receivers.append(
            (Receiver.OUTSIDE, OutsideParty.objects.get(user__username="association").pk)
        )
    for receiver, party in receivers:
        decide(
            actor=world.actor("client"), case=world.case, choice=choice, receiver=receiver,
            party_id=party, purpose="p", now=world.now,
        )  # fmt: skip


def copies_are_made(world: World) -> None:
    """Everything the service makes of what is there, by each body, while the client allows it."""
    for number, body in enumerate(BODIES):
        actor = world.actor(body)
        call_meeting(
            actor=actor, case=world.case, starts_at=world.now + timedelta(days=30, hours=number),
            minutes_long=30, place="R", remote_link="", now=world.now,
            member_ids=[world.actor(one).writer_id for one in BODIES],
        )  # fmt: skip
        propose_plan(actor=actor, case=world.case, now=world.now)
        ask_for_consent(
            actor=actor, case=world.case, categories=["self_assessment"], purpose="p",
            valid_to=None, now=world.now,
        )  # fmt: skip
    ask_for_access(
        actor=world.actor("colleague"), reason="p", now=world.now,
        identity_code=decrypt(world.case.person.identity_code_encrypted),
    )  # fmt: skip
    hand_over(
        actor=world.actor("employment"), case=world.case, leaves=False, now=world.now, reason="p",
        receiver_id=world.actor("colleague").writer_id,
    )  # fmt: skip
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=1))


def letters_and_logs(world: World, said: io.StringIO) -> list[str]:
    """Every place a word must never come to: letters, the outbox, the log, the program's own."""
    tomorrow = day_of(world.now) + timedelta(days=1)
    notify_of_the_night(actor=NIGHT, on=tomorrow, now=world.now)
    notify_of_messages(actor=NIGHT, now=world.now)
    noon = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 12, tzinfo=HELSINKI)
    deliver(actor=NIGHT, channel=Channel.EMAIL, now=lambda: noon)
    found = [f"a letter to {m.to}" for m in mail.outbox if WORD.search(m.subject + m.body)]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_name ~ '^(audit_|followup_notification|followup_reminder|people_sentform"
            "|operations_)'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM \"{table}\" t WHERE t::text ~ 'Sana[0-9]{{4}}x'")
            found += [table for (number,) in cursor.fetchall() if number]
    if WORD.search(said.getvalue()):
        found.append("what the program says of itself")
    return found


@pytest.fixture
def walk(world: World, login: Any) -> Walk:
    office = Position.objects.get(user__username="employment").office
    WorkerFactory(username="leader", office=office, now=world.now, leads=True)
    return Walk(plant(world), {reader: login(reader) for reader in READERS}, wide=False)


def test_no_word_reaches_whom_it_is_not_for(world: World, walk: Walk, said: io.StringIO) -> None:
    """The short run: the body that loses most, once everything is taken back.

    The deep run below asks everybody, while the client allows it and in every state after it.
    """
    clients_choose(world, Choice.GRANTED)
    copies_are_made(world)
    clients_choose(world, Choice.REVOKED, outside=True)
    state = State(outside=False)
    walk.open_everything(("kela",))
    assert walk.wrong(state) == []
    assert walk.missing(state) == []
    assert letters_and_logs(world, said) == []


@dataclass
class Course:
    """The case's course through its states, each by the services that lead there."""

    world: World

    def as_it_is(self) -> State:
        return State()

    def all_is_allowed(self) -> State:
        clients_choose(self.world, Choice.GRANTED)
        copies_are_made(self.world)
        return State(agreed=True)

    def all_is_taken_back(self) -> State:
        self.all_is_allowed()
        clients_choose(self.world, Choice.REVOKED, outside=True)
        return State(outside=False)

    def kela_has_left(self) -> State:
        self.all_is_taken_back()
        end_team_term(
            actor=self.world.actor("employment"), case=self.world.case, now=self.world.now,
            user_id=self.world.actor("kela").user_id,
        )  # fmt: skip
        return State(outside=False, team={"employment", "social"})

    def the_case_has_ended(self) -> State:
        state = self.kela_has_left()
        self.world.end_case()
        return state


@pytest.mark.deep
@pytest.mark.parametrize(
    ("reached", "readers"),
    [
        pytest.param(Course.as_it_is, (*BODIES, "association"), id="before consent"),
        pytest.param(Course.all_is_allowed, READERS, id="all is allowed"),
        pytest.param(
            Course.all_is_taken_back, (*BODIES, "association", "director"), id="all is taken back"
        ),
        pytest.param(Course.kela_has_left, ("kela",), id="Kela has left"),
        pytest.param(
            Course.the_case_has_ended,
            (*BODIES, "client", "association", *OF_THE_HOUSE),
            id="the case has ended",
        ),
    ],
)
def test_no_word_reaches_whom_it_is_not_for_in_any_state(
    world: World, walk: Walk, said: io.StringIO, reached: Callable[[Course], State],
    readers: tuple[str, ...],
) -> None:  # fmt: skip
    """Before, during and after consent, after leaving the team and after the end.

    Who has no part in the case reads no word in any state: they walk where most is allowed, and
    those of the house after the end too, when their lists are of cases that closed. The client may
    read every word in each, and is shown them all before and after the end. That Kela has left
    changes something for Kela alone; the others' grounds are as they were when all was taken back.
    """
    walk.wide = True
    state = reached(Course(world))
    walk.open_everything(readers)
    assert walk.wrong(state) == []
    assert walk.missing(state) == []
    assert letters_and_logs(world, said) == []


@pytest.mark.deep
def test_no_word_is_left_at_any_address_after_erasure(world: World, walk: Walk) -> None:
    """Every address there was is opened once more by whoever had a part in the case, or a list."""
    walk.wide = True
    Course(world).the_case_has_ended()
    gone = list(walk.addresses())
    erase_case(actor=NIGHT, case_id=world.case.pk, now=world.now)
    walk.addresses = lambda: iter(gone)  # type: ignore[method-assign]
    walk.open_everything((*BODIES, *OF_THE_HOUSE[1:]))
    assert walk.wrong(State(erased=True)) == []


def test_a_copy_without_the_gate_is_found(
    world: World, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A meeting's page that shows its points past the gate: the walk says whose word got where."""

    def leaky(request: Any, meeting_id: UUID) -> HttpResponse:
        points = MeetingPoint.objects.filter(meeting=meeting_id).order_by("pk")
        return HttpResponse(" ".join(point.text for point in points))

    meeting = walk.bed.row(Meeting, "plan_follow_up", "social").pk
    monkeypatch.setattr(Walk, "addresses", lambda _: iter([("leaky", f"/meetings/{meeting}/")]))
    pattern = next(p for n, p in all_routes() if n == "pages:meeting")
    monkeypatch.setattr(pattern, "callback", leaky)
    walk.open_everything(("kela",))
    assert any("social_situation" in leak and "social" in leak for leak in walk.wrong(State()))
