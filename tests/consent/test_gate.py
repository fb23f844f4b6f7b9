"""Who may see what, and why: the law's table, the client's consent, effective at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Purpose
from caseplan.plan.models import Action, Goal, PlannedService
from caseplan.plan.selectors import open_case
from caseplan.plan.services import add_action
from cases.services import end_team_term
from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotAllowed, NotVisible, Refused
from common.names import sort_key
from consent.models import Basis, Category, Choice, Consent, Ground
from consent.selectors import facts_known_before_case, grounds_of
from consent.services import decide, draft_ground, end_ground, sign_ground
from people.models import Person
from records.access import visible_to
from tests.personas import World

DEBTS = "Velka-asiat"


def goals_of(world: World, persona: str) -> set[Any]:
    actor = world.actor(persona)
    rows = visible_to(actor, Goal, now=world.now).filter(case=world.case)
    return set(rows.values_list("pk", flat=True))


def test_each_body_sees_the_goals_its_grounds_open(world: World) -> None:
    assert world.debts_goal.pk in goals_of(world, "social")
    assert world.debts_goal.pk in goals_of(world, "employment")
    assert world.debts_goal.pk not in goals_of(world, "kela")
    assert world.debts_goal.pk in goals_of(world, "client")
    for stranger in ("colleague", "outsider", "director", "client2"):
        assert goals_of(world, stranger) == set()


def test_a_grant_opens_and_a_revocation_closes_at_once(world: World) -> None:
    choice = {
        "actor": world.actor("client"),
        "case": world.case,
        "categories": [Category.SOCIAL_SITUATION],
        "receiver": Receiver.KELA,
        "purpose": "p",
        "now": world.now,
    }
    decide(choice=Choice.GRANTED, **choice)
    assert world.debts_goal.pk in goals_of(world, "kela")
    decide(choice=Choice.REVOKED, **choice)
    assert world.debts_goal.pk not in goals_of(world, "kela")


def test_what_a_body_recorded_itself_it_keeps_seeing(world: World) -> None:
    own = visible_to(world.actor("kela"), PlannedService, now=world.now).filter(case=world.case)
    assert {m.body for m in own.order_by("pk")} == {"kela", "employment"}  # not social situation
    employment = visible_to(world.actor("employment"), PlannedService, now=world.now)
    assert {m.body for m in employment.filter(case=world.case).order_by("pk")} == {
        "employment",
        "social",
    }  # health rests on consent for employment


def test_only_the_client_decides_and_only_where_the_table_leaves_it(world: World) -> None:
    before = Consent.objects.count()
    choice = {
        "case": world.case,
        "choice": Choice.GRANTED,
        "receiver": Receiver.KELA,
        "purpose": "p",
        "now": world.now,
    }
    for other in ("client2", "director", "colleague", "outsider", "officer", "association"):
        with pytest.raises(NotAllowed):
            decide(actor=world.actor(other), categories=[Category.SOCIAL_SITUATION], **choice)
    with pytest.raises(Refused):  # a worker writes down a paper or spoken words, nothing else
        decide(actor=world.actor("social"), categories=[Category.SOCIAL_SITUATION], **choice)
    with pytest.raises(Refused):
        decide(actor=world.actor("client"), categories=[Category.PLAN_FOLLOW_UP], **choice)
    assert Consent.objects.count() == before


def test_an_unsigned_row_opens_nothing(world: World) -> None:
    on, network_id = day_of(world.now), world.case.network_id
    row = draft_ground(
        actor=system_actor("test"), category=Category.SOCIAL_SITUATION, receiver=Receiver.KELA,
        basis=Basis.STATUTE, section="own", valid_from=on, valid_to=None, network_id=network_id,
        now=world.now,
    )  # fmt: skip
    table = grounds_of(receiver=Receiver.KELA, network_id=network_id, on=on)
    assert table.rows[Category.SOCIAL_SITUATION].basis == Basis.CONSENT
    sign_ground(actor=system_actor("test"), ground_id=row.pk, signed_by="Officer", now=world.now)
    table = grounds_of(receiver=Receiver.KELA, network_id=network_id, on=on)
    assert table.rows[Category.SOCIAL_SITUATION].basis == Basis.STATUTE


def test_a_networks_own_row_stands_before_the_national_one(world: World) -> None:
    on = day_of(world.now)
    row = draft_ground(
        actor=system_actor("test"), category=Category.SOCIAL_SITUATION, receiver=Receiver.SOCIAL,
        basis=Basis.CONSENT, section="own", valid_from=on, valid_to=None,
        network_id=world.case.network_id, now=world.now,
    )  # fmt: skip
    sign_ground(actor=system_actor("test"), ground_id=row.pk, signed_by="Officer", now=world.now)
    table = grounds_of(receiver=Receiver.SOCIAL, network_id=world.case.network_id, on=on)
    assert table.rows[Category.SOCIAL_SITUATION].basis == Basis.CONSENT
    before = grounds_of(
        receiver=Receiver.SOCIAL, network_id=world.case.network_id, on=on - timedelta(days=1)
    )
    assert before.rows[Category.SOCIAL_SITUATION].basis == Basis.STATUTE


def test_a_ground_ends_with_its_last_day(world: World) -> None:
    on = day_of(world.now)
    row = Ground.objects.get(
        category=Category.PLAN_FOLLOW_UP, receiver=Receiver.KELA, valid_to=None
    )
    end_ground(actor=system_actor("test"), ground_id=row.pk, last_day=on, now=world.now)
    network = world.case.network_id
    assert grounds_of(receiver=Receiver.KELA, network_id=network, on=on).for_category(
        "plan_follow_up"
    )
    after = grounds_of(receiver=Receiver.KELA, network_id=network, on=on + timedelta(days=1))
    assert after.for_category("plan_follow_up") is None
    assert row.history.count() == 3  # drafted, signed, ended


def test_two_grounds_never_cover_the_same_day(world: World) -> None:
    row = Ground.objects.get(
        category=Category.PLAN_FOLLOW_UP, receiver=Receiver.KELA, valid_to=None
    )
    row.pk, row.id = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(
            category=row.category,
            receiver=row.receiver,
            basis=row.basis,
            section="x",
            valid_from=row.valid_from + timedelta(days=40),
            signed_at=world.now,
            signed_by="x",
        )


def test_before_a_case_the_law_of_2025_narrows_what_is_known(world: World) -> None:
    network = world.case.network_id
    old, new = day_of(world.now).replace(year=2024, month=6, day=1), day_of(world.now)
    elsewhere = world.actor("outsider").network_id
    for body in (Body.SOCIAL, Body.EMPLOYMENT):
        assert "paid_day_counts" in facts_known_before_case(body=body, network_id=elsewhere, on=old)
        assert "paid_day_counts" not in facts_known_before_case(
            body=body, network_id=elsewhere, on=new
        )
        assert "paid_day_counts" in facts_known_before_case(body=body, network_id=network, on=new)
    assert "unemployment_spells" not in facts_known_before_case(
        body=Body.SOCIAL, network_id=network, on=old
    )


def test_a_body_learns_nothing_of_a_hidden_row_from_page_api_or_version(
    world: World, login: Any
) -> None:
    kela, social = login("kela"), login("social")
    urls = [f"/cases/{world.case.pk}/", f"/versions/{world.version.pk}/"]
    urls += [f"/api/v1/plans/{world.case.pk}/", "/api/v1/plans/", "/day/", "/cases/"]
    assert DEBTS in social.get(urls[0]).content.decode()
    for url in urls:
        assert DEBTS not in kela.get(url).content.decode()
        assert "talousneuvonta" not in kela.get(url).content.decode()
    assert kela.get(f"/goals/{world.debts_goal.pk}/").status_code == 404
    hidden = Action.objects.get(goal=world.debts_goal)
    assert kela.get(f"/actions/{hidden.pk}/").status_code == 404


def test_when_the_team_term_ends_the_case_is_gone_at_the_next_request(
    world: World, login: Any
) -> None:
    kela = login("kela")
    assert kela.get(f"/cases/{world.case.pk}/").status_code == 200
    end_team_term(
        actor=world.actor("employment"),
        case=world.case,
        user_id=world.actor("kela").writer_id,
        now=world.now,
    )
    for url in ("/cases/{}/", "/api/v1/cases/{}/", "/api/v1/plans/{}/"):
        assert kela.get(url.format(world.case.pk)).status_code == 404
    found = kela.post("/cases/", {"q": world.case.person.first_names}, follow=True)
    assert f"/cases/{world.case.pk}/" not in found.content.decode()


def search(client: Any, words: str) -> str:
    answer = client.post("/cases/", {"q": words}, follow=True)
    ((url, _status),) = answer.redirect_chain
    assert re.fullmatch(r"/cases/(\?found=[\w-]+|[0-9a-f-]{36}/)?", url)  # no name in an address
    return str(answer.content.decode())


def test_a_search_finds_only_ones_own_cases(world: World, login: Any) -> None:
    name = world.case.person.last_name
    link = f"/cases/{world.case.pk}/"
    assert link in search(login("social"), name.lower())
    for stranger in ("outsider", "colleague"):
        assert link not in search(login(stranger), name)


def test_a_case_is_found_by_name_code_or_phone_also_misspelt(world: World, login: Any) -> None:
    person, link = world.case.person, f"/cases/{world.case.pk}/"
    Person.objects.filter(pk=person.pk).update(
        phone="+358 40 123 4567", last_name="Hyvärinen", first_names="Åsa",
        sort_key=sort_key("Hyvärinen", "Åsa"),
    )  # fmt: skip
    client = login("social")
    for words in (
        "hyvä", "åsa hyvä", "Hyvärimen", "040 1234567", "+358401234567", "123-4567",
        decrypt(person.identity_code_encrypted),
    ):  # fmt: skip
        assert link in search(client, words), words
    for words in ("hyva", "Virtanen", "040 765 4321", "010101-123N", "%", "åsa virtanen"):
        assert link not in search(client, words), words
    assert link in search(client, "")  # shows all again


def test_opening_a_case_asks_the_same_number_of_queries_at_any_size(
    world: World,
) -> None:

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            open_case(
                world.actor("social"), world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now
            )
        return len(queries)

    few = count()
    for number in range(40):
        add_action(
            actor=world.actor("social"),
            goal_id=world.joint_goal.pk,
            text=f"action {number}",
            owner_party="social",
            owner_id=world.actor("social").user_id,
            due_on=day_of(world.now),
            category=Category.PLAN_FOLLOW_UP,
            now=world.now,
        )
    assert count() == few


def test_the_outsiders_case_is_invisible_to_the_first_network(world: World) -> None:
    with pytest.raises(NotVisible):
        open_case(world.actor("outsider"), world.case.pk, purpose="keep_case", now=world.now)
