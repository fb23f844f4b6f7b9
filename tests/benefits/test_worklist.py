"""The worklist: who sees what before a case, what is decided on a flag, and what closes itself."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditRow
from benefits.access import facts_known_to, known_names
from benefits.models import (
    ClosedBecause,
    ExpectedFlag,
    Flag,
    FlagDecision,
    ManualEntryKind,
    PaymentPeriod,
    RegisterMention,
)
from benefits.selectors import (
    WorklistFilter,
    evaluated_on,
    explain_rule,
    list_people,
    own_explanations,
)
from benefits.services import (
    add_manual_entry,
    assess_flag,
    decline_flag,
    erase_unneeded_facts,
    evaluate,
    import_register,
    snooze_people,
    withdraw_manual_entry,
)
from caseplan.plan.models import SeenNeed
from caseplan.plan.services import open_case_on_need
from common import clock
from common.actor import system_actor
from common.bodies import Receiver
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Basis, Fact
from consent.services import draft_ground, end_ground, sign_ground
from people.models import Person, User
from statutes.reader import law_on
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, A, B, person
from tests.looks import looks_at
from tests.personas import World

pytestmark = pytest.mark.django_db
NIGHT, ON = system_actor("night"), date(2024, 6, 30)
YEAR, SUBSIDY = "unemployed_12_months", "subsidy_300_days"
LONG = f"{A};2023-01-01;"
WEEKS = [
    f"{A};tyomarkkinatuki;{date(2023, 1, 2) + timedelta(days=28 * n)};"
    f"{date(2023, 1, 2) + timedelta(days=28 * n + 27)};20;unemployment"
    for n in range(19)
]


class Register:
    """An extract of two people of Salo, imported and evaluated as each test likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, spells: list[str], payments: list[str], on: date = ON) -> None:
        for name, header, rows in (
            ("persons.csv", PERSONS, [person(A), person(B)]),
            ("unemployment.csv", SPELLS, spells),
            ("benefits.csv", PAYMENTS, payments),
        ):
            (self.folder / name).write_text("\n".join([header, *rows]) + "\n", "utf-8")
        now = clock.now()
        import_register(actor=NIGHT, folder=self.folder, commit=True, now=now)
        evaluate(actor=NIGHT, on=on, now=now)


@pytest.fixture
def register(world: World, tmp_path: Path) -> Register:
    return Register(tmp_path)


def the_person() -> Person:
    """Whoever of the two the flags are about."""
    return Person.objects.filter(last_name="Äyräpää", flags__isnull=False).distinct().get()


def rules_shown(world: World, who: str, **choices: Any) -> set[str]:
    found = list_people(world.actor(who), WorklistFilter(**choices), now=world.now, limit=500)
    return {
        reason.rule
        for row in found.rows
        for reason in row.reasons
        if row.person.last_name == "Äyräpää"
    }


def test_each_body_sees_only_what_rests_on_what_it_may_know(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    assert rules_shown(world, "employment") == {YEAR, SUBSIDY}
    assert rules_shown(world, "social") == {SUBSIDY}  # the demo network's own decision
    assert rules_shown(world, "kela") == {SUBSIDY}
    assert rules_shown(world, "outsider") == set()  # another network's municipality


def test_the_ground_table_changes_what_is_seen_on_its_day(world: World) -> None:
    """Up to 2024 the paid days went to the other two bodies by law; from 2025 by a signed row."""
    social, law = world.actor("social2"), law_on(ON)  # of a network that has signed no row

    def known(day: str) -> list[str]:
        moment = clock.now().fromisoformat(f"{day}T12:00:00+02:00")
        return known_names(law, facts_known_to(social, now=moment))

    assert known("2024-12-31") == [SUBSIDY]
    assert known("2025-01-01") == []
    kela = world.actor("kela")
    seen = known_names(law, facts_known_to(kela, now=world.now))
    assert "nothing_paid" in seen
    assert YEAR not in seen


def test_the_signals_are_for_those_with_the_benefit_periods_only(
    world: World, register: Register
) -> None:
    register.read([], WEEKS[10:18])
    with_signals = rules_shown(world, "kela")
    assert "nothing_paid" in with_signals
    assert rules_shown(world, "employment") == set()


def test_a_decline_holds_over_the_same_facts_and_ends_with_new_ones(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    worker, client = world.actor("employment"), the_person()
    decline_flag(actor=worker, person_id=client.pk, rule=YEAR, reason="In work soon", now=world.now)
    register.read([LONG], WEEKS)
    assert YEAR not in rules_shown(world, "employment")
    assert YEAR in rules_shown(world, "employment", status="declined")
    register.read([f"{A};2023-02-01;"], WEEKS)  # corrected: another day reached
    assert YEAR in rules_shown(world, "employment")
    register.read([LONG], WEEKS)  # and corrected back: what was declined is declined
    assert YEAR not in rules_shown(world, "employment")


def test_a_trigger_closes_itself_with_a_note_when_unemployment_ends(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    register.read([f"{A};2023-01-01;2024-06-01"], WEEKS)
    flag = Flag.objects.get(person=the_person(), rule=YEAR)
    assert (flag.closed_on, flag.closed_because) == (ON, "unemployment_ended")
    rows = list_people(
        world.actor("employment"),
        WorklistFilter(status="closed", rule=YEAR),
        now=world.now,
        limit=500,
    ).rows
    (row,) = [r for r in rows if r.person.pk == flag.person_id]
    assert row.reasons[0].sentence.endswith(f": {ClosedBecause.UNEMPLOYMENT_ENDED.label}")
    assert YEAR not in rules_shown(world, "employment")
    assert YEAR in rules_shown(world, "employment", status="closed")


def test_a_correction_closes_with_another_note(world: World, register: Register) -> None:
    register.read([LONG], WEEKS)
    register.read([LONG], WEEKS[:10])
    assert Flag.objects.get(person=the_person(), rule=SUBSIDY).closed_because == "register"


def test_evaluating_twice_changes_nothing_and_only_the_changed_are_looked_at(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    again = evaluate(actor=NIGHT, on=ON, now=clock.now())
    assert (again.opened, again.closed, again.coming) == (0, 0, 0)
    Flag.objects.all().delete()
    nobody = evaluate(actor=NIGHT, on=ON, now=clock.now(), changed_only=True)
    assert nobody.opened == 0
    register.folder.joinpath("benefits.csv").write_text("\n".join([PAYMENTS, *WEEKS[:18]]) + "\n")
    import_register(actor=NIGHT, folder=register.folder, commit=True, now=clock.now())
    changed = evaluate(actor=NIGHT, on=ON, now=clock.now(), changed_only=True)
    assert changed.opened == 3  # one person's, a signal among them, and nobody else's


def test_a_day_earlier_than_the_register_is_asked_about_as_such(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS, on=date(2023, 6, 30))
    assert evaluated_on() == date(2023, 6, 30)
    assert rules_shown(world, "employment") == set()


def test_what_is_coming_is_listed_by_its_day(world: World, register: Register) -> None:
    register.read([f"{A};2023-08-15;"], [])
    worker = world.actor("employment")
    within = {
        days: [r.since for r in list_people(worker, WorklistFilter(within=days), now=world.now).rows
               if r.person.last_name == "Äyräpää"]
        for days in (30, 60, 90)
    }  # fmt: skip
    assert within == {30: [], 60: [date(2024, 8, 15)], 90: [date(2024, 8, 15)]}
    assert ExpectedFlag.objects.filter(rule=YEAR, person__last_name="Äyräpää").count() == 1


def test_a_snooze_is_back_on_its_day(world: World, register: Register) -> None:
    register.read([LONG], WEEKS)
    worker, client = world.actor("employment"), the_person()
    until = clock.day_of(world.now) + timedelta(days=3)
    snooze_people(actor=worker, person_ids=[client.pk], reason="Call", until=until, now=world.now)
    assert rules_shown(world, "employment") == set()
    later = list_people(
        worker, WorklistFilter(rule=YEAR), now=world.now + timedelta(days=3), limit=500
    )
    (row,) = [r for r in later.rows if r.person.pk == client.pk]
    assert row.status == "new"
    with pytest.raises(Refused):
        snooze_people(
            actor=worker, person_ids=[client.pk], reason="x",
            until=clock.day_of(world.now), now=world.now,
        )  # fmt: skip


def test_opening_a_case_takes_the_flags_and_tells_only_those_who_see_the_case(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    worker, client = world.actor("employment"), the_person()
    names = ("employment", "social", "kela")
    team = list(User.objects.filter(username__in=names).values_list("pk", flat=True))
    open_case_on_need(
        actor=worker, person_id=client.pk,
        needs=[SeenNeed.MANAGING_LIFE], reason="Together", case_manager_id=worker.writer_id,
        member_ids=team, now=world.now,
    )  # fmt: skip
    assert rules_shown(world, "employment") == set()
    assert rules_shown(world, "employment", status="taken") == {YEAR, SUBSIDY}
    for status in ("taken", "open", "new", "declined", "closed"):
        assert rules_shown(world, "colleague", status=status) == set()
    with pytest.raises(Refused):
        decline_flag(actor=worker, person_id=client.pk, rule=YEAR, reason="No", now=world.now)
    # The single page and every decision answer as the list does: there is nobody.
    colleague = {"actor": world.actor("colleague"), "person_id": client.pk, "rule": YEAR}
    for attempt in (
        lambda: explain_rule(
            world.actor("colleague"), client.pk, rule=YEAR, on=None, now=world.now
        ),
        lambda: decline_flag(**colleague, reason="No", now=world.now),
        lambda: assess_flag(**colleague, now=world.now),
    ):
        with pytest.raises(NotVisible):
            attempt()


def test_a_decision_needs_a_reason_and_the_right_to_know(world: World, register: Register) -> None:
    register.read([LONG], WEEKS)
    client = the_person()
    with pytest.raises(Refused):
        decline_flag(
            actor=world.actor("employment"), person_id=client.pk, rule=YEAR, reason=" ",
            now=world.now,
        )  # fmt: skip
    for who in ("kela", "outsider", "director", "client"):
        with pytest.raises((NotVisible, TypeError)):
            decline_flag(
                actor=world.actor(who), person_id=client.pk, rule=YEAR, reason="x", now=world.now
            )
    assert FlagDecision.objects.count() == 0
    assess_flag(actor=world.actor("employment"), person_id=client.pk, rule=YEAR, now=world.now)
    decision = FlagDecision.objects.get()
    assert (decision.state, decision.measured, decision.statute) == (
        "being_assessed", 17, "1369/2014 2 §",
    )  # fmt: skip


def test_somebody_under_non_disclosure_is_found_by_no_municipality(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    assert rules_shown(world, "employment", municipality="734") == {YEAR, SUBSIDY}
    Person.objects.filter(last_name="Äyräpää").update(non_disclosure=True)
    assert rules_shown(world, "employment", municipality="734") == set()
    assert rules_shown(world, "employment") == {YEAR, SUBSIDY}


def test_a_gap_entered_by_hand_joins_the_spells_until_it_is_withdrawn(
    world: World, register: Register
) -> None:
    register.read([f"{A};2023-01-01;2023-12-31", f"{A};2024-01-05;"], [])
    client = Person.objects.filter(unemploymentspells__isnull=False, last_name="Äyräpää").first()
    assert client is not None
    worker = world.actor("employment")
    assert rules_shown(world, "employment") == set()
    entry = {
        "actor": worker, "person_id": client.pk, "kind": ManualEntryKind.GAP,
        "reason": "A sick note",
    }  # fmt: skip
    with pytest.raises(Refused):
        add_manual_entry(**entry, first=date(2024, 1, 2), last=date(2024, 1, 4), now=clock.now())
    with pytest.raises(NotAllowed):
        add_manual_entry(
            **{**entry, "actor": world.actor("kela")}, first=date(2024, 1, 1),
            last=date(2024, 1, 4), now=clock.now(),
        )  # fmt: skip
    made = add_manual_entry(**entry, first=date(2024, 1, 1), last=date(2024, 1, 4), now=clock.now())
    assert rules_shown(world, "employment") == {YEAR}
    found = explain_rule(worker, client.pk, rule=YEAR, on=ON, now=world.now)
    assert [(r.start, r.counted) for r in found.rows] == [
        (date(2023, 1, 1), True), (date(2024, 1, 1), True), (date(2024, 1, 5), True),
    ]  # fmt: skip
    withdraw_manual_entry(actor=worker, person_id=client.pk, entry_id=made.pk, now=clock.now())
    assert rules_shown(world, "employment") == set()


def test_the_explanation_says_why_a_period_did_not_count(world: World, register: Register) -> None:
    service = f"{A};tyomarkkinatuki;2022-01-03;2022-01-30;20;service"
    other = f"{A};asumistuki;2022-01-03;2022-01-30;;"
    register.read([f"{A};2020-01-01;2020-12-31", LONG], [*WEEKS, service, other])
    client = the_person()
    paid = explain_rule(world.actor("kela"), client.pk, rule=SUBSIDY, on=None, now=world.now)
    assert paid.met
    assert paid.reached_on == date(2024, 2, 23)
    why = {row.start: row.why_not for row in paid.rows if not row.counted}
    assert set(why) == {date(2022, 1, 3)}
    assert [s.percent for s in paid.shares] == [50]
    count_only = explain_rule(
        world.actor("social"), client.pk, rule=SUBSIDY, on=None, now=world.now
    )
    assert (count_only.rows, count_only.rows_known, count_only.shares) == ([], False, [])
    months = explain_rule(world.actor("employment"), client.pk, rule=YEAR, on=None, now=world.now)
    assert [(r.start.year, r.counted) for r in months.rows] == [(2020, False), (2023, True)]
    with pytest.raises(NotVisible):
        explain_rule(
            world.actor("employment"), client.pk, rule=YEAR, on=date(2023, 1, 5), now=world.now
        )


def test_the_client_reads_every_rule_about_themselves_and_nobody_elses(world: World) -> None:
    actor = world.actor("client")
    evaluate(actor=NIGHT, on=ON, now=world.now)
    found = own_explanations(actor, now=world.now)
    assert {e.rule for e in found} >= {SUBSIDY, "unemployed_6_months_under_25"}  # 22 years old
    assert YEAR not in {e.rule for e in found}
    assert all(e.person.pk == actor.person_id for e in found)
    assert actor.person_id is not None
    look = looks_at(actor.person_id)[-1]
    assert (look.purpose, look.is_case) == ("own_data", False)
    other = world.actor("client2").person_id
    assert other is not None
    with pytest.raises(NotVisible):
        explain_rule(actor, other, rule=YEAR, on=None, now=world.now)


def test_a_page_costs_the_same_queries_for_few_and_many(world: World) -> None:
    worker = world.actor("employment")

    def queries(limit: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            list_people(worker, WorklistFilter(), now=world.now, limit=limit)
        return len(found)

    assert queries(2) == queries(25)


def test_the_file_holds_what_the_list_holds_and_everybody_in_it_is_logged(
    world: World, login: Any
) -> None:
    listed = list_people(
        world.actor("employment"), WorklistFilter(rule=YEAR), now=world.now, limit=999
    )
    Person.objects.filter(pk=listed.rows[0].person.pk).update(last_name="=HYPERLINK(1)")
    answer = login("employment").post(f"/triggers/export.csv?rule={YEAR}", {"reason": "my_work"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == listed.total + 1
    assert rows[1][0] == "'=HYPERLINK(1)"
    row = AuditRow.objects.get(action="worklist_exported")
    assert set(row.subjects) == {row.person.pk for row in listed.rows}


def test_register_facts_vanish_of_people_no_extract_names_any_more(
    world: World, register: Register
) -> None:
    register.read([LONG], WEEKS)
    today = clock.day_of(clock.now())
    client, before = the_person(), Person.objects.count()
    assert (
        erase_unneeded_facts(actor=NIGHT, on=today + timedelta(days=700), now=world.now).people == 0
    )
    RegisterMention.objects.exclude(person__last_name="Äyräpää").delete()
    decline_flag(
        actor=world.actor("employment"), person_id=client.pk, rule=YEAR, reason="x", now=world.now
    )
    later = erase_unneeded_facts(actor=NIGHT, on=today + timedelta(days=800), now=world.now)
    assert later.people == 1  # the other; the declined one is kept as the law keeps a client's
    assert Person.objects.count() == before - 1
    assert (
        erase_unneeded_facts(actor=NIGHT, on=today + timedelta(days=1600), now=world.now).people
        == 1
    )
    assert not PaymentPeriod.objects.filter(person=client.pk).exists()


def test_a_new_ground_shows_at_the_next_request(world: World, register: Register) -> None:
    register.read([LONG], WEEKS)
    today = clock.day_of(world.now)
    assert YEAR not in rules_shown(world, "social")
    ground = draft_ground(
        actor=NIGHT, category=Fact.UNEMPLOYMENT_SPELLS, receiver=Receiver.SOCIAL,
        basis=Basis.STATUTE, section="test", valid_from=today - timedelta(days=2), valid_to=None,
        now=world.now,
    )  # fmt: skip
    assert YEAR not in rules_shown(world, "social")
    sign_ground(actor=NIGHT, ground_id=ground.pk, signed_by="DPO", now=world.now)
    assert YEAR in rules_shown(world, "social")
    end_ground(actor=NIGHT, ground_id=ground.pk, last_day=today - timedelta(days=1), now=world.now)
    assert YEAR not in rules_shown(world, "social")


def test_the_same_explanation_stands_as_json(world: World, register: Register, login: Any) -> None:
    register.read([LONG], WEEKS)
    address = f"/api/v1/explanations/{the_person().pk}/{SUBSIDY}/"
    told = login("kela").get(address).json()
    assert (told["met"], told["reached_on"], told["measured"]) == (True, "2024-02-23", 380)
    assert (told["statute"], told["threshold"]) == ("1369/2014 2 §", 300)
    assert len(told["rows"]) == 19
    assert told["municipal_shares"][0]["percent"] == 50
    count_only = login("social").get(address).json()
    assert (count_only["rows"], count_only["rows_known"]) == ([], False)
    bad = login("kela").get(address, {"on": "31.12"})
    assert bad.status_code == 400
    assert "2024-05-01" in bad.json()["on"]
    assert "hetu" not in str(told) and A not in str(told)
