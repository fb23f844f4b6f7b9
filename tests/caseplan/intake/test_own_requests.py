"""Somebody asks for joint service themselves: one office, one named person, one day, one answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from audit.services import search_id_of
from benefits.models import RegisterMention
from caseplan.intake import services
from caseplan.intake.models import (
    AskedHelp,
    HelpInstead,
    OwnRequest,
    OwnRequestState,
    WhyNot,
)
from caseplan.intake.selectors import list_requests, open_request, own_requests_of, where_to_ask
from caseplan.plan.models import SeenNeed
from caseplan.plan.services import open_case_on_need
from cases.models import Case
from common.actor import Actor, system_actor
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotAllowed, NotVisible, Refused
from followup.models import Reminder
from followup.models.reminder import Level
from followup.selectors import reminders_for
from followup.services import notify_of_messages, remind_beside_cases
from people.models import Office, Person, Position, User
from people.selectors import actor_for
from people.services import link_client
from statutes.reader import law_on
from tests.builders import TEST, WorkerFactory
from tests.personas import World

TEST_NIGHT = system_actor("night")
# An artificial code, of nobody in the demo.
UNKNOWN = "131052-900W"


@pytest.fixture
def asker(world: World) -> Actor:
    """Somebody the registers know, with a log-in and without a case."""
    person = Person.objects.filter(cases=None, user=None, municipality_code__in=here(world))[0]
    user = User.objects.create_user("asker", password="demo", first_name="A", last_name="B")
    link_client(actor=TEST, person_id=person.pk, user=user, now=world.now)
    return actor_for(user, now=world.now)


def here(world: World) -> list[str]:
    return list(world.case.network.towns.values_list("municipality", flat=True))


@pytest.fixture
def leader(world: World) -> Actor:
    """Who leads the office of employment services."""
    user = WorkerFactory(office=office(world), now=world.now - timedelta(days=30), leads=True)
    return actor_for(user, now=world.now)


def office(world: World, who: str = "employment") -> Office:
    return Office.objects.get(pk=world.actor(who).office_id)


def asks(world: World, asker: Actor, **given: Any) -> OwnRequest:
    return services.ask_for_joint_service(
        **{
            "actor": asker, "office_id": office(world).pk, "helps": [AskedHelp.MONEY],
            "request_text": "I am tired.", "now": world.now, **given,
        }
    )  # fmt: skip


def refuses(world: World, request: OwnRequest, by: Actor, **given: Any) -> OwnRequest:
    return services.refuse_request(
        **{
            "actor": by, "request_id": request.pk, "why_not": WhyNot.ONE_PLACE,
            "why": "We help you with this.", "instead": [HelpInstead.EMPLOYMENT],
            "now": world.now, **given,
        }
    )  # fmt: skip


def on_paper(world: World, by: str = "social", **given: Any) -> OwnRequest:
    person = {
        "identity_code": UNKNOWN, "last_name": "Uusi", "first_names": "Urpo",
        "municipality_code": here(world)[0], "language": "fi",
    }  # fmt: skip
    person |= {name: given.pop(name) for name in list(given) if name in person}
    who = {"actor": world.actor(by), "now": world.now}
    who |= {name: given.pop(name) for name in list(given) if name in who}
    found = services.look_up(ground=services.LookUpGround.ASKED, **person, **who)
    return services.write_down_request(
        **{
            "found": found, "office_id": office(world).pk, "helps": [AskedHelp.WORK],
            "request_text": "", "paper_place": "Folder 3", **who, **given,
        }
    )  # fmt: skip


def test_whoever_asks_has_at_once_somebody_who_answers_and_a_day(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    assert request.handler_id == leader.user_id
    assert request.answer_by == day_of(world.now) + timedelta(days=14)
    [mine] = own_requests_of(asker)
    assert mine.handler.full_name and mine.is_open


def test_where_nobody_leads_somebody_of_the_office_answers(world: World, asker: Actor) -> None:
    assert asks(world, asker).handler.positions.filter(office=office(world)).exists()


def test_only_offices_of_ones_own_network_are_asked_and_something_is_needed(
    world: World, asker: Actor
) -> None:
    assert office(world) in where_to_ask(asker, now=world.now)
    with pytest.raises(Refused) as refused:
        asks(world, asker, office_id=world.actor("outsider").office_id)
    assert refused.value.field == "office_id"
    with pytest.raises(Refused) as refused:
        asks(world, asker, helps=[])
    assert refused.value.field == "helps"


def test_two_requests_at_once_are_one(world: World, asker: Actor) -> None:
    asks(world, asker)
    with pytest.raises(Refused):
        asks(world, asker)
    with pytest.raises(Refused):
        asks(world, asker, office_id=office(world, "kela").pk)
    request = OwnRequest.objects.get()
    request.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnRequest.objects.create(
            person_id=request.person_id, office=request.office, helps=request.helps, way="portal",
            asked_at=world.now, answer_by=request.answer_by, handler=request.handler,
        )  # fmt: skip


def test_a_client_of_the_network_is_sent_to_their_team(world: World) -> None:
    with pytest.raises(Refused):
        asks(world, world.actor("client"))


@pytest.mark.parametrize("who", ["social", "colleague", "outsider", "director", "officer"])
def test_nobody_else_sees_it(world: World, asker: Actor, leader: Actor, who: str) -> None:
    request = asks(world, asker)
    actor = world.actor(who)
    assert list_requests(actor, now=world.now)[:] == []
    with pytest.raises(NotVisible):
        open_request(actor, request.pk, now=world.now)
    with pytest.raises(NotVisible):
        refuses(world, request, actor)


def test_another_person_does_not_see_it_or_take_it_back(world: World, asker: Actor) -> None:
    request = asks(world, asker)
    assert own_requests_of(world.actor("client2")) == []
    with pytest.raises(NotVisible):
        services.withdraw_request(
            actor=world.actor("client2"), request_id=request.pk, now=world.now
        )


def test_the_leader_names_somebody_of_the_office_who_then_answers(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    given: dict[str, Any] = {"request_id": request.pk, "now": world.now}
    for who in ("social", "outsider", "client"):
        with pytest.raises(Refused):
            services.name_handler(actor=leader, user_id=world.actor(who).user_id, **given)
    colleague = world.actor("colleague")
    services.name_handler(actor=leader, user_id=colleague.user_id, **given)
    assert open_request(colleague, request.pk, now=world.now).may_answer
    with pytest.raises(NotAllowed):
        refuses(world, request, leader)
    with pytest.raises(NotAllowed):
        services.name_handler(actor=colleague, user_id=leader.user_id, **given)


def test_a_no_says_why_and_what_helps_and_the_person_is_told(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    for field, given in (("why", {"why": " "}), ("instead", {"instead": []})):
        with pytest.raises(Refused) as refused:
            refuses(world, request, leader, **given)
        assert refused.value.field == field
    Person.objects.filter(pk=asker.person_id).update(email="asker@example.invalid")
    refuses(world, request, leader)
    assert notify_of_messages(actor=TEST_NIGHT, now=world.now) == 1
    [mine] = own_requests_of(asker)
    assert (mine.state, mine.why) == (OwnRequestState.REFUSED, "We help you with this.")
    services.mark_answer_read(actor=asker, request_id=request.pk, now=world.now)
    assert own_requests_of(asker)[0].read_at == world.now
    asks(world, asker)  # they may ask again


def test_somebody_protected_is_told_by_no_letter_outside(
    world: World, asker: Actor, leader: Actor
) -> None:
    Person.objects.filter(pk=asker.person_id).update(
        email="asker@example.invalid", non_disclosure=True
    )
    refuses(world, asks(world, asker), leader)
    assert notify_of_messages(actor=TEST_NIGHT, now=world.now) == 0


def test_a_yes_begins_the_joint_assessment_and_answers_every_office(
    world: World, asker: Actor, leader: Actor
) -> None:
    code = decrypt(Person.objects.get(pk=asker.person_id).identity_code_encrypted)
    request = asks(world, asker)
    on_paper(world, identity_code=code, office_id=office(world, "kela").pk)
    ids = [world.actor(who).user_id for who in ("employment", "social", "kela")]
    case = begins(world, request, leader, ids)
    assert set(OwnRequest.objects.values_list("state", "case")) == {("begun", case.pk)}
    assert case.person_id == asker.person_id and case.opened_by_id == leader.user_id


def test_a_case_begun_in_another_way_answers_it_too(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    ids = [world.actor(who).writer_id for who in ("employment", "social", "kela")]
    case = open_case_on_need(
        actor=world.actor("kela"), person_id=request.person_id, reason="Three places.",
        needs=[SeenNeed.ABILITY], case_manager_id=ids[0], member_ids=ids, now=world.now,
    )  # fmt: skip
    answered = OwnRequest.objects.get()
    assert (answered.state, answered.case) == (OwnRequestState.BEGUN, case)


def begins(world: World, request: OwnRequest, by: Actor, team: list[Any]) -> Case:
    return services.begin_from_request(
        actor=by, request_id=request.pk, now=world.now, reason="Three places are needed.",
        needs=[SeenNeed.ABILITY],
        case_manager_id=team[0], member_ids=team,
    )  # fmt: skip


def test_nobody_is_left_waiting_whoever_was_to_answer_has_left(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    services.name_handler(
        actor=leader, request_id=request.pk, user_id=world.actor("colleague").user_id,
        now=world.now,
    )  # fmt: skip
    left = User.objects.get(username="colleague").positions.get()
    Position.objects.filter(pk=left.pk).update(until=world.now + timedelta(hours=1))
    later = world.now + timedelta(days=1)
    assert services.rehome_requests(now=later) == 1
    assert services.rehome_requests(now=later) == 0
    assert OwnRequest.objects.get().handler_id == leader.user_id


def test_it_is_reminded_of_and_goes_up_and_leaves_when_answered(
    world: World, asker: Actor, leader: Actor
) -> None:
    request = asks(world, asker)
    services.name_handler(
        actor=leader, request_id=request.pk, user_id=world.actor("colleague").user_id,
        now=world.now,
    )  # fmt: skip

    def reminded(days: int) -> set[tuple[Any, int]]:
        on = day_of(world.now) + timedelta(days=days)
        remind_beside_cases(actor=TEST_NIGHT, on=on)
        rows = Reminder.objects.filter(subject_id=request.pk, ended_on=None)
        return set(rows.values_list("for_user", "level"))

    colleague, director = world.actor("colleague"), world.actor("director")
    assert reminded(8) == set()
    assert reminded(9) == {(colleague.user_id, Level.OWN)}
    told = reminders_for(colleague, on=request.answer_by, now=world.now)
    assert [due.case for due in told if due.subject_id == request.pk] == [None]
    assert reminded(15) == {(colleague.user_id, Level.OWN), (leader.user_id, Level.LEADER)}
    assert (director.user_id, Level.DIRECTOR) in reminded(22)
    refuses(world, request, colleague)
    assert not Reminder.objects.filter(subject_id=request.pk, ended_on=None).exists()


def test_a_paper_of_somebody_nobody_knows_and_of_a_client_is_answered_alike(
    world: World, leader: Actor
) -> None:
    new = on_paper(world)
    client = world.case.person
    of_client = on_paper(world, identity_code=decrypt(client.identity_code_encrypted))
    assert (new.office, new.answer_by) == (of_client.office, of_client.answer_by)
    client.refresh_from_db()
    assert client.last_name != "Uusi"
    again = on_paper(world)
    assert (again.office, again.answer_by) == (new.office, new.answer_by)
    assert OwnRequest.objects.filter(person__last_name="Uusi").count() == 1


def test_whoever_wrote_the_paper_down_sees_no_more_of_it_and_does_not_refuse_it(
    world: World,
) -> None:
    request = on_paper(world, by="social")
    with pytest.raises(NotVisible):
        open_request(world.actor("social"), request.pk, now=world.now)
    own = on_paper(world, by="social", office_id=office(world, "social").pk)
    OwnRequest.objects.filter(pk=own.pk).update(handler=world.actor("social").user_id)
    with pytest.raises(Refused):
        refuses(world, own, world.actor("social"))


def test_a_bad_code_or_no_name_is_said_at_its_field(world: World) -> None:
    for field, value in (
        ("identity_code", "131052-308X"), ("last_name", " "), ("paper_place", ""),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            on_paper(world, **{field: value})
        assert refused.value.field == field
    assert not OwnRequest.objects.exists()


def test_nobody_answers_somebody_who_has_died(world: World, asker: Actor, leader: Actor) -> None:
    request = asks(world, asker)
    Person.objects.filter(pk=asker.person_id).update(died_on=day_of(world.now))
    services.close_for_death(actor=leader, request_id=request.pk, now=world.now)
    assert OwnRequest.objects.get().state == OwnRequestState.CLOSED
    with pytest.raises(Refused):
        asks(world, asker)


def test_an_answered_request_is_gone_in_its_time_and_so_is_whom_only_the_paper_knew(
    world: World, asker: Actor, leader: Actor
) -> None:
    paper, own = on_paper(world), asks(world, asker)
    known = Person.objects.get(pk=asker.person_id)
    assert RegisterMention.objects.filter(person=known).exists() or known.user_id
    for request in (paper, own):
        refuses(world, request, leader)
    gone = day_of(world.now) + timedelta(days=services.own_requests.KEPT_DAYS)
    assert services.erase_own_requests(on=gone - timedelta(days=1)) == set()
    assert services.erase_own_requests(on=gone) == {paper.pk, own.pk}
    assert not OwnRequest.objects.exists()
    assert not Person.objects.filter(last_name="Uusi").exists()
    assert Person.objects.filter(pk=known.pk).exists()


def test_a_request_that_waits_is_not_erased(world: World, asker: Actor) -> None:
    asks(world, asker)
    assert services.erase_own_requests(on=day_of(world.now) + timedelta(days=4000)) == set()


def test_each_look_is_logged(world: World, asker: Actor, leader: Actor) -> None:
    request = asks(world, asker)
    before = AuditRow.objects.filter(actor=leader.label).count()
    open_request(leader, request.pk, now=world.now)
    assert AuditRow.objects.filter(actor=leader.label).count() == before + 1


def test_a_paper_is_one_of_the_searches_of_a_day_and_stands_in_the_log_of_whose_code_it_is(
    world: World, login: Any
) -> None:
    person = Person.objects.filter(cases=None, user=None, municipality_code__in=here(world))[0]
    sent = {
        "identity_code": decrypt(person.identity_code_encrypted), "last_name": "Uusi",
        "first_names": "Urpo", "municipality_code": here(world)[0], "language": "fi",
        "office_id": str(office(world).pk), "paper_place": "Folder 3",
    }  # fmt: skip
    client = login("social")
    # Refused or not: what was searched for stays in the log.
    client.post("/people-asking/paper/", {**sent, "helps": ["work"]})
    client.post("/people-asking/paper/", {**sent, "helps": ["work"], "paper_place": " "})
    rows = AuditRow.objects.filter(subject_id=search_id_of(person.identity_code_hash))
    assert [row.action for row in rows] == ["looked_up_asked"]
    assert OwnRequest.objects.filter(person=person).count() == 1
    most = law_on(day_of(world.now)).figure("look_ups_a_day").value
    for _time in range(most - 1):
        on_paper(world)
    page = client.post("/people-asking/paper/", {**sent, "helps": ["work"]}).content.decode()
    assert str(most) in page and "Go on tomorrow" in page


def test_a_long_list_is_read_a_page_at_a_time_and_logged_as_far_as_it_was_shown(
    world: World, asker: Actor, leader: Actor
) -> None:
    asks(world, asker)
    other = Person.objects.filter(cases=None, user=None, municipality_code__in=here(world))[1]
    OwnRequest.objects.create(
        person=other, office=office(world), handler_id=leader.user_id, helps=["money"], way="paper",
        asked_at=world.now, answer_by=day_of(world.now), paper_place="Folder 3",
        recorded_by_id=world.actor("kela").user_id,
    )  # fmt: skip
    before = AuditRow.objects.filter(actor=leader.label).count()
    found = list_requests(leader, now=world.now)
    assert len(found) == 2
    assert AuditRow.objects.filter(actor=leader.label).count() == before, "a number shows nobody"
    (shown,) = found[0:1]
    row = AuditRow.objects.filter(actor=leader.label).latest("pk")
    assert row.subjects == [shown.person_id]
    assert AuditRow.objects.filter(actor=leader.label).count() == before + 1
