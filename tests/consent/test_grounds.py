"""Grounds: drafted, signed, ended, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.bodies import Receiver
from common.decision import NotAllowed
from consent.models import (
    Basis,
    Fact,
    Ground,
    PolicyText,
)
from consent.services import (
    discard_draft,
    end_ground,
    publish_policy,
    sign_ground,
)
from people.models import Language
from tests.consent.deciding import TEST, _written, days, draft, kela_page, refused, signed
from tests.personas import PERSONAS, World


def test_a_ground_is_a_draft_until_it_is_signed(world: World, login: Any) -> None:
    row = draft(world)
    assert row.state_on(days(world, 0)) == "draft"
    assert world.debts_goal.text not in kela_page(world, login)
    for officer in ("officer", "officer2"):
        assert world.debts_goal.text not in kela_page(world, login), "nor by one signature"
        sign_ground(actor=world.actor(officer), ground_id=row.pk, signed_by="O", now=world.now)
    row.refresh_from_db()
    assert row.state_on(days(world, 0)) == "in_force"
    assert world.debts_goal.text in kela_page(world, login)


def test_a_ground_is_in_force_from_its_first_day_to_its_last(
    world: World, login: Any, on_day: Callable[[World, int], None]
) -> None:
    signed(world, valid_from=days(world, 2), valid_to=days(world, 4))
    for number, sees in ((0, False), (1, False), (2, True), (4, True), (5, False)):
        on_day(world, number)
        assert (world.debts_goal.text in kela_page(world, login)) is sees, number


@pytest.mark.parametrize(
    "changed",
    [
        {"category": "education_work"},
        {"receiver": "social"},
        {"basis": "consent"},
        {"section": "2 §"},
        {"note": "other"},
        {"network": None},
        {"valid_from": date(2025, 1, 1)},
        {"signed_by": "Somebody"},
        {"signed_at": None, "signed_by": ""},
    ],
)
def test_a_signed_ground_stands_still_in_the_database_itself(
    world: World, changed: dict[str, Any]
) -> None:
    row = signed(world)
    with pytest.raises(IntegrityError, match="only by its last day"), transaction.atomic():
        Ground.objects.filter(pk=row.pk).update(**changed)


def test_a_signed_ground_is_not_signed_again_nor_removed(world: World) -> None:
    row = signed(world)
    officer = world.actor("officer")
    again = {"actor": officer, "ground_id": row.pk, "now": world.now}
    refused(lambda: sign_ground(signed_by="Another", **again))
    refused(lambda: discard_draft(**again))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.filter(pk=row.pk).delete()


def test_a_draft_is_thrown_away_not_ended(world: World) -> None:
    row = draft(world)
    acts = {"actor": world.actor("officer"), "ground_id": row.pk, "now": world.now}
    refused(lambda: end_ground(last_day=days(world, 0), **acts))
    discard_draft(**acts)
    assert not Ground.objects.filter(pk=row.pk).exists()
    refused(lambda: discard_draft(**acts))


def test_nobody_signs_a_ground_for_days_gone_by(world: World) -> None:
    row = draft(world, valid_from=days(world, -1))
    officer = world.actor("officer")
    refused(lambda: sign_ground(actor=officer, ground_id=row.pk, signed_by="O", now=world.now))
    # It was drafted in time, and signed the day after.
    late = draft(world)
    tomorrow = world.now + timedelta(days=1)
    refused(lambda: sign_ground(actor=officer, ground_id=late.pk, signed_by="O", now=tomorrow))


def test_a_ground_says_who_signed_it(world: World) -> None:
    row = draft(world)
    field = refused(lambda: sign_ground(actor=TEST, ground_id=row.pk, signed_by=" ", now=world.now))
    assert field == "signed_by"


def test_two_signed_grounds_never_cover_the_same_day(world: World) -> None:
    signed(world, valid_to=days(world, 10))
    other = draft(world, valid_from=days(world, 10))
    field = refused(
        lambda: sign_ground(actor=TEST, ground_id=other.pk, signed_by="O", now=world.now)
    )
    assert field == "valid_from"
    after = draft(world, valid_from=days(world, 11))
    sign_ground(actor=TEST, ground_id=after.pk, signed_by="O", now=world.now)


@pytest.mark.parametrize(
    ("last", "allowed"), [(-2, False), (-1, True), (0, True), (5, True), (9, True), (10, False)]
)
def test_a_ground_ends_yesterday_at_the_earliest_and_never_later_than_signed_for(
    world: World, last: int, allowed: bool
) -> None:
    row = signed(world, valid_from=days(world, -5), valid_to=days(world, 9))
    end = {"ground_id": row.pk, "now": world.now, "last_day": days(world, last)}
    first, second = world.actor("officer"), world.actor("officer2")
    if allowed:
        end_ground(actor=first, **end)
        end_ground(actor=second, **end)
    else:
        assert refused(lambda: end_ground(actor=first, **end)) == "last_day"
    row.refresh_from_db()
    assert row.valid_to == days(world, last if allowed else 9)


def test_a_ground_ended_yesterday_is_out_of_force_at_the_next_request(
    world: World, login: Any
) -> None:
    row = signed(world, valid_from=days(world, -5))
    assert world.debts_goal.text in kela_page(world, login)
    for who in ("officer", "officer2"):
        end_ground(
            actor=world.actor(who), ground_id=row.pk, last_day=days(world, -1), now=world.now
        )
    assert world.debts_goal.text not in kela_page(world, login)


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p != "officer"])
def test_nobody_but_the_officer_writes_the_table(world: World, persona: str) -> None:
    row, before = draft(world), _written()
    actor = world.actor(persona)
    act = {"actor": actor, "ground_id": row.pk, "now": world.now}
    texts = dict.fromkeys(Language, "Text")
    for write in (
        lambda: draft(world, by=actor),
        lambda: sign_ground(signed_by="Me", **act),
        lambda: end_ground(last_day=days(world, 0), **act),
        lambda: discard_draft(**act),
        lambda: publish_policy(actor=actor, texts=texts, published_by="Me", now=world.now),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert _written() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"section": " "}, "section"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
        ({"receiver": Receiver.OUTSIDE, "network_id": None}, "basis"),
        ({"receiver": Receiver.OUTSIDE, "basis": Basis.CONSENT}, "network"),
        ({"category": Fact.PAID_DAY_COUNTS, "basis": Basis.CONSENT}, "basis"),
        ({"category": Fact.PAID_DAY_COUNTS, "receiver": Receiver.OUTSIDE}, "basis"),
    ],
)
def test_a_ground_that_could_not_hold_is_not_even_drafted(
    world: World, changes: dict[str, Any], field: str
) -> None:
    assert refused(lambda: draft(world, **changes)) == field


def test_the_text_to_read_comes_in_every_language_or_not_at_all(world: World) -> None:
    officer = world.actor("officer")
    act = {"actor": officer, "published_by": "O", "now": world.now}
    for language in Language:
        texts = dict.fromkeys(Language, "Text") | {language: " "}
        field = refused(lambda texts=texts: publish_policy(texts=texts, **act))  # type: ignore[misc]
        assert field == language
    published = publish_policy(texts=dict.fromkeys(Language, "New"), **act)
    assert {text.version for text in published} == {2}
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyText.objects.filter(version=1).update(text="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyText.objects.filter(version=1).delete()
