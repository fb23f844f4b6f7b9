"""A changed identity code: one person, one case, one count; the old code still finds them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from audit.models import AuditRow
from caseplan.plan.selectors import CaseChoices, cases_of, changes_for_day
from cases.models import AccessRequest, Case
from cases.selectors import access_requests_for
from cases.services import (
    accept_access_request,
    ask_code_change,
    ask_for_access,
    confirm_change,
    find_own_case,
    open_in_emergency,
    turn_change_down,
    undo_change,
)
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotAllowed, NotVisible, Refused
from common.identity_code import check_character
from people.models import FormerCode, LifeEvent, LifeState, Person
from records.selectors import reading_of
from rights.selectors import list_visits, open_everything
from tests.cases.in_life import differing, everything
from tests.personas import World
from tests.together import at_once

BIRTH = date(1979, 12, 24)
NEW = f"241279-987{check_character(BIRTH, 987)}"


def code_of(world: World) -> str:
    return decrypt(Person.objects.get(pk=world.case.person_id).identity_code_encrypted)


def asks(world: World, who: str = "social", code: str = NEW, again: str | None = None) -> LifeEvent:
    return ask_code_change(
        actor=world.actor(who), case=Case.objects.get(pk=world.case.pk), identity_code=code,
        again=code if again is None else again, now=world.now,
    )  # fmt: skip


def confirms(world: World, event: LifeEvent, who: str = "kela", code: str = NEW) -> LifeEvent:
    return confirm_change(
        actor=world.actor(who), event_id=event.pk, identity_code=code, now=world.now
    )


def test_it_takes_effect_when_a_second_worker_has_typed_the_code_too(world: World) -> None:
    old = code_of(world)
    event = asks(world)
    assert code_of(world) == old
    assert [c.event.pk for c in changes_for_day(world.actor("kela"), now=world.now)] == [event.pk]
    with pytest.raises(NotAllowed), transaction.atomic():
        confirms(world, event, who="social")
    with pytest.raises(NotVisible), transaction.atomic():
        confirms(world, event, who="colleague")
    with pytest.raises(Refused) as refused, transaction.atomic():
        confirms(world, event, code=old)
    assert refused.value.field == "identity_code"
    confirms(world, event)
    assert code_of(world) == NEW
    assert Person.objects.get(pk=world.case.person_id).birth_date == BIRTH
    assert Case.objects.get(pk=world.case.pk).person_id == world.case.person_id
    actions = AuditRow.objects.filter(case_id=world.case.pk).values_list("action", "actor")
    assert {action: actor for action, actor in actions if action.startswith("life_")} == {
        "life_identity_code_asked": world.actor("social").label,
        "life_identity_code": world.actor("kela").label,
    }


def test_the_old_code_and_the_new_one_find_the_same_case(world: World) -> None:
    old = code_of(world)
    colleague = world.actor("colleague")
    ask_for_access(actor=colleague, identity_code=old, reason="Before.", now=world.now)
    confirms(world, asks(world))
    ask_for_access(actor=colleague, identity_code=old, reason="After, old.", now=world.now)
    ask_for_access(actor=colleague, identity_code=NEW, reason="After, new.", now=world.now)
    employment = world.actor("employment")
    for code in (old, NEW):
        found = find_own_case(actor=employment, identity_code=code, now=world.now)
        assert found == world.case
        reading = reading_of(employment, now=world.now)
        assert list(cases_of(reading, CaseChoices(search=code))) == [world.case.pk]
        opened = open_in_emergency(
            actor=world.actor("colleague"), identity_code=code, urgent="life",  # type: ignore[arg-type]
            reason="x", now=world.now,
        )  # fmt: skip
        assert opened.case == world.case
    waiting = access_requests_for(employment, now=world.now)
    assert [case for _request, case in waiting] == [world.case] * 3
    for request in AccessRequest.objects.filter(kind="ask").order_by("asked_at"):
        accept_access_request(
            actor=employment, request_id=request.pk, until=day_of(world.now), answer="",
            now=world.now,
        )  # fmt: skip
    client = world.actor("client")
    told = [i.kind for i in open_everything(client, now=world.now).items]
    assert told.count("access_request") == 5


def test_searches_by_either_code_stand_in_the_clients_log(world: World) -> None:
    old = code_of(world)
    confirms(world, asks(world))
    before = len(list_visits(world.actor("client"), world.case.pk, now=world.now))
    for who, code in (("outsider", old), ("colleague", NEW)):
        find_own_case(actor=world.actor(who), identity_code=code, now=world.now)
    assert len(list_visits(world.actor("client"), world.case.pk, now=world.now)) == before + 2


def test_a_mistake_is_taken_back_whole_and_the_former_code_comes_back(world: World) -> None:
    before, old = everything(), code_of(world)
    event = confirms(world, asks(world))
    undo_change(actor=world.actor("employment"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}
    first = confirms(world, asks(world))
    there = everything()
    back = confirms(world, asks(world, code=old), code=old)
    assert code_of(world) == old
    undo_change(actor=world.actor("employment"), event_id=back.pk, now=world.now)
    assert differing(there, everything()) == {}
    assert first.state == LifeState.DONE


def test_whoever_asks_learns_nothing_of_anybody_elses_code(world: World) -> None:
    other = Person.objects.exclude(pk=world.case.person_id).order_by("pk")[0]
    theirs = decrypt(other.identity_code_encrypted)
    event = asks(world, code=theirs)  # as any other
    before = everything()
    assert confirms(world, event, code=theirs).kind == "joined"  # the officer looks at both
    assert differing(before, everything()) == {}
    turn_change_down(actor=world.actor("social"), event_id=event.pk, now=world.now)
    event.refresh_from_db()
    assert (event.state, event.change_encrypted) == (LifeState.TURNED_DOWN, None)


@pytest.mark.parametrize(
    ("code", "again", "field"),
    [("nonsense", "nonsense", "identity_code"), (NEW, "131052-308T", "again"),
     (NEW, "", "again"), (None, None, "identity_code")],
)  # fmt: skip
def test_what_is_typed_wrong_is_refused_at_its_field(
    world: World, code: str | None, again: str | None, field: str
) -> None:
    code = code or code_of(world)
    with pytest.raises(Refused) as refused:
        asks(world, code=code, again=again if again is not None else code)
    assert refused.value.field == field


def test_only_the_team_and_one_at_a_time(world: World) -> None:
    for who in ("colleague", "outsider", "client", "officer", "director"):
        with pytest.raises(NotAllowed):
            asks(world, who=who)
    asks(world)
    with pytest.raises(Refused):
        asks(world, who="kela")


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_confirm_at_once_one_finds_it_confirmed() -> None:
    world = World.load()
    event = asks(world)
    outcomes = at_once(
        lambda: confirms(world, event, "kela"), lambda: confirms(world, event, "employment")
    )
    assert outcomes.count("done") == 1
    assert FormerCode.objects.filter(person=world.case.person).count() == 1
