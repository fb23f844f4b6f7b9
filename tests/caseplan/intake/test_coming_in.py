"""Before a case stands one coded row of two offices; what begins a case tells everybody at once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from audit.models import AuditRow
from audit.services import search_id_of
from caseplan.intake.models import AssessmentReferral, ReferralAnswer
from caseplan.intake.selectors import (
    earlier_case_of,
    list_referrals,
    list_seats,
    open_referral,
    referrals_for_day,
)
from caseplan.intake.services import (
    LookUpGround,
    answer_referral,
    begin_from_referral,
    begin_looked_up,
    forget_referrals,
    look_up,
    refer,
    refer_looked_up,
    remove_referral,
)
from caseplan.meetings.selectors import list_news
from caseplan.plan.models import SeenNeed
from caseplan.plan.services import open_case_on_need
from cases.lifecycle import CaseState
from cases.models import AccessRequest, Case, NewsKind, TeamMembership, TeamRole
from cases.selectors import offices_with_nobody_to_name, team_of
from cases.services import (
    Telling,
    add_team_member,
    move_case,
    name_for_office,
    tell_of_beginning,
)
from common.actor import system_actor
from common.clock import day_of
from common.crypto import decrypt, search_hash
from common.decision import NotAllowed, NotVisible, Refused
from common.reminders import ReminderKind
from followup.models import Reminder
from followup.models.reminder import Level
from followup.selectors import reminders_for
from followup.services import decide_rule, remind, remind_beside_cases
from people.models import Office, Person, Position, User
from statutes.reader import law_on
from tests.builders import WorkerFactory
from tests.personas import World

NIGHT = system_actor("night")
NEW = "010190-900P"  # artificial: nobody has an individual number from 900 on


def free(world: World) -> Person:
    return Person.objects.filter(cases=None, municipality_code="734", user=None).order_by("pk")[0]


def need(world: World, who: str, **given: Any) -> dict[str, Any]:
    """The other two bodies by their offices, as somebody begins who knows nobody there."""
    me = world.actor(who)
    offices = [
        world.actor(other).working_office_id
        for other in ("employment", "social", "kela")
        if other != who
    ]
    return {
        "needs": [SeenNeed.ABILITY], "reason": "Talking between us has not helped.",
        "case_manager_id": me.writer_id, "member_ids": [], "office_ids": offices, **given,
    }  # fmt: skip


def typed(person: Person | None = None, **given: Any) -> dict[str, Any]:
    """What a worker types of somebody, right in every part."""
    return {
        "identity_code": decrypt(person.identity_code_encrypted) if person else NEW,
        "last_name": person.last_name if person else "Uusi",
        "first_names": "Typed By Hand", "municipality_code": "734", "language": "fi",
        "ground": LookUpGround.ASKED, **given,
    }  # fmt: skip


def begins(world: World, who: str = "kela", person: Person | None = None, **given: Any) -> Any:
    found = look_up(actor=world.actor(who), now=world.now, **typed(person, **given))
    return begin_looked_up(actor=world.actor(who), found=found, now=world.now, **need(world, who))


def sent(world: World, **given: Any) -> AssessmentReferral:
    """Employment services refer somebody to Kela."""
    found = look_up(
        actor=world.actor("employment"), now=world.now, **typed(given.pop("person", None))
    )
    return refer_looked_up(
        **{
            "actor": world.actor("employment"), "found": found, "needs": [SeenNeed.ABILITY],
            "to_office_id": world.actor("kela").working_office_id, "now": world.now, **given,
        }
    )  # fmt: skip


def news_of(world: World, who: str) -> set[str]:
    return {told.news.kind for told in list_news(world.actor(who), now=world.now)}


@pytest.mark.parametrize("who", ["employment", "social", "kela"])
def test_any_of_the_three_begins_without_a_trigger_and_without_knowing_the_others(
    world: World, who: str
) -> None:
    case = begins(world, who, free(world))
    bodies = {member.body.value for member in team_of(case, now=world.now)}
    assert bodies == {"employment", "social", "kela"}
    others = {"employment", "social", "kela"} - {who}
    for other in others:
        (seat,) = list_seats(world.actor(other), now=world.now)
        assert seat.case_id == case.pk


def test_an_office_on_the_team_says_its_name_once_and_of_which_body_it_is(
    world: World, login: Any
) -> None:
    case = begins(world, "kela", free(world))
    said = login("kela").get(f"/cases/{case.pk}/").content.decode()
    for place in ("Salon työllisyyspalvelut", "Lounais-Häme, sosiaalipalvelut"):
        assert said.count(place) == 1
    assert "Employment services, names its person" in said and "Kela, case manager" in said


def test_a_place_that_is_kept_opens_nothing_until_a_person_is_named(
    world: World, login: Any
) -> None:
    case = begins(world, "kela", free(world))
    (seat,) = list_seats(world.actor("social"), now=world.now)
    assert login("social").get(f"/cases/{case.pk}/").status_code == 404
    social = world.actor("social")
    with pytest.raises(NotVisible):
        name_for_office(
            actor=world.actor("colleague"), membership_id=seat.pk, user_id=social.writer_id,
            now=world.now,
        )  # fmt: skip
    with pytest.raises(Refused):
        name_for_office(
            actor=social, membership_id=seat.pk, user_id=world.actor("kela").writer_id,
            now=world.now,
        )  # fmt: skip
    name_for_office(actor=social, membership_id=seat.pk, user_id=social.writer_id, now=world.now)
    assert login("social").get(f"/cases/{case.pk}/").status_code == 200
    assert list_seats(social, now=world.now) == []
    assert NewsKind.PERSON_NAMED in news_of(world, "kela")


def test_whoever_takes_somebody_of_the_body_into_the_team_fills_its_place(world: World) -> None:
    case = begins(world, "kela", free(world))
    add_team_member(
        actor=world.actor("kela"), case=case, user_id=world.actor("social").writer_id, why="",
        now=world.now,
    )  # fmt: skip
    assert list_seats(world.actor("social"), now=world.now) == []


def test_the_client_and_the_named_others_are_told_at_once(world: World) -> None:
    world.end_case()
    ids = [world.actor(who).writer_id for who in ("employment", "social", "kela")]
    open_case_on_need(
        actor=world.actor("kela"), person_id=world.case.person_id, needs=[SeenNeed.ABILITY],
        reason="Again.", case_manager_id=ids[2], member_ids=ids, now=world.now,
    )  # fmt: skip
    for who in ("client", "employment", "social"):
        assert NewsKind.CASE_BEGUN in news_of(world, who), who
    assert NewsKind.CASE_BEGUN not in news_of(world, "kela")


def test_a_search_by_code_stands_in_the_log_of_whose_it_is_found_or_not(world: World) -> None:
    person = free(world)
    wrong = typed(person, last_name="Somebody Else")
    for given in (typed(), wrong):
        look_up(actor=world.actor("kela"), now=world.now, **given)
    rows = AuditRow.objects.filter(action="looked_up_asked").order_by("pk")
    assert [row.subject_id for row in rows] == [
        search_id_of(search_hash(NEW)), search_id_of(person.identity_code_hash)
    ]  # fmt: skip


def test_a_code_with_another_name_begins_nothing_and_a_code_tells_no_name(
    world: World, login: Any
) -> None:
    person = free(world)
    with pytest.raises(Refused) as refused:
        begins(world, "kela", person, last_name="Somebody Else")
    assert refused.value.field == "last_name"
    assert person.last_name not in str(refused.value.message)
    assert not Case.objects.filter(person=person).exists()


def test_one_worker_looks_for_so_many_a_day(world: World) -> None:
    most = law_on(day_of(world.now)).figure("look_ups_a_day").value
    for _time in range(most):
        look_up(actor=world.actor("kela"), now=world.now, **typed())
    with pytest.raises(Refused, match=str(most)):
        look_up(actor=world.actor("kela"), now=world.now, **typed())
    look_up(actor=world.actor("kela"), now=world.now + timedelta(days=1, hours=1), **typed())


def test_somebody_no_register_knows_is_written_down_as_they_come_in(world: World) -> None:
    case = begins(world)
    assert (case.person.last_name, case.person.municipality_code) == ("Uusi", "734")
    assert case.person.identity_code_hash == search_hash(NEW)


def test_where_a_case_is_open_that_the_worker_does_not_see_its_manager_is_asked(
    world: World,
) -> None:
    found = look_up(actor=world.actor("colleague"), now=world.now, **typed(world.case.person))
    asked = begin_looked_up(
        actor=world.actor("colleague"), found=found, now=world.now, **need(world, "employment")
    )
    assert asked is None
    assert AccessRequest.objects.filter(asked_by=world.actor("colleague").writer_id).count() == 1
    assert Case.objects.filter(person=world.case.person).count() == 1
    with pytest.raises(Refused):  # who sees the case is told that it is open
        begins(world, "kela", world.case.person)


def test_nobody_begins_for_the_dead_for_themselves_or_outside_their_network(world: World) -> None:
    dead, elsewhere, worker = Person.objects.filter(
        cases=None, municipality_code="734", user=None
    ).order_by("pk")[:3]
    Person.objects.filter(pk=dead.pk).update(died_on=day_of(world.now))
    Person.objects.filter(pk=elsewhere.pk).update(municipality_code="091")
    Person.objects.filter(pk=worker.pk).update(user=User.objects.get(username="kela"))
    for person in (dead, elsewhere, worker):
        person.refresh_from_db()
        with pytest.raises(Refused), transaction.atomic():
            begins(world, "kela", person)
    assert not Case.objects.filter(person__in=[dead, elsewhere, worker]).exists()


def test_of_two_who_begin_the_second_is_told(world: World) -> None:
    person = free(world)
    begins(world, "kela", person)
    assert begins(world, "social", person) is None  # the place of its office opens nothing
    assert Case.objects.filter(person=person).count() == 1


def test_before_the_start_there_is_a_coded_row_and_no_case(world: World) -> None:
    row = sent(world)
    assert not Case.objects.filter(person=row.person).exists()
    words = {
        field.name for field in AssessmentReferral._meta.concrete_fields
        if field.get_internal_type() == "TextField"
    }  # fmt: skip
    assert words == set()
    assert (row.gone_on - day_of(world.now)).days == 30


@pytest.mark.parametrize("who", ["social", "outsider", "director", "client", "officer"])
def test_a_referral_exists_for_its_two_offices_alone(world: World, who: str) -> None:
    row = sent(world)
    for reader in ("employment", "colleague", "kela"):
        open_referral(world.actor(reader), row.pk, now=world.now)
    with pytest.raises(NotVisible):
        open_referral(world.actor(who), row.pk, now=world.now)


def test_a_first_page_shows_the_oldest_ten_of_many(world: World) -> None:
    row = sent(world)
    people = Person.objects.exclude(pk=row.person_id).order_by("pk")[:11]
    AssessmentReferral.objects.bulk_create(
        AssessmentReferral(
            person=person, from_office_id=row.from_office_id, to_office_id=row.to_office_id,
            needs=row.needs, sent_by_id=row.sent_by_id, gone_on=row.gone_on,
            sent_at=row.sent_at + timedelta(minutes=after),
        )
        for after, person in enumerate(people, 1)
    )  # fmt: skip
    day = referrals_for_day(world.actor("kela"), now=world.now + timedelta(hours=1))
    assert (len(day.shown), day.count) == (10, 12)
    assert day.shown[0].pk == row.pk


def test_the_receiver_sees_it_until_answered_and_the_sender_learns_the_code(world: World) -> None:
    row = sent(world)
    assert [r.pk for r in referrals_for_day(world.actor("kela"), now=world.now).shown] == [row.pk]
    with pytest.raises(NotAllowed):
        answer_referral(
            actor=world.actor("employment"), referral_id=row.pk, now=world.now,
            answer=ReferralAnswer.CONSULTATION,
        )  # fmt: skip
    answer_referral(
        actor=world.actor("kela"), referral_id=row.pk, answer=ReferralAnswer.CONSULTATION,
        now=world.now,
    )  # fmt: skip
    assert referrals_for_day(world.actor("kela"), now=world.now).shown == []
    assert NewsKind.REFERRAL_ANSWERED in news_of(world, "employment")
    (told,) = list_referrals(world.actor("employment"), now=world.now).sent
    assert told.answer == ReferralAnswer.CONSULTATION
    remove_referral(actor=world.actor("colleague"), referral_id=row.pk, now=world.now)
    assert NewsKind.REFERRAL_ANSWERED not in news_of(world, "employment")


def test_taken_it_is_answered_and_the_client_has_waited_since_it_was_sent(world: World) -> None:
    row = sent(world, person=free(world))
    case = begin_from_referral(
        actor=world.actor("kela"), referral_id=row.pk, now=world.now + timedelta(days=3),
        **need(world, "kela", first_contact_on=day_of(row.sent_at)),
    )  # fmt: skip
    row.refresh_from_db()
    assert row.answer == ReferralAnswer.BEGUN
    assert case.started_on - case.first_contact_on == timedelta(days=3)  # type: ignore[operator]


def test_when_its_days_are_over_it_is_gone_with_whom_nothing_else_speaks_of(world: World) -> None:
    row, known = sent(world), sent(world, person=free(world))
    last = row.gone_on - timedelta(days=1)
    assert forget_referrals(actor=NIGHT, on=last, now=world.now) == 0
    assert forget_referrals(actor=NIGHT, on=row.gone_on, now=world.now) == 2
    assert not AssessmentReferral.objects.exists()
    assert not Person.objects.filter(pk=row.person_id).exists()
    assert Person.objects.filter(pk=known.person_id).exists()
    assert NewsKind.REFERRAL_GONE in news_of(world, "employment")


def test_the_same_is_sent_once_until_it_is_answered_and_to_another_body(world: World) -> None:
    person = free(world)
    sent(world, person=person)
    with pytest.raises(Refused), transaction.atomic():
        sent(world, person=person)
    with pytest.raises(Refused):
        sent(world, person=person, to_office_id=world.actor("colleague").working_office_id)


def test_who_may_not_know_of_somebody_refers_nobody_from_a_list(world: World) -> None:
    with pytest.raises(NotVisible):
        refer(
            actor=world.actor("outsider"), person_id=free(world).pk,
            to_office_id=world.actor("kela").working_office_id, needs=[SeenNeed.ABILITY],
            now=world.now,
        )  # fmt: skip


def test_a_case_manager_is_never_an_office(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMembership.objects.create(
            case=world.case, office_id=world.actor("kela").working_office_id,
            role=TeamRole.CASE_MANAGER, since=world.now,
        )  # fmt: skip


def seat_reminded(case: Case, on: date, level: int = Level.OWN) -> set[str]:
    """Whom the night of a day leaves reminded of the places of one case."""
    remind_beside_cases(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(
        kind="seat_waits", subject_id__in=case.team.values("pk"), level=level, ended_on=None
    )
    return set(rows.values_list("for_user__username", flat=True))


def test_who_leads_an_office_is_reminded_until_its_person_is_named(world: World) -> None:
    case = begins(world, "kela", free(world))
    today = day_of(world.now)
    Position.objects.filter(user__username="social").update(leads=True)
    assert "social" not in seat_reminded(case, today + timedelta(days=3))
    # Where nobody leads the office, everybody who works there.
    assert seat_reminded(case, today + timedelta(days=7)) == {"social", "employment", "colleague"}
    assert seat_reminded(case, today + timedelta(days=14), Level.DIRECTOR) == set()
    assert "director" in seat_reminded(case, today + timedelta(days=15), Level.DIRECTOR)
    (seat,) = list_seats(world.actor("social"), now=world.now)
    (due,) = [
        one
        for one in reminders_for(
            world.actor("social"), on=today + timedelta(days=15), now=world.now
        )
        if one.subject_id == seat.pk
    ]
    assert due.case is None and due.is_of_seat
    social = world.actor("social")
    name_for_office(actor=social, membership_id=seat.pk, user_id=social.writer_id, now=world.now)
    assert seat_reminded(case, today + timedelta(days=16)) == {"employment", "colleague"}


def test_a_network_has_its_own_days_for_naming_and_cannot_turn_it_off(world: World) -> None:
    case = begins(world, "kela", free(world))
    decided = {"notice": 0, "leader_after": None, "director_after": 1, "now": world.now}
    decide_rule(
        actor=world.actor("director"), kind=ReminderKind.SEAT_WAITS, is_on=True, allowed=2,
        **decided,
    )  # fmt: skip
    today = day_of(world.now)
    assert seat_reminded(case, today + timedelta(days=1)) == set()
    assert "social" in seat_reminded(case, today + timedelta(days=2))
    assert "director" in seat_reminded(case, today + timedelta(days=4), Level.DIRECTOR)
    for state in (CaseState.ENDING, CaseState.FOLLOW_UP):
        move_case(actor=world.actor("kela"), case=case, to=state, now=world.now)
    assert seat_reminded(case, today + timedelta(days=5)) == set()


def test_a_case_that_waits_for_an_office_where_nobody_works_is_told_to_the_director(
    world: World, login: Any
) -> None:
    case = begins(world, "kela", free(world))
    office = Office.objects.filter(team_memberships__in=case.team.filter(role="awaited"))[0]
    page = login("director")
    assert "office where nobody works" not in page.get("/dashboard/").content.decode()
    Position.objects.filter(office=office).update(until=world.now)
    told = page.get("/dashboard/").content.decode()
    assert "office where nobody works" in told and f"/offices/{office.pk}/" in told
    assert case.person.last_name not in told
    assert page.get(f"/offices/{office.pk}/").status_code == 200
    assert "office where nobody works" not in login("steering").get("/dashboard/").content.decode()
    WorkerFactory(office=office, now=world.now)
    assert offices_with_nobody_to_name(world.actor("director"), now=world.now) == []


def test_a_tick_of_an_office_goes_when_somebody_of_its_body_is_chosen(
    world: World, login: Any
) -> None:
    client = login("employment")
    url = reverse("pages:need_new")
    kela = world.actor("kela")
    page = client.get(url).content.decode()
    office = f'value="office:{kela.working_office_id}"'
    assert tick(page, office)
    sent = client.post(url, {
        "members": [f"office:{kela.working_office_id}", str(kela.writer_id)],
        "case_manager": str(world.actor("employment").writer_id),
    })  # fmt: skip
    page = sent.content.decode()
    assert not tick(page, office) and tick(page, f'value="{kela.writer_id}"')


def tick(page: str, value: str) -> bool:
    """Whether the box of the team that has this value is ticked."""
    (box,) = [
        one for one in re.findall(r"<input[^>]*>", page) if value in one and 'name="members"' in one
    ]
    return "checked" in box


def untold(case: Case, on: date) -> set[str]:
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=case, kind="client_untold", level=0, ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def test_a_client_without_a_log_in_waits_to_be_told_until_the_letter_is_printed(
    world: World, login: Any
) -> None:
    person = free(world)
    Person.objects.filter(pk=person.pk).update(language="sv")
    case = begins(world, "kela", person)
    today = day_of(world.now)
    assert untold(case, today) == {"kela"}
    client = login("kela")
    url = reverse("pages:tell_client", args=[case.pk])
    assert url in client.get(f"/cases/{case.pk}/").content.decode()
    printed = client.post(url, {"how": "letter"})
    assert printed["Content-Type"] == "application/pdf" and printed.content[:4] == b"%PDF"
    assert url not in client.get(f"/cases/{case.pk}/").content.decode()
    assert untold(case, today + timedelta(days=9)) == set()
    (row,) = AuditRow.objects.filter(case_id=case.pk, action="beginning_told_letter")
    assert (row.actor, row.person_id) == (world.actor("kela").label, person.pk)


def test_the_letter_is_in_the_clients_language_and_names_who_works_with_them(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = free(world)
    Person.objects.filter(pk=person.pk).update(language="sv")
    case = begins(world, "kela", person)
    drawn: list[str] = []
    monkeypatch.setattr(
        "pages.case.letters.pdf_page",
        lambda request, template, context, _name: (
            drawn.append(render_to_string(template, context, request)), HttpResponse()
        )[1],
    )  # fmt: skip
    login("kela").post(reverse("pages:tell_client", args=[case.pk]), {"how": "letter"})
    (letter,) = drawn
    assert '<html lang="sv"' in letter and "FPA" in letter
    kela = Position.objects.select_related("office", "user").get(user__username="kela")
    assert kela.user.full_name in letter and (kela.phone or kela.office.phone) in letter
    assert case.person.last_name in letter and "identity" not in letter


def test_who_has_a_log_in_or_was_told_face_to_face_waits_for_no_letter(world: World) -> None:
    case = begins(world, "kela", free(world))
    tell_of_beginning(actor=world.actor("kela"), case=case, how=Telling.SPOKEN, now=world.now)
    assert untold(case, day_of(world.now)) == set()
    world.end_case()
    ids = [world.actor(who).writer_id for who in ("employment", "social", "kela")]
    other = open_case_on_need(
        actor=world.actor("kela"), person_id=world.case.person_id, needs=[SeenNeed.ABILITY],
        reason="Again.", case_manager_id=ids[2], member_ids=ids, now=world.now,
    )  # fmt: skip
    assert not other.client_untold and untold(other, day_of(world.now)) == set()


def test_the_form_that_begins_tells_of_an_earlier_case_only_who_may_know(
    world: World, login: Any
) -> None:
    world.end_case()
    person = world.case.person
    for to, sender in (("kela", "employment"), ("employment", "kela")):
        AssessmentReferral.objects.create(
            person=person, from_office_id=world.actor(sender).working_office_id,
            to_office_id=world.actor(to).working_office_id, needs=[SeenNeed.ABILITY],
            sent_by_id=world.actor(sender).writer_id, sent_at=world.now,
            gone_on=day_of(world.now) + timedelta(days=30),
        )  # fmt: skip

    def form(who: str) -> str:
        row = AssessmentReferral.objects.get(to_office=world.actor(who).working_office_id)
        return str(login(who).get(reverse("pages:referral_begin", args=[row.pk])).content.decode())

    said = "There was a joint service before"
    assert said in form("kela")  # on that team
    assert said not in form("colleague")  # of its office, and never in the case
    for who in ("kela", "colleague", "outsider"):
        earlier_case_of(world.actor(who), person.pk, now=world.now)
    (row,) = AuditRow.objects.filter(action="earlier_case_told", at=world.now)
    assert row.actor == world.actor("kela").label
