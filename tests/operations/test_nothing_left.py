"""After erasure nothing of the client is left in any table or column, whoever wrote it where.

The walk knows no model: it reads the whole database as text, before and after. What may stay is the
register's own row of the person, and the log, which keeps opaque ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection

from caseplan.meetings.models import Meeting
from caseplan.meetings.services import move_meeting
from caseplan.messages.models import Message
from cases.models import AccessRequest, Case, EmergencyReason, RequestState
from cases.services import (
    accept_access_request,
    ask_for_access,
    change_name,
    decline_access_request,
    hand_over,
    open_in_emergency,
)
from common.actor import system_actor
from common.clock import day_of
from common.crypto import decrypt
from followup.services import notify_of_messages, remind
from operations.erasure import erase_access_requests, erase_case
from people.models import Draft, LifeEvent, Person, SentForm
from people.services import DraftSubject, keep_answer, keep_draft
from people.services import is_first as sent_first
from statutes.reader import law_on
from tests.consent.planting import Garden, plant
from tests.personas import World

NIGHT = system_actor("night")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Where the log keeps that something was done, by opaque ids, for its own years.
LOG = re.compile(r"audit_|people_login|django_migrations")


@dataclass
class Dump:
    """Every row of every table as text, and the ids that are the key of one."""

    rows: dict[str, list[str]]
    keys: set[str]

    def say(self, pattern: re.Pattern[str]) -> dict[str, set[str]]:
        found = {table: set(pattern.findall("\n".join(rows))) for table, rows in self.rows.items()}
        return {table: said for table, said in found.items() if said}


def read_all() -> Dump:
    rows: dict[str, list[str]] = {}
    keys: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT t.table_name, bool_or(c.column_name = 'id' AND c.data_type = 'uuid'),"
            " array_agg(c.column_name::text) FILTER (WHERE c.data_type = 'bytea')"
            " FROM information_schema.tables t JOIN information_schema.columns c"
            " USING (table_schema, table_name)"
            " WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1"
        )
        for table, keyed, binary in cursor.fetchall():
            if LOG.match(table):
                continue
            cursor.execute(f'SELECT r::text FROM "{table}" r')
            rows[table] = [row for (row,) in cursor.fetchall()]
            for column in binary or ():
                cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
                rows[table] += [_opened(content) for (content,) in cursor.fetchall()]
            if keyed:
                cursor.execute(f'SELECT id FROM "{table}"')
                keys.update(str(key) for (key,) in cursor.fetchall())
    return Dump(rows, keys)


def _opened(content: memoryview) -> str:
    """What a binary column holds: decrypted where it is encrypted."""
    try:
        return decrypt(bytes(content))
    except InvalidToken:
        return bytes(content).decode("utf-8", "replace")


@pytest.fixture
def garden(world: World) -> Garden:
    """Everything that can carry text, and everything that points at it from the side."""
    garden = plant(world)
    now, case, code = world.now, world.case, garden.code
    mark = garden.mark
    employment, colleague = world.actor("employment"), world.actor("colleague")
    for who, answer in (("colleague", accept_access_request), ("outsider", None)):
        asked = ask_for_access(
            actor=world.actor(who), identity_code=code, reason=mark("access reason", only=set()),
            now=now,
        )  # fmt: skip
        if answer:
            answer(
                actor=employment, request_id=asked.pk, until=day_of(now),
                answer=mark("access answer", only=set()), now=now,
            )  # fmt: skip
    refused = ask_for_access(
        actor=colleague, identity_code=code, reason=mark("refused reason", only=set()), now=now
    )
    decline_access_request(
        actor=employment, request_id=refused.pk, answer=mark("refusal", only=set()), now=now
    )
    keep_draft(
        actor=employment, page=f"/access-requests/{refused.pk}/", now=now,
        fields={"answer": [mark("draft of an answer", only=set())]},
        about=DraftSubject(None, "", refused.pk),
    )  # fmt: skip
    for who in ("colleague", "outsider"):  # of another network nothing opens
        open_in_emergency(
            actor=world.actor(who), identity_code=code, urgent=EmergencyReason.LIFE,
            reason=mark("emergency", only=set()), now=now,
        )  # fmt: skip
    goal = garden.things["social_situation-social"][0]
    keep_draft(
        actor=employment, page=f"/goals/{goal.pk}/", now=now,
        fields={"text": [mark("draft", only=set())]},
        about=DraftSubject(case.pk, "plan.goal", goal.pk),
    )  # fmt: skip
    keep_draft(
        actor=world.actor("client"), page="/my/goals/new/", now=now,
        fields={"text": [mark("own draft", only=set())]}, about=DraftSubject(case.pk),
    )  # fmt: skip
    sent_first(actor=employment, digest="d" * 64, now=now)
    keep_answer(digest="d" * 64, answer=f"/goals/{goal.pk}/?from={case.pk}")
    hand_over(
        actor=employment, case=case, receiver_id=colleague.writer_id, leaves=False, now=now,
        reason=mark("handover", only=set()),
    )  # fmt: skip
    change_name(
        actor=employment, case=case, last_name="Uusi", first_names="Nimi", on=day_of(now), now=now
    )
    LifeEvent.objects.filter(person=case.person_id).update(reason=mark("why changed", only=set()))
    meeting = Meeting.objects.get(pk=garden.things["meeting"].pk)
    move_meeting(
        actor=employment, meeting_id=meeting.pk, starts_at=meeting.starts_at + timedelta(days=1),
        minutes_long=30, place="Elsewhere", remote_link="", revision=meeting.revision, now=now,
    )  # fmt: skip
    remind(actor=NIGHT, on=day_of(now) + timedelta(days=1))
    notify_of_messages(actor=NIGHT, now=now)
    return garden


def left_of(garden: Garden, before: Dump) -> dict[str, set[str]]:
    """What is still said of the erased case: planted words, and ids of rows that are gone."""
    after = read_all()
    gone = before.keys - after.keys
    assert str(garden.world.case.pk) in gone and len(gone) > 100
    of_the_register = {
        number for number, where in garden.where.items()
        if where in {"last name", "first names", "email", "phone"}
    }  # fmt: skip
    words = {
        table: {garden.where[n] for n in found & garden.where.keys() - of_the_register}
        for table, found in after.say(re.compile(r"MK(\d+)Z")).items()
    }
    ids = {table: found & gone for table, found in after.say(ID).items()}
    return {
        table: said
        for table in after.rows
        if (said := words.get(table, set()) | ids.get(table, set()))
    }


def test_nothing_is_left_in_any_table(garden: Garden, world: World) -> None:
    before = read_all()
    assert len(before.say(re.compile(r"MK(\d+)Z"))) > 25, "planted in many tables"
    erase_case(actor=NIGHT, case_id=world.case.pk, now=world.now)
    assert left_of(garden, before) == {}


def test_nothing_is_left_though_the_client_has_another_case(garden: Garden, world: World) -> None:
    """The log-in stays, and with it what hangs on it: but not what was about the erased case."""
    other = Case.objects.get(person__user__username="client2")
    Case.objects.filter(pk=other.pk).update(
        person=world.case.person_id, opened_at=world.now, network=world.actor("outsider").network_id
    )
    Person.objects.filter(user__username="client2").update(user=None)
    AccessRequest.objects.update(asked_at=world.now - timedelta(days=1))
    Case.objects.filter(pk=world.case.pk).update(opened_at=world.now - timedelta(days=9))
    before = read_all()
    erase_case(actor=NIGHT, case_id=world.case.pk, now=world.now)
    left = left_of(garden, before)
    assert {t: w for t, w in left.items() if t != "people_lifeevent"} == {}
    assert left.get("people_lifeevent", set()) <= {"why changed"}, "of the person, who is a client"


def test_a_request_about_somebody_who_has_no_case_goes_after_the_same_years(world: World) -> None:
    asked = ask_for_access(
        actor=world.actor("colleague"), identity_code="010180-9026", reason="x", now=world.now
    )
    theirs = ask_for_access(
        actor=world.actor("colleague"), reason="x", now=world.now,
        identity_code=decrypt(world.case.person.identity_code_encrypted),
    )  # fmt: skip
    years = law_on(day_of(world.now)).retention_years.value
    later = day_of(world.now) + timedelta(days=366 * years)
    assert erase_access_requests(on=later - timedelta(days=400)) == 0
    assert erase_access_requests(on=later) >= 1
    assert not AccessRequest.objects.filter(pk=asked.pk).exists()
    assert AccessRequest.objects.filter(pk=theirs.pk, state=RequestState.OPEN).exists()


def test_what_is_somebody_elses_stays(garden: Garden, world: World) -> None:
    page = "/cases/x/"
    other = Case.objects.get(person__user__username="client2")
    keep_draft(
        actor=world.actor("employment"), page=page, fields={}, now=world.now,
        about=DraftSubject(other.pk, "cases.case", other.pk),
    )  # fmt: skip
    sent_first(actor=world.actor("employment"), digest="e" * 64, now=world.now)
    keep_answer(digest="e" * 64, answer=f"/cases/{other.pk}/")
    messages = Message.objects.filter(case=other).count()
    erase_case(actor=NIGHT, case_id=world.case.pk, now=world.now)
    assert Draft.objects.filter(page=page).exists()
    assert SentForm.objects.filter(digest="e" * 64).exists()
    assert Message.objects.filter(case=other).count() == messages
