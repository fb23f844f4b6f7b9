"""A worker types somebody's identity code to learn who they are, or whether they are a client."""

from __future__ import annotations

import re
from typing import Any

from audit.models import AuditRow
from cases.models import AccessRequest, Case
from common.clock import day_of
from common.crypto import decrypt
from people.models import Person
from tests.personas import World


def typed(world: World, person: Person, **given: str) -> dict[str, Any]:
    colleague = world.actor("colleague")
    offices = [world.actor(who).working_office_id for who in ("social", "kela")]
    return {
        "identity_code": decrypt(person.identity_code_encrypted), "last_name": "Guessed",
        "first_names": "Typed", "municipality_code": "734", "language": "fi", "ground": "asked",
        "needs": "need_ability", "reason": "Because.", "first_contact_on": day_of(world.now),
        "case_manager": colleague.writer_id, "members": [f"office:{pk}" for pk in offices],
        **given,
    }  # fmt: skip


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode().split("<main")[1]).split())


def test_a_code_without_the_name_answers_the_same_for_a_client_and_for_anybody(
    world: World, login: Any
) -> None:
    browser, client = login("colleague"), world.case.person
    other = Person.objects.filter(cases=None, municipality_code="734").order_by("pk")[0]
    before = Case.objects.count()
    codes = [decrypt(p.identity_code_encrypted) for p in (client, other)]
    said = [words(browser.post("/assess/", typed(world, p))) for p in (client, other)]
    assert said[0].replace(codes[0], "") == said[1].replace(codes[1], "")
    assert client.last_name not in said[0] and other.last_name not in said[1]
    assert Case.objects.count() == before
    assert AuditRow.objects.filter(action="looked_up_asked").count() == 2


def test_who_would_begin_for_a_client_of_others_gets_no_case_and_asks_its_manager(
    world: World, login: Any
) -> None:
    client = world.case.person
    answer = login("colleague").post("/assess/", typed(world, client, last_name=client.last_name))
    assert (answer.status_code, answer["Location"]) == (302, "/day/")
    assert AccessRequest.objects.filter(asked_by=world.actor("colleague").writer_id).exists()
    assert login("colleague").get(f"/cases/{world.case.pk}/").status_code == 404
