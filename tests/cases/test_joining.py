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
from cases.models import Case
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
from people.models import FormerCode, LifeEvent, LifeKind, LifeState, Person, User
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
