"""A new installation's table of grounds is offered ready-made, and opens nothing until signed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import Refused
from consent.models import CLOSED_LIST, Basis, Category, Fact, Ground
from consent.national import national_rows
from consent.selectors import drafts_to_sign, facts_known_before_case, grounds_of, offered_rows
from consent.services import draft_national_table, sign_grounds
from tests.personas import World

TEST = system_actor("test")


@pytest.fixture
def bare(world: World) -> World:
    """The network as if nobody had signed anything yet."""
    with connection.cursor() as cursor:  # no service and no statement removes a signed row
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE consent_ground DISABLE TRIGGER ground_stands_still")
        cursor.execute(
            "ALTER TABLE consent_grounddecision DISABLE TRIGGER ground_decision_stands_still"
        )
        cursor.execute("DELETE FROM consent_grounddecision")
        cursor.execute("DELETE FROM consent_ground")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE consent_ground ENABLE TRIGGER ground_stands_still")
        cursor.execute(
            "ALTER TABLE consent_grounddecision ENABLE TRIGGER ground_decision_stands_still"
        )
        cursor.execute("SET ROLE yhdessa_web")
    return world


def sees(world: World, on: date) -> dict[tuple[Body, str], str]:
    """What each body is shown of each category, and on what."""
    found = {}
    for body in Body:
        grounds = grounds_of(receiver=body, network_id=None, on=on)
        for category in Category:
            row = grounds.for_category(category.value)
            if row:
                found[body, category.value] = row.basis.value
    return found


def test_the_offered_table_gives_what_the_act_gives_and_no_more() -> None:
    now = [row for row in national_rows() if row.holds_from(date(2026, 1, 1))]
    for row in now:
        if row.receiver == Receiver.OUTSIDE or row.category in set(Category) - CLOSED_LIST:
            assert row.basis == Basis.CONSENT
    assert {r.category for r in now if isinstance(r.category, Fact)} == set(Fact)
    # The day counts are Kela's own; no Act gives them to the other two after 2024.
    counts = [row for row in now if row.category == Fact.PAID_DAY_COUNTS]
    assert [row.receiver for row in counts] == [Receiver.KELA]
    pairs = {(row.category, row.receiver) for row in now}
    assert len(pairs) == len(now)  # one row for each: they can all be signed
    seen_here = set(Receiver) - {Receiver.MUNICIPALITY}
    assert {(c, r) for c in Category for r in seen_here} <= pairs


def test_where_something_is_signed_nothing_is_offered(world: World, login: Any) -> None:
    assert offered_rows(first_day=day_of(world.now)) == []
    assert "national" not in login("officer").get("/grounds/").content.decode()
    assert login("officer").get("/grounds/national/").status_code == 403
    with pytest.raises(Refused):
        draft_national_table(actor=TEST, first_day=day_of(world.now), now=world.now)


def test_from_an_empty_table_to_a_signed_one(bare: World, login: Any) -> None:
    today, officer = day_of(bare.now), login("officer")
    assert 'href="/grounds/national/"' in officer.get("/grounds/").content.decode()
    offer = officer.get("/grounds/national/")
    assert offer.content.decode().count("381/2023 15 §") == 27
    assert officer.post("/grounds/national/", _sent(offer, first_day=today)).status_code == 302
    assert sees(bare, today) == {}  # drafts open nothing
    page = officer.get("/grounds/sign/")
    rows = page.context["rows"]
    assert len(rows) == len(offered_rows(first_day=today)) == 39
    # Unread, nothing is signed.
    assert "read" in officer.post("/grounds/sign/", _sent(page)).context["form"].errors
    assert sees(bare, today) == {}
    assert officer.post("/grounds/sign/", _sent(page, read="on")).status_code == 302
    assert sees(bare, today) == {}  # one officer has signed
    assert officer.get("/grounds/sign/").context["rows"] == []
    second = login("officer2")
    page = second.get("/grounds/sign/")
    assert len(page.context["rows"]) == 39
    assert second.post("/grounds/sign/", _sent(page, read="on")).status_code == 302
    seen = sees(bare, today)
    assert seen[Body.SOCIAL, "social_situation"] == "statute"
    assert seen[Body.KELA, "social_situation"] == "consent"
    assert len(seen) == 27
    assert facts_known_before_case(body=Body.KELA, network_id=None, on=today) >= {
        Fact.PAID_DAY_COUNTS
    }
    assert not facts_known_before_case(body=Body.SOCIAL, network_id=None, on=today)
    assert not grounds_of(receiver=Body.KELA, network_id=None, on=today - timedelta(days=1)).rows
    assert {row.signed_by for row in Ground.objects.exclude(signed_at=None)} == {
        f"{bare.actor('officer').name}, {bare.actor('officer2').name}"
    }
    # What Kela may tell the home municipality is drafted beside it, and signed by itself.
    apart = Ground.objects.get(signed_at=None)
    assert (apart.receiver, apart.category) == (Receiver.MUNICIPALITY, Fact.PAID_DAY_COUNTS)
    assert "60" in apart.note


def _sent(page: Any, **typed: Any) -> dict[str, Any]:
    form = page.context["form"]
    kept = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return {**kept, **{name: str(value) for name, value in typed.items()}}


def test_what_was_drafted_after_reading_is_not_signed_with_the_rest(
    bare: World, login: Any
) -> None:
    officer, today = login("officer"), day_of(bare.now)
    drafted = draft_national_table(actor=TEST, first_day=today, now=bare.now)
    page = officer.get("/grounds/sign/")
    Ground.objects.filter(pk=drafted[0].pk).delete()
    refused = officer.post("/grounds/sign/", _sent(page, read="on"))
    assert "rows" in refused.context["form"].errors
    assert not Ground.objects.exclude(signed_at=None).exists()


def test_drafts_whose_day_has_passed_give_way_to_new_ones(bare: World) -> None:
    today = day_of(bare.now)
    draft_national_table(actor=TEST, first_day=today, now=bare.now)
    officer, tomorrow = bare.actor("officer"), today + timedelta(days=1)
    assert drafts_to_sign(officer, on=tomorrow) == []
    later = bare.now + timedelta(days=1)
    again = draft_national_table(actor=officer, first_day=tomorrow, now=later)
    assert Ground.objects.count() == len(again)
    assert len(drafts_to_sign(officer, on=tomorrow)) == len(again) - 1  # one is signed by itself


def test_a_day_that_has_passed_is_refused(bare: World) -> None:
    yesterday = day_of(bare.now) - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        draft_national_table(actor=TEST, first_day=yesterday, now=bare.now)
    assert refusal.value.field == "first_day"


def test_all_are_signed_or_none(bare: World) -> None:
    officer, today = bare.actor("officer"), day_of(bare.now)
    rows = draft_national_table(actor=officer, first_day=today, now=bare.now)
    late = bare.now + timedelta(days=1)
    with pytest.raises(Refused):
        sign_grounds(actor=officer, ground_ids=[r.pk for r in rows], signed_by="O", now=late)
    assert not Ground.objects.exclude(signed_at=None).exists()
