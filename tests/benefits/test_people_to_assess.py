"""Who is to be assessed: one row a person, several chosen at once, nothing a body may not know."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditKind, AuditRow
from benefits.models import ExpectedFlag, Flag, FlagDecision
from benefits.selectors import WorklistFilter, count_people, list_people
from benefits.selectors.worklist import WorklistPerson
from benefits.services import (
    assess_flag,
    assess_people,
    decline_person,
    give_people,
    snooze_people,
)
from caseplan.meetings.selectors import list_news
from caseplan.plan.models import SeenNeed
from caseplan.plan.services import open_case_on_need
from cases.models import NewsKind
from common.clock import day_of
from common.decision import NotVisible, Refused
from people.models import Person, User
from tests.benefits.test_worklist import LONG, ON, SUBSIDY, WEEKS, YEAR, Register, the_person
from tests.personas import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(world: World, tmp_path: Path) -> Person:
    """Somebody of Salo with two triggers: employment services know of both, Kela of one."""
    Register(tmp_path).read([LONG], WEEKS)
    return the_person()


def shown(world: World, who: str, person: Person, **choices: Any) -> WorklistPerson | None:
    found = list_people(world.actor(who), WorklistFilter(**choices), now=world.now, limit=999)
    rows = [row for row in found.rows if row.person.pk == person.pk]
    assert len(rows) <= 1  # a person is one row
    assert found.total == len(found.rows) == len({row.person.pk for row in found.rows})
    return rows[0] if rows else None


def test_a_person_is_one_row_with_the_reasons_the_reader_may_know(
    world: World, due: Person
) -> None:
    row = shown(world, "employment", due)
    assert row is not None
    assert [reason.rule for reason in row.reasons] == [YEAR, SUBSIDY]  # the oldest first
    assert row.since == min(reason.on for reason in row.reasons)
    assert (row.municipality, row.age) == ("Salo", row.age)
    kela = shown(world, "kela", due)
    assert kela is not None
    assert [reason.rule for reason in kela.reasons] == [SUBSIDY]
    assert kela.since == kela.reasons[0].on > row.since  # what it may not know dates nothing
    assert shown(world, "kela", due, rule=YEAR) is None


def test_the_count_is_the_lists(world: World, due: Person) -> None:
    for who in ("employment", "kela", "social"):
        actor = world.actor(who)
        for choices in (
            WorklistFilter(), WorklistFilter(status="new"), WorklistFilter(language="sv"),
            WorklistFilter(age_group="under_30", municipality="734"), WorklistFilter(within=90),
        ):  # fmt: skip
            rows = list_people(actor, choices, now=world.now, limit=9_999).rows
            assert count_people(actor, choices, now=world.now) == len(rows)


def test_nobody_has_taken_whom_somebody_assesses(world: World, due: Person) -> None:
    worker, colleague = world.actor("employment"), world.actor("colleague")
    assert shown(world, "employment", due, status="new")
    assess_people(actor=worker, person_ids=[due.pk], now=world.now)
    assert FlagDecision.objects.filter(flag__person=due, state="being_assessed").count() == 2
    for who, status in (("colleague", "new"), ("colleague", "mine"), ("employment", "new")):
        assert shown(world, who, due, status=status) is None
    mine = shown(world, "employment", due, status="mine")
    assert mine is not None and mine.is_reader
    theirs = shown(world, "colleague", due)
    assert theirs is not None
    assert (theirs.who, theirs.decided_on) == ("Eeva Employment", day_of(world.now))
    assert not theirs.is_reader
    assert colleague.user_id != worker.user_id


def test_whoever_was_taken_meanwhile_stays_with_them_and_the_others_are_done(
    world: World, due: Person
) -> None:
    worker, colleague = world.actor("employment"), world.actor("colleague")
    rows = list_people(worker, WorklistFilter(status="new"), now=world.now).rows
    other = next(row.person for row in rows if row.person.pk != due.pk)
    assess_people(actor=colleague, person_ids=[due.pk], now=world.now)
    handled = assess_people(actor=worker, person_ids=[due.pk, other.pk], now=world.now)
    assert [person.pk for person in handled.done] == [other.pk]
    assert [(one.person.pk, one.assessed_by) for one in handled.left] == [
        (due.pk, User.objects.get(pk=colleague.user_id).full_name)
    ]
    row = shown(world, "employment", due)
    assert row is not None and not row.is_reader


def test_whose_case_one_does_not_see_is_not_named(world: World, due: Person) -> None:
    worker = world.actor("employment")
    team = User.objects.filter(username__in=("employment", "social", "kela"))
    open_case_on_need(
        actor=worker, person_id=due.pk, needs=[SeenNeed.MANAGING_LIFE], reason="Together",
        case_manager_id=worker.writer_id, member_ids=[user.pk for user in team], now=world.now,
    )  # fmt: skip
    colleague = assess_people(actor=world.actor("colleague"), person_ids=[due.pk], now=world.now)
    assert (colleague.done, colleague.left, colleague.gone) == ([], [], 1)
    seen = assess_people(actor=worker, person_ids=[due.pk], now=world.now)
    assert [one.person.pk for one in seen.left] == [due.pk]
    stranger = assess_people(actor=world.actor("outsider"), person_ids=[due.pk], now=world.now)
    assert (stranger.left, stranger.gone) == ([], 1)


def test_whoever_is_given_people_is_told_and_so_is_whoever_had_them(
    world: World, due: Person
) -> None:
    worker, colleague = world.actor("employment"), world.actor("colleague")
    with pytest.raises(Refused) as refused:
        give_people(
            actor=worker, person_ids=[due.pk], to_user_id=world.actor("kela").writer_id,
            now=world.now,
        )  # fmt: skip
    assert refused.value.field == "to_user_id"
    give_people(actor=worker, person_ids=[due.pk], to_user_id=colleague.writer_id, now=world.now)
    row = shown(world, "colleague", due, status="mine")
    assert row is not None and row.is_reader
    assert news(world, "colleague") == [NewsKind.PEOPLE_GIVEN]
    assert news(world, "employment") == []
    later = world.now + timedelta(minutes=1)
    give_people(actor=worker, person_ids=[due.pk], to_user_id=worker.writer_id, now=later)
    assert set(news(world, "colleague")) == {NewsKind.PEOPLE_GIVEN, NewsKind.PEOPLE_TAKEN}


def news(world: World, who: str) -> list[str]:
    kinds = {NewsKind.PEOPLE_GIVEN, NewsKind.PEOPLE_TAKEN}
    found = list_news(world.actor(who), now=world.now + timedelta(hours=1))
    return [told.news.kind for told in found if told.news.kind in kinds]


def test_one_reason_declines_each_trigger_the_body_knows_and_no_other(
    world: World, due: Person
) -> None:
    with pytest.raises(Refused):
        decline_person(actor=world.actor("kela"), person_id=due.pk, reason=" ", now=world.now)
    decline_person(actor=world.actor("kela"), person_id=due.pk, reason="Retired", now=world.now)
    assert shown(world, "kela", due) is None
    row = shown(world, "employment", due)
    assert row is not None
    assert [reason.rule for reason in row.reasons] == [YEAR]  # of which Kela does not know
    assert row.earlier == [day_of(world.now)]
    decline_person(actor=world.actor("employment"), person_id=due.pk, reason="x", now=world.now)
    decided = FlagDecision.objects.filter(flag__person=due).order_by("flag__rule")
    assert [(d.flag.rule, d.reason, d.measured > 0) for d in decided] == [
        (SUBSIDY, "Retired", True), (YEAR, "x", True),
    ]  # fmt: skip
    with pytest.raises(Refused):
        decline_person(actor=world.actor("employment"), person_id=due.pk, reason="y", now=world.now)
    with pytest.raises(NotVisible):
        decline_person(actor=world.actor("outsider"), person_id=due.pk, reason="y", now=world.now)


def test_a_new_reason_does_not_take_somebody_from_whoever_assesses_them(
    world: World, due: Person
) -> None:
    assess_flag(actor=world.actor("kela"), person_id=due.pk, rule=SUBSIDY, now=world.now)
    row = shown(world, "employment", due)  # the year's trigger nobody has taken
    assert row is not None
    assert (row.status, row.who) == ("being_assessed", "Kaarina Kela")
    assert shown(world, "employment", due, status="new") is None


def test_several_put_off_are_back_on_the_day(world: World, due: Person) -> None:
    worker, until = world.actor("employment"), day_of(world.now) + timedelta(days=3)
    snooze_people(actor=worker, person_ids=[due.pk], until=until, reason="A course", now=world.now)
    assert shown(world, "employment", due) is None
    waits = shown(world, "employment", due, status="snoozed")
    assert waits is not None
    assert (waits.until, waits.note, waits.who) == (until, "A course", "Eeva Employment")
    then = list_people(worker, WorklistFilter(), now=world.now + timedelta(days=3), limit=999)
    assert due.pk in {row.person.pk for row in then.rows}


@pytest.mark.parametrize("name", ["name", "age", "municipality", "language", "since"])
def test_every_order_turns_round(world: World, due: Person, name: str) -> None:
    def keys(sort: str) -> list[Any]:
        found = list_people(
            world.actor("employment"), WorklistFilter(sort=sort), now=world.now, limit=999
        )
        return [
            {
                "name": row.person.sort_key, "age": row.person.birth_date,
                "municipality": row.municipality, "language": row.person.language,
                "since": row.since,
            }[name]
            for row in found.rows
        ]  # fmt: skip

    up, down = keys(name), keys(f"-{name}")
    falls = name == "age"
    assert up == sorted(up, reverse=falls)
    assert down == sorted(down, reverse=not falls)


def test_somebody_protected_has_no_municipality_in_the_list(world: World, due: Person) -> None:
    Person.objects.filter(pk=due.pk).update(non_disclosure=True)
    row = shown(world, "employment", due)
    assert row is not None and row.municipality == ""
    assert shown(world, "employment", due, municipality="734") is None


def test_where_nobody_waits_the_next_day_is_told(world: World, due: Person, login: Any) -> None:
    Flag.objects.all().delete()
    ExpectedFlag.objects.all().delete()
    first = ON + timedelta(days=8)
    for days in (20, 8):
        ExpectedFlag.objects.create(person=due, rule=(YEAR, SUBSIDY)[days == 8],
                                    expected_on=ON + timedelta(days=days))  # fmt: skip
    found = list_people(world.actor("employment"), WorklistFilter(), now=world.now)
    assert (found.total, found.next_on) == (0, first)
    assert "The next is expected on" in login("employment").get("/triggers/").content.decode()


class TestOnThePage:
    def test_a_row_opens_in_place_and_the_look_is_one_row_of_the_log(
        self, world: World, due: Person, login: Any
    ) -> None:
        worker = login("employment")
        before = AuditRow.objects.filter(kind=AuditKind.ACCESS).count()
        page = worker.get(f"/triggers/?sort=-since&open={due.pk}&page=1")
        text = page.content.decode()
        assert text.count('id="opened"') == 1 and "300 days of labour-market subsidy" in text
        assert AuditRow.objects.filter(kind=AuditKind.ACCESS).count() == before + 1
        part = worker.get(f"/triggers/?open={due.pk}", headers={"HX-Request": "true"})
        assert part.content.decode().lstrip().startswith('<tr class="opened"')
        assert AuditRow.objects.filter(kind=AuditKind.ACCESS).count() == before + 2
        hidden = login("outsider").get(f"/triggers/?open={due.pk}", headers={"HX-Request": "true"})
        assert hidden.status_code == 404

    def test_nobody_chosen_is_an_error_that_says_so(self, world: World, login: Any) -> None:
        worker = login("employment")
        for verb in ("assess", "give", "snooze", "file"):
            page = worker.post(f"/triggers/chosen/{verb}/?status=new", follow=True)
            assert "Choose somebody first." in page.content.decode(), verb
            assert page.redirect_chain[-1][0].startswith("/triggers/?status=new")

    def test_those_chosen_are_taken_and_who_was_not_there_is_named(
        self, world: World, due: Person, login: Any
    ) -> None:
        give_people(
            actor=world.actor("colleague"), person_ids=[due.pk],
            to_user_id=world.actor("colleague").writer_id, now=world.now,
        )  # fmt: skip
        page = login("employment").post(
            "/triggers/chosen/assess/", {"person": [str(due.pk), "nonsense"]}, follow=True
        )
        text = page.content.decode()
        assert "Not everybody you chose was there any more" in text
        assert due.last_name not in page.redirect_chain[-1][0]

    def test_giving_and_putting_off_ask_first_and_come_back_to_the_list_as_it_was(
        self, world: World, due: Person, login: Any
    ) -> None:
        worker = login("employment")
        asked = worker.post("/triggers/chosen/give/?sort=name", {"person": str(due.pk)})
        assert asked.status_code == 302
        assert "1 person chosen." in worker.get(asked["Location"]).content.decode()
        done = worker.post(asked["Location"], {"to_user_id": str(world.actor("colleague").user_id)})
        assert done["Location"] == "/triggers/?sort=name"
        assert shown(world, "colleague", due, status="mine")

    def test_the_file_of_those_chosen_holds_them_alone(
        self, world: World, due: Person, login: Any
    ) -> None:
        worker = login("employment")
        asked = worker.post("/triggers/chosen/file/", {"person": str(due.pk)})
        answer = worker.post(asked["Location"], {"reason": "my_work"})
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert [row["Last name"] for row in rows] == [due.last_name]
        row = AuditRow.objects.get(action="worklist_exported")
        assert set(row.subjects) == {due.pk}

    def test_the_columns_are_ordered_by_links_that_say_which_way(
        self, world: World, login: Any
    ) -> None:
        worker = login("employment")
        assert 'aria-sort="descending"' in worker.get("/triggers/").content.decode()
        text = worker.get("/triggers/?sort=name&language=fi").content.decode()
        assert 'aria-sort="ascending"' in text
        assert "language=fi&amp;sort=-name" in text or "sort=-name&amp;language=fi" in text

    def test_what_is_not_understood_any_more_is_said_and_narrows_nothing(
        self, world: World, login: Any
    ) -> None:
        text = login("employment").get("/triggers/?municipality=999&language=fi").content.decode()
        assert "Not narrowed by what is not understood any more" in text
        count = count_people(
            world.actor("employment"), WorklistFilter(language="fi"), now=world.now
        )
        assert f"({count})" in text

    def test_the_number_of_questions_is_fixed(self, world: World, due: Person, login: Any) -> None:
        worker = login("employment")
        worker.get("/triggers/")
        with CaptureQueriesContext(connection) as many:
            worker.get("/triggers/")
        Flag.objects.exclude(person=due).delete()
        with CaptureQueriesContext(connection) as one:
            worker.get("/triggers/")
        assert len(many) == len(one)
