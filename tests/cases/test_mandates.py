"""Who acts for a client: two have seen it, it does what the table says, and the client is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import AuditRow
from cases.access import can_act_for, can_act_in_case, can_confirm_mandate, mandates_held
from cases.models import Case, Mandate, MandateEnd, MandateState, News, NewsKind
from cases.services import Telling, confirm_mandate, end_mandate, tell_of_mandate
from common.clock import day_of
from common.crypto import decrypt, encrypt, search_hash
from common.decision import NotAllowed, NotVisible, Refused
from common.levels import Act
from common.mandates import (
    EVIDENCE,
    LEVEL_OF,
    MAY,
    SAID,
    Evidence,
    MandateSource,
    Matter,
    ProxyAct,
    last_day_of_custody,
    matters_of,
)
from people.models import Person, User
from tests.builders import HOLDER, a_mandate
from tests.people.test_staff import leads
from tests.personas import World

A, GP, GF, P = MandateSource
# Source, then what may be done where it covers all it can: written out once more, to be compared.
TABLE = {
    A: {ProxyAct.READ, ProxyAct.ACCEPT_PLAN, ProxyAct.OWN_REQUEST},
    GP: set(ProxyAct),
    GF: {ProxyAct.OWN_REQUEST},
    P: set(ProxyAct),
}


def guardian(world: World, **more: Any) -> Mandate:
    said = {"source": GP, "matters": [], "until": None, "evidence": Evidence.COURT}
    return a_mandate(world, **(said | more))


def stands(world: World, row: Mandate, *, by: str = "kela") -> Mandate:
    return confirm_mandate(actor=world.actor(by), mandate_id=row.pk, accepted=True, now=world.now)


def minor(world: World, born: date) -> None:
    Person.objects.filter(pk=world.case.person_id).update(birth_date=born)
    world.case.person.birth_date = born


def checked() -> None:
    """What the database looks at when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def refused(write: Callable[[], object]) -> str | None:
    with pytest.raises(Refused) as error, transaction.atomic():
        write()
    return error.value.field


def test_nothing_may_be_done_before_a_second_person_has_seen_it(world: World) -> None:
    row = a_mandate(world)
    today = day_of(world.now)
    assert not can_act_for(row, ProxyAct.READ, on=today)
    assert not mandates_held(search_hash(HOLDER), on=today).exists()
    row = stands(world, row)
    assert can_act_for(row, ProxyAct.READ, on=today)
    assert [held.pk for held in mandates_held(search_hash(HOLDER), on=today)] == [row.pk]
    assert can_act_in_case(search_hash(HOLDER), world.case, ProxyAct.READ, now=world.now)
    assert not can_act_in_case(search_hash("020280-902M"), world.case, ProxyAct.READ, now=world.now)


@pytest.mark.parametrize("source", MandateSource)
def test_what_each_kind_may_do_is_the_table_and_all_else_is_refused(
    world: World, source: MandateSource
) -> None:
    minor(world, date(day_of(world.now).year - 17, 1, 1))
    row = stands(
        world,
        guardian(
            world, source=source, evidence=EVIDENCE[source][0], matters=list(matters_of(source)),
            until=day_of(world.now),
        ),
    )  # fmt: skip
    may = {act for act in ProxyAct if can_act_for(row, act, on=day_of(world.now))}
    assert may == TABLE[source]
    assert set(MAY[source]) == TABLE[source]


def test_only_in_the_matters_it_is_about(world: World) -> None:
    row = stands(world, a_mandate(world, matters=[Matter.ASKING]))
    may = {act for act in ProxyAct if can_act_for(row, act, on=day_of(world.now))}
    assert may == {ProxyAct.OWN_REQUEST}


def test_each_act_has_its_words_and_a_level_as_the_clients_own() -> None:
    assert set(SAID) == set(LEVEL_OF) == set(ProxyAct)
    assert LEVEL_OF[ProxyAct.ACCEPT_PLAN] is Act.ACCEPT_PLAN
    assert LEVEL_OF[ProxyAct.GRANT_CONSENT] is Act.GRANT_CONSENT


def test_on_its_days_alone_for_the_living_and_in_an_open_case(world: World) -> None:
    row = stands(world, a_mandate(world))
    assert can_act_for(row, ProxyAct.ACCEPT_PLAN, on=row.since)
    assert can_act_for(row, ProxyAct.ACCEPT_PLAN, on=row.until)
    for day in (row.since - timedelta(days=1), row.until + timedelta(days=1)):
        assert not can_act_for(row, ProxyAct.READ, on=day)
        assert not mandates_held(search_hash(HOLDER), on=day).exists()
    row.case.ended_at = world.now
    assert not can_act_for(row, ProxyAct.ACCEPT_PLAN, on=row.since)
    assert can_act_for(row, ProxyAct.READ, on=row.since)
    row.person.died_on = row.since
    assert not can_act_for(row, ProxyAct.READ, on=row.since)


def test_the_second_person_is_of_another_body_or_leads_the_office(world: World) -> None:
    row = a_mandate(world)
    for who in ("employment", "outsider", "colleague"):
        with pytest.raises((NotAllowed, NotVisible)):
            stands(world, row, by=who)
    for who in ("social", "kela"):
        assert can_confirm_mandate(world.actor(who), row, now=world.now)
    # Who leads the writer's office is on its team too, or is nobody here; the writer never.
    leads("employment")
    assert not can_confirm_mandate(world.actor("employment"), row, now=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=row.pk).update(
            state="stands", decided_by=row.recorded_by, decided_at=world.now
        )


def test_nobody_acts_for_themselves_nor_whoever_works_on_the_case(world: World) -> None:
    own = decrypt(world.case.person.identity_code_encrypted)
    assert refused(lambda: a_mandate(world, holder_code=own)) == "holder_code"
    User.objects.filter(username="kela").update(own_code_hash=search_hash(HOLDER))
    assert refused(lambda: a_mandate(world)) == "holder_code"
    User.objects.filter(username="kela").update(own_code_hash="")
    row = a_mandate(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(
            case=world.case, person=world.case.person, holder_name="x",
            holder_code_hash=world.case.person.identity_code_hash,
            holder_code_encrypted=encrypt(own), source=GP, matters=["plan"], since=row.since,
            evidence=row.evidence, dated=row.dated, recorded_by=row.recorded_by,
            recorded_office=row.recorded_office, recorded_at=world.now,
        )  # fmt: skip
        checked()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"holder_code": "010170-901A"}, "holder_code"),
        ({"until": None}, "until"),
        ({"until": date(2020, 1, 1)}, "until"),
        ({"matters": []}, "matters"),
        ({"matters": [Matter.CONSENTS]}, "matters"),
        ({"evidence": Evidence.COURT}, "evidence"),
        ({"source": GP, "evidence": Evidence.AUTHORITY}, "evidence"),
        ({"dated": date(2199, 1, 1)}, "dated"),
        ({"source": P, "evidence": Evidence.POPULATION, "until": None}, "source"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_field(
    world: World, wrong: dict[str, Any], field: str
) -> None:
    assert refused(lambda: a_mandate(world, **wrong)) == field
    assert not Mandate.objects.exists()


def test_the_same_is_not_written_down_twice_for_one_day(world: World) -> None:
    row = a_mandate(world)
    assert refused(lambda: a_mandate(world, by="kela")) == "since"
    assert refused(lambda: a_mandate(world, since=row.until, until=row.until)) == "since"
    a_mandate(world, since=row.until + timedelta(days=1), until=row.until + timedelta(days=9))
    fields = {f.attname: getattr(row, f.attname) for f in Mandate._meta.fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(**fields)


def test_custody_ends_the_day_before_the_client_is_18(world: World) -> None:
    assert last_day_of_custody(date(2008, 2, 29)) == date(2026, 2, 28)
    assert last_day_of_custody(date(2009, 5, 1)) == date(2027, 4, 30)
    minor(world, day_of(world.now).replace(year=day_of(world.now).year - 17, day=1))
    last = last_day_of_custody(world.case.person.birth_date)
    parent = {"source": P, "matters": [], "evidence": Evidence.POPULATION}
    beyond = last + timedelta(days=1)
    assert refused(lambda: a_mandate(world, **parent, until=beyond)) == "until"
    row = a_mandate(world, **parent, until=None)
    checked()
    assert row.until == last
    with pytest.raises(IntegrityError), transaction.atomic():
        fields = {f.attname: getattr(row, f.attname) for f in Mandate._meta.fields}
        Mandate.objects.filter(pk=row.pk).delete()
        Mandate.objects.create(**(fields | {"until": beyond}))
        checked()


def test_what_was_recorded_stands_still(world: World) -> None:
    row = stands(world, a_mandate(world))
    for change in (
        {"holder_name": "Somebody else"}, {"matters": ["consents"]}, {"source": "parent"},
        {"until": row.until + timedelta(days=99)}, {"state": "waiting", "decided_by": None},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=row.pk).update(**change)


def test_the_client_is_told_that_it_begins_and_that_it_ends(world: World) -> None:
    row = a_mandate(world)
    mine = News.objects.filter(for_user=world.case.person.user)
    assert not mine.filter(kind__startswith="mandate").exists()
    assert News.objects.filter(
        kind=NewsKind.MANDATE_WAITS, for_user=world.actor("kela").user_id
    ).exists()
    stands(world, row)
    assert mine.filter(kind=NewsKind.MANDATE_BEGAN, was="Helena Hoitaja").exists()
    end_mandate(
        actor=world.actor("social"), mandate_id=row.pk, because=MandateEnd.DECISION_ENDED,
        now=world.now,
    )  # fmt: skip
    assert mine.filter(kind=NewsKind.MANDATE_ENDED).exists()
    assert not can_act_for(Mandate.objects.get(), ProxyAct.READ, on=row.since)
    logged = AuditRow.objects.filter(subject_id=row.pk, case_id=world.case.pk).order_by("pk")
    assert [r.action for r in logged] == ["mandate_recorded", "mandate_began", "mandate_ended"]


def test_the_client_ends_what_they_have_authorised_and_no_guardian(
    world: World, login: Any
) -> None:
    mine = stands(world, a_mandate(world))
    law = stands(world, guardian(world))
    client = login("client")
    page = client.get("/my/acting/").content.decode()
    assert "Helena Hoitaja" in page and HOLDER not in page
    assert client.post(f"/my/acting/{law.pk}/end/").status_code == 403
    client.post(f"/my/acting/{mine.pk}/end/")
    states = dict(Mandate.objects.values_list("pk", "state"))
    assert states == {mine.pk: MandateState.ENDED, law.pk: MandateState.STANDS}
    assert login("client2").post(f"/my/acting/{law.pk}/end/").status_code == 404
    assert "Helena" not in login("client2").get("/my/acting/").content.decode()


def test_a_worker_writes_it_down_and_another_confirms_it_on_the_pages(
    world: World, login: Any
) -> None:
    today = day_of(world.now)
    at = f"/cases/{world.case.pk}/acting/"
    sent = {
        "source": "guardian_person", "holder_name": "Eino Edunvalvoja", "holder_code": HOLDER,
        "since": today.isoformat(), "until": "", "evidence": "court", "dated": today.isoformat(),
    }  # fmt: skip
    answer = login("employment").post(f"{at}new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    row = Mandate.objects.get()
    assert row.until is None and set(row.matters) == set(Matter.values)
    assert "confirm" not in login("employment").get(at).content.decode()
    assert "Eino Edunvalvoja" in login("kela").get(at).content.decode()
    login("kela").post(f"/acting/{row.pk}/confirm/", {"accepted": "yes"})
    row.refresh_from_db()
    assert row.state == MandateState.STANDS
    for who in ("colleague", "outsider", "director"):
        assert login(who).get(at).status_code == 404
        assert login(who).post(f"/acting/{row.pk}/confirm/").status_code == 404
    login("social").post(f"/acting/{row.pk}/end/", {"because": "decision_ended"})
    row.refresh_from_db()
    assert row.state == MandateState.ENDED


def test_it_goes_with_the_case(world: World) -> None:
    stands(world, a_mandate(world))
    field = Mandate._meta.get_field("case").remote_field
    assert field is not None and field.on_delete.__name__ == "CASCADE"
    assert Case.objects.filter(mandates__isnull=False).exists()


def test_a_client_without_a_log_in_is_told_by_a_letter_of_the_beginning_and_of_the_end(
    world: World, login: Any
) -> None:
    Person.objects.filter(pk=world.case.person_id).update(user=None)
    world.case.person.user = None
    row = a_mandate(world)
    kela, page = login("kela"), f"/acting/{row.pk}/tell/"
    with pytest.raises(Refused), transaction.atomic():  # nobody else has seen it yet
        tell_of_mandate(
            actor=world.actor("kela"), mandate_id=row.pk, how=Telling.SPOKEN, now=world.now
        )
    answer = kela.post(f"/acting/{row.pk}/confirm/", {"accepted": "yes"})
    assert answer["Location"] == page
    assert row.holder_name in kela.get(page).content.decode()
    assert page in login("employment").get(f"/cases/{world.case.pk}/acting/").content.decode()
    letter = kela.post(page, {"how": "letter"})
    assert letter["Content-Type"] == "application/pdf"
    assert AuditRow.objects.filter(action="mandate_told_letter", subject_id=row.pk).exists()
    assert page not in kela.get(f"/cases/{world.case.pk}/acting/").content.decode()
    ended = end_mandate(
        actor=world.actor("kela"), mandate_id=row.pk, because=MandateEnd.MISTAKE, now=world.now
    )
    assert (
        ended.client_untold and page in kela.get(f"/cases/{world.case.pk}/acting/").content.decode()
    )
    kela.post(page, {"how": "spoken"})
    assert page not in kela.get(f"/cases/{world.case.pk}/acting/").content.decode()


def test_a_client_with_a_log_in_reads_it_there(world: World) -> None:
    assert not stands(world, a_mandate(world)).client_untold
