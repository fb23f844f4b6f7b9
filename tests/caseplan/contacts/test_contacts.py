"""The contact log: what is written down, who reads and corrects it, and what follows from it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from caseplan.contacts import services
from caseplan.contacts.models import ContactEntry, ContactKind
from caseplan.contacts.selectors import list_contacts
from cases.services import end_team_term
from common.actor import system_actor
from common.bodies import Body
from common.clock import day_of, start_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from consent.access import categories_recordable_by
from consent.models import Category
from consent.selectors import readers_of_categories
from followup.models import Reminder
from followup.selectors import reminders_for
from followup.services import remind
from tests.personas import World

NIGHT = system_actor("night")


def called(world: World, who: str = "social", **other: Any) -> ContactEntry:
    said: dict[str, Any] = {
        "kind": ContactKind.CALL, "happened_at": world.now - timedelta(hours=1), "answered": True,
        "with_whom": "", "outcome": "The visit is on.", "next_on": None,
        "category": Category.PLAN_FOLLOW_UP, "now": world.now, **other,
    }  # fmt: skip
    return services.record_contact(actor=world.actor(who), case=world.case, **said)


def after(world: World, days: int) -> date:
    return day_of(world.now) + timedelta(days=days)


def due(world: World, kind: str, on: date) -> set[str]:
    """Who stands reminded of the joint case once the night of the day is done."""
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=world.case, kind=kind, ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def test_a_contact_stands_in_the_log_of_whoever_may_know_what_it_is_about(world: World) -> None:
    called(world, outcome="The visit is on.")
    called(world, outcome="The rent.", category=Category.SOCIAL_SITUATION)
    for who, sees in (
        ("social", ["The rent.", "The visit is on."]),
        ("employment", ["The rent.", "The visit is on."]),  # by law, 381/2023 s. 15
        ("kela", ["The visit is on."]),
        ("client", ["The rent.", "The visit is on."]),
    ):
        _case, rows = list_contacts(world.actor(who), world.case.pk, now=world.now)
        assert sorted(row.outcome for row in rows) == sees, who
    with pytest.raises(NotVisible):
        list_contacts(world.actor("colleague"), world.case.pk, now=world.now)


def test_only_the_team_records_one(world: World) -> None:
    for who in ("colleague", "outsider", "client"):
        with pytest.raises(NotAllowed):
            called(world, who)


def test_what_is_still_to_come_is_no_contact_and_a_next_one_is(world: World) -> None:
    for field, other in (
        ("happened_on", {"happened_at": world.now + timedelta(minutes=1)}),
        ("outcome", {"outcome": "  "}),
        ("next_on", {"next_on": after(world, 0)}),
        ("category", {"category": Category.SELF_ASSESSMENT}),
    ):
        with pytest.raises(Refused) as refused:
            called(world, "kela", **other)
        assert refused.value.field == field
    assert called(world, answered=False, outcome="").outcome == ""


def test_the_body_that_recorded_it_corrects_it_and_its_former_wording_is_kept(
    world: World,
) -> None:
    row = called(world)
    said: dict[str, Any] = {
        "contact_id": row.pk, "kind": ContactKind.VISIT, "happened_at": row.happened_at,
        "answered": True, "with_whom": "", "outcome": "At home.", "next_on": None, "revision": 1,
        "now": world.now,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        services.correct_contact(actor=world.actor("kela"), **said)
    services.correct_contact(actor=world.actor("social"), **said)
    with pytest.raises(Stale):
        services.correct_contact(actor=world.actor("social"), **said)
    history = ContactEntry.history.filter(id=row.pk)  # type: ignore[attr-defined]
    assert {one.outcome for one in history} == {"The visit is on.", "At home."}


def test_a_contact_that_was_answered_ends_the_quiet_and_a_try_does_not(world: World) -> None:
    quiet_on = day_of(world.case.opened_at) + timedelta(days=400)
    assert due(world, "no_contact", quiet_on) == {"employment"}
    at = start_of(quiet_on) + timedelta(hours=12)
    called(world, answered=False, outcome="", happened_at=at, now=at)
    assert due(world, "no_contact", quiet_on) == {"employment"}, "nobody was reached"
    called(world, happened_at=at, now=at)
    standing = Reminder.objects.filter(case=world.case, kind="no_contact", ended_on=None)
    assert not standing.exists(), "at once, and not only at night"
    assert due(world, "no_contact", quiet_on) == set()
    assert due(world, "no_contact", quiet_on + timedelta(days=59)) == set()
    assert due(world, "no_contact", quiet_on + timedelta(days=60)) == {"employment"}


def test_whoever_planned_the_next_contact_is_reminded_of_it_on_its_day(world: World) -> None:
    called(world, next_on=after(world, 5))
    called(world, "kela", next_on=after(world, 6))
    assert due(world, "contact_next", after(world, 4)) == set()
    assert due(world, "contact_next", after(world, 5)) == {"social"}
    assert due(world, "contact_next", after(world, 6)) == {"social", "kela"}
    told = reminders_for(world.actor("social"), on=after(world, 6), now=world.now)
    assert "contact_next" in {one.kind for one in told}


def test_the_next_contact_of_the_same_body_takes_its_place(world: World) -> None:
    called(world, next_on=after(world, 5))
    called(world, "kela", next_on=after(world, 5))
    due(world, "contact_next", after(world, 5))
    called(world, answered=False, outcome="", happened_at=world.now, next_on=after(world, 7))
    standing = Reminder.objects.filter(kind="contact_next", ended_on=None)
    assert set(standing.values_list("for_user__username", flat=True)) == {"kela"}
    assert due(world, "contact_next", after(world, 5)) == {"kela"}
    assert due(world, "contact_next", after(world, 7)) == {"social", "kela"}


def test_whoever_has_left_the_team_plans_nothing_any_more(world: World) -> None:
    called(world, next_on=after(world, 5))
    end_team_term(
        actor=world.actor("employment"), case=world.case, now=world.now,
        user_id=world.actor("social").user_id,
    )  # fmt: skip
    assert due(world, "contact_next", after(world, 5)) == set()


def test_a_call_is_recorded_from_any_page_of_the_case_in_two_clicks(
    world: World, login: Any
) -> None:
    worker, case = login("social"), world.case.pk
    form = f"/cases/{case}/contacts/new/"
    for page in ("", "messages/", "meetings/", "team/", "history/", "goals/new/", "contacts/"):
        assert f'href="{form}"' in worker.get(f"/cases/{case}/{page}").content.decode(), page
    sent = {
        "kind": "call", "outcome": "All is well.", "category": "plan_follow_up", "next_on": "",
        "happened_on": day_of(world.now).isoformat(), "happened_time": "00:01", "with_whom": "",
    }  # fmt: skip
    refused = worker.post(form, {**sent, "outcome": ""})
    assert refused.status_code == 200 and not ContactEntry.objects.exists()
    assert "Kerro" in refused.content.decode() or "Say what" in refused.content.decode()
    assert worker.post(form, sent).headers["Location"] == f"/cases/{case}/contacts/"
    assert ContactEntry.objects.get().outcome == "All is well."


def test_each_category_says_who_will_read_what_is_recorded_under_it(
    world: World, login: Any
) -> None:
    """As the gate then lets them: tried category by category."""
    for who in ("social", "kela"):
        told = readers_of_categories(world.case, by=Body(who), on=day_of(world.now))
        for category in categories_recordable_by(world.actor(who)):
            row = called(world, who, category=category)
            reads = [
                body for body in Body
                if row in list_contacts(world.actor(body.value), world.case.pk, now=world.now)[1]
            ]  # fmt: skip
            assert told[category] == reads, (who, category)
    page = login("kela").get(f"/cases/{world.case.pk}/contacts/new/").content.decode()
    with translation.override("en"):
        said = str(Body.SOCIAL.label)
    assert re.search(rf'value="social_situation">[^<]*\([^<]*{said}', page)
