"""Two records are one person: asked by two workers, decided by the officer, split again whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from benefits.models import (
    Flag,
    FlagDecision,
    ManualEntry,
    RegisterImport,
    RegisterMention,
    UnemploymentSpell,
)
from caseplan.plan.selectors import changes_for_day, open_possible_duplicate
from cases.models import Case, ClientCode, SeenDocument
from cases.services import (
    ask_code_change,
    confirm_change,
    find_own_case,
    merge_records,
    refuse_merge,
    undo_change,
)
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotAllowed, NotVisible, Refused
from people.models import FormerCode, LifeEvent, LifeKind, LifeState, Person, Position, User
from rights.models import BreachLetter
from rights.services import examine_account, open_breach
from tests.architecture.test_walls import ROOT
from tests.builders import CaseFactory, remove_case
from tests.cases.in_life import differing, everything
from tests.personas import World


def other_of(world: World) -> Person:
    """A record of the registers without a case, with rows, a flag and what was decided on it."""
    other = (
        Person.objects.filter(
            cases=None, user=None, flags__isnull=False, register_mention__isnull=False
        )
        .order_by("pk")
        .first()
    )
    assert other is not None
    return other


def asked(world: World, other: Person) -> LifeEvent:
    code = decrypt(other.identity_code_encrypted)
    event = ask_code_change(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), identity_code=code,
        again=code, now=world.now,
    )  # fmt: skip
    return confirm_change(
        actor=world.actor("kela"), event_id=event.pk, identity_code=code, now=world.now
    )


def joins(world: World, event: LifeEvent, who: str = "officer") -> LifeEvent:
    return merge_records(actor=world.actor(who), event_id=event.pk, now=world.now)


def test_the_second_worker_asks_the_officer_and_changes_nothing(world: World) -> None:
    other, before = other_of(world), everything()
    event = asked(world, other)
    assert (event.kind, event.state) == (LifeKind.JOINED, LifeState.ASKED)
    assert differing(before, everything()) == {}
    with pytest.raises(NotAllowed), transaction.atomic():
        confirm_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    for who in ("kela", "director", "client", "outsider"):
        with pytest.raises(NotVisible), transaction.atomic():
            joins(world, event, who=who)
        with pytest.raises(NotVisible):
            open_possible_duplicate(world.actor(who), event.pk, now=world.now)
    page = open_possible_duplicate(world.actor("officer"), event.pk, now=world.now)
    assert page.second is not None and page.second.person == other
    assert page.second.code.endswith("****")


def test_joined_they_are_one_person_one_case_one_count(world: World) -> None:
    other = other_of(world)
    first = Person.objects.get(pk=world.case.person_id)
    old, new = (
        decrypt(p.identity_code_encrypted) for p in (first, other)
    )  # fmt: skip
    spells = UnemploymentSpell.objects.filter(person=other).count()
    mine = UnemploymentSpell.objects.filter(person=world.case.person).count()
    flags = Flag.objects.filter(person=other).count()
    Person.objects.filter(pk=other.pk).update(non_disclosure=True)
    joins(world, asked(world, other))
    assert not Person.objects.filter(pk=other.pk).exists()
    person = Person.objects.get(pk=world.case.person_id)
    assert decrypt(person.identity_code_encrypted) == new and person.non_disclosure
    assert FormerCode.objects.filter(person=person).count() == 1
    assert UnemploymentSpell.objects.filter(person=person).count() <= spells + mine
    assert Flag.objects.filter(person=person).count() >= flags
    for code in (old, new):
        found = find_own_case(actor=world.actor("kela"), identity_code=code, now=world.now)
        assert found == world.case
    assert [c.event.kind for c in changes_for_day(world.actor("kela"), now=world.now)] == ["joined"]


def test_what_both_records_say_stands_once_and_is_split_again_whole(world: World) -> None:
    other, person = other_of(world), world.case.person
    social = world.actor("social")
    for flag in Flag.objects.filter(person=other).order_by("pk"):
        Flag.objects.get_or_create(
            person=person, rule=flag.rule, reached_on=flag.reached_on,
            defaults={"opened_on": flag.opened_on},
        )  # fmt: skip
        FlagDecision.objects.get_or_create(
            flag=flag, network_id=social.working_network_id,
            defaults={
                "state": "declined", "reason": "No need.", "statute": "x",
                "asked_on": day_of(world.now), "measured": 1, "handled_at": world.now,
                "handled_by_id": social.user_id, "handled_for": "social",
            },
        )  # fmt: skip
    for spell in UnemploymentSpell.objects.filter(person=other).order_by("pk"):
        UnemploymentSpell.objects.create(
            person=person, start=spell.start, end=spell.end, first_import=spell.first_import,
            corrected_by_import=spell.corrected_by_import, corrected_at=spell.corrected_at,
        )  # fmt: skip
    ManualEntry.objects.create(
        person=other, kind="gap", first=date(2024, 1, 1), last=date(2024, 1, 2), reason="Ill.",
        entered_at=world.now, entered_by_id=social.user_id, entered_for="social",
    )  # fmt: skip
    before = everything()
    event = joins(world, asked(world, other))
    assert ManualEntry.objects.get().person_id == person.pk
    assert FlagDecision.objects.filter(flag__person=person).exists()
    undo_change(actor=world.actor("employment"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}


def a_code_for(person: Person, case: Case, world: World, paper: str) -> ClientCode:
    given_by = Position.objects.get(user__username="social")
    return ClientCode.objects.create(
        case=case, person=person, code_hash=paper, seen_document=SeenDocument.KNOWN,
        given_by_id=given_by.user_id, given_office_id=given_by.office_id, given_at=world.now,
        valid_until=world.now + timedelta(days=14),
    )  # fmt: skip


def test_of_two_codes_on_paper_one_still_lets_in(world: World) -> None:
    other, case = other_of(world), Case.objects.get(pk=world.case.pk)
    theirs = a_code_for(other, case, world, "theirs")
    mine = a_code_for(case.person, case, world, "mine")
    examined = examine_account(
        actor=world.actor("officer"), account_id=world.actor("kela").writer_id, reason="A call.",
        since=world.now - timedelta(days=1), until=world.now, now=world.now,
    )  # fmt: skip
    breach = open_breach(
        actor=world.actor("officer"), examination_id=examined.pk, known_at=world.now,
        facts="Looked.", effects="None known.", measures="Stopped.", now=world.now,
    )  # fmt: skip
    letter = BreachLetter.objects.create(breach=breach, person=other)
    before = everything()
    event = joins(world, asked(world, other))
    assert BreachLetter.objects.get(pk=letter.pk).person_id == case.person_id
    open_now = ClientCode.objects.filter(person=case.person_id, used_at=None, ended_at=None)
    assert list(open_now) == [mine]
    assert ClientCode.objects.get(pk=theirs.pk).person_id == case.person_id
    undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}


def test_whatever_hangs_on_a_person_is_moved_by_the_room_that_owns_it() -> None:
    """What nobody moves would keep two records apart for good."""
    movers = "people/services/merging.py", "benefits/receivers.py", "cases/receivers.py", \
        "caseplan/intake/receivers.py", "rights/receivers.py"  # fmt: skip
    said = "".join((ROOT / path).read_text("utf-8") for path in movers)
    hanging = {relation.related_model.__name__ for relation in Person._meta.related_objects}
    hanging = {name for name in hanging if not name.startswith("Historical")}
    assert {name for name in hanging if name not in said} == set()


def test_one_log_in_stays(world: World) -> None:
    other, client2 = other_of(world), User.objects.get(username="client2")
    Person.objects.filter(user=client2).update(user=None)
    Person.objects.filter(pk=other.pk).update(user=client2)
    before = everything()
    event = joins(world, asked(world, other))
    client2.refresh_from_db()
    assert not client2.is_active
    assert Person.objects.get(pk=world.case.person_id).user == world.case.person.user
    undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}


def test_two_open_cases_in_one_network_are_not_joined(world: World) -> None:
    other, employment = other_of(world), world.actor("employment")
    event = asked(world, other)
    case = CaseFactory(person=other, led_by=employment, now=world.now)
    before = everything()
    with pytest.raises(Refused), transaction.atomic():
        joins(world, event)
    assert differing(before, everything()) == {}
    remove_case(case)
    joins(world, event)


def test_after_an_import_that_named_them_there_is_no_way_back(world: World) -> None:
    person = world.case.person
    newest = RegisterImport.objects.order_by("pk")[0]
    RegisterMention.objects.get_or_create(person=person, defaults={"last_import": newest})
    event = joins(world, asked(world, other_of(world)))
    later = RegisterImport.objects.create(started_at=world.now + timedelta(days=1), imported_by="x")
    RegisterMention.objects.filter(person=person).update(last_import=later)
    with pytest.raises(Refused), transaction.atomic():
        undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)


def test_the_officer_says_that_they_are_two(world: World, login: Any) -> None:
    other = other_of(world)
    event = asked(world, other)
    officer = login("officer")
    assert f"/records/{event.pk}/" in officer.get("/records/").content.decode()
    assert "/records/" in officer.get("/questions/").content.decode()
    page = officer.get(f"/records/{event.pk}/").content.decode()
    assert other.last_name in page
    officer.post(f"/records/{event.pk}/", {"no": "1"})
    event.refresh_from_db()
    assert event.state == LifeState.TURNED_DOWN and Person.objects.filter(pk=other.pk).exists()
    with pytest.raises(NotVisible):
        refuse_merge(actor=world.actor("officer"), event_id=event.pk, now=world.now)
