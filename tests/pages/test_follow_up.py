"""The worker's first page and the client's tell the same truth, and at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.plan.models import Action, Goal
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of
from common.reminders import ReminderKind
from followup.models import CheckIn, ContactChoice, Feeling, Reminder, ReminderRule
from followup.services import check_in, decide_rule, remind
from operations.models import NightlyRun
from operations.services import run_night
from rights.services import ask_for_correction
from tests.personas import World

NIGHT = system_actor("night")
QUIET = "Nobody has been in contact for long"


@pytest.fixture
def old(world: World) -> World:
    """A case opened long enough ago that the client is asked how it goes."""
    Case.objects.filter(pk=world.case.pk).update(opened_at=world.now - timedelta(days=40))
    remind(actor=NIGHT, on=day_of(world.now))
    return world


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def rows_of(client: Any, words: str) -> int:
    """In how many rows of the first page something is said."""
    return sum(words in row for row in page(client, "/day/").split('<li class="task"')[1:])


def test_stuck_is_on_the_workers_page_at_once_and_the_client_is_asked_no_more(
    old: World, login: Any
) -> None:
    client, worker = login("client"), login("employment")
    assert "How is it going?" in page(client, "/my/")
    assert "<li></li>" not in page(client, "/my/")
    assert "Asks for help soon" not in page(worker, "/day/")
    answer = client.post(
        "/my/how-is-it-going/", {"feeling": "stuck", "comment": "Bus <b>stops</b>"}
    )
    assert answer.status_code == 302
    assert "How is it going?" not in page(client, "/my/")
    day = page(worker, "/day/")
    assert "Asks for help soon" in day and "Bus &lt;b&gt;stops" in day
    both = [page(client, f"/cases/{old.case.pk}/follow-up/"),
            page(worker, f"/cases/{old.case.pk}/follow-up/")]  # fmt: skip
    assert all("Bus &lt;b&gt;stops" in one for one in both)
    said = CheckIn.objects.get(case=old.case)
    assert worker.post(f"/check-ins/{said.pk}/handled/").status_code == 302
    assert "Asks for help soon" not in page(worker, "/day/")
    assert "was in touch" in page(client, f"/cases/{old.case.pk}/follow-up/")


def test_the_client_reads_that_the_team_makes_the_plan_and_the_worker_that_it_is_due(
    old: World, login: Any
) -> None:
    """The law asks it of the bodies: nothing on the client's page says that it is theirs to do."""
    assert Reminder.objects.filter(case=old.case, kind=ReminderKind.PLAN_DUE).count() >= 2
    mine, theirs = page(login("client"), "/my/"), page(login("employment"), "/day/")
    assert "Your team makes the plan with you" in mine and "The plan is to be made" not in mine
    assert "The plan is to be made" in theirs


def test_who_has_gone_quiet_stands_once_on_the_first_page_by_the_networks_own_figure(
    world: World, login: Any
) -> None:
    worker = login("employment")
    Case.objects.filter(pk=world.case.pk).update(opened_at=world.now)
    for model in (Goal, Action):
        model._default_manager.filter(case=world.case).update(recorded_at=world.now)
    after_days = day_of(world.now) + timedelta(days=60)
    remind(actor=NIGHT, on=after_days - timedelta(days=40))
    assert rows_of(worker, QUIET) == 0
    remind(actor=NIGHT, on=after_days)
    assert rows_of(worker, QUIET) == 1
    decide_rule(
        actor=world.actor("director"), kind=ReminderKind.NO_CONTACT, is_on=True, notice=0,
        allowed=200, leader_after=None, director_after=None, now=world.now,
    )  # fmt: skip
    remind(actor=NIGHT, on=after_days)
    assert rows_of(worker, QUIET) == 0


def test_a_check_in_without_a_choice_says_so_and_keeps_the_words(old: World, login: Any) -> None:
    answer = login("client").post("/my/how-is-it-going/", {"comment": "What I typed"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("What I typed" in text and 'aria-invalid="true"' in text) or "hds-error" in text
    assert not CheckIn.objects.exists()


def test_a_clock_that_stands_still_is_read_by_the_client_with_its_reason(
    old: World, login: Any
) -> None:
    today = day_of(old.now)
    answer = login("social").post(
        f"/cases/{old.case.pk}/follow-up/clock/",
        {"kind": "plan_due", "from_on": today.isoformat(),
         "to_on": (today + timedelta(days=4)).isoformat(), "why": "In hospital."},
    )  # fmt: skip
    assert answer.status_code == 302
    text = page(login("client"), f"/cases/{old.case.pk}/follow-up/")
    assert "In hospital." in text and "Paused" in text and "By the law alone" in text
    assert "In hospital." not in page(login("employment"), "/day/")


def test_an_answer_that_is_owed_is_a_clock_for_the_client_and_for_who_owes_it(
    old: World, login: Any
) -> None:
    ask_for_correction(
        actor=old.actor("client"), case=old.case, kind="goal", subject_id=str(old.debts_goal.pk),
        statement="Wrong.", now=old.now,
    )  # fmt: skip
    url = f"/cases/{old.case.pk}/follow-up/"
    assert "A correction is answered" in page(login("client"), url)
    assert "A correction is answered" in page(login(str(old.debts_goal.recorded_for)), url)
    assert "A correction is answered" not in page(login("kela"), url)
    assert "Wrong." not in page(login("social"), url)


def test_a_reminder_waits_only_for_whose_it_is_and_with_a_reason(old: World, login: Any) -> None:
    remind(actor=NIGHT, on=day_of(old.now) + timedelta(days=60))
    standing = Reminder.objects.filter(case=old.case, ended_on=None)
    mine = standing.get(kind=ReminderKind.NO_CONTACT, for_user__username="employment")
    url = f"/reminders/{mine.pk}/wait/"
    until = (day_of(old.now) + timedelta(days=3)).isoformat()
    assert login("social").get(url).status_code == 404
    worker = login("employment")
    assert rows_of(worker, QUIET) == 1
    assert worker.post(url, {"until": until}).status_code == 200, "no reason"
    far = (day_of(old.now) + timedelta(days=15)).isoformat()
    assert "14" in worker.post(url, {"until": far, "reason": "agreed"}).content.decode()
    assert worker.post(url, {"until": until, "reason": "agreed"}).status_code == 302
    assert rows_of(worker, QUIET) == 0
    assert "waits for a later day" in page(worker, "/day/")
    assert QUIET in page(worker, "/day/?which=postponed")
    law = standing.get(kind=ReminderKind.PLAN_DUE, for_user__username="employment")
    refused = worker.post(f"/reminders/{law.pk}/wait/", {"until": until, "reason": "agreed"})
    assert refused.status_code == 403, "a day of the law does not wait"


def test_the_director_changes_a_rule_and_the_officer_sees_the_nights(
    old: World, login: Any
) -> None:
    director = login("director")
    assert "The national core" in page(director, "/reminder-rules/")
    given = {"is_on": "on", "notice": "0", "allowed": "30", "leader_after": "5",
             "director_after": "3"}  # fmt: skip
    url = "/reminder-rules/no_contact/"
    refused = director.post(url, given)
    assert refused.status_code == 200
    assert "leader first" in refused.content.decode()
    assert director.post(url, {**given, "director_after": "30"}).status_code == 302
    assert ReminderRule.objects.get(kind="no_contact").allowed == 30
    assert "Your network's" in page(director, "/reminder-rules/")
    NightlyRun.objects.all().delete()
    run_night(actor=NIGHT, on=day_of(old.now), now=lambda: old.now)
    for who in ("director", "officer"):
        text = page(login(who), "/operations/")
        assert "erasure" in text and "reminders_raised" in text
        assert old.case.person.last_name not in text


def test_everybody_chooses_how_they_are_told(old: World, login: Any) -> None:
    client = login("client")
    assert "Suomi.fi" in page(client, "/contact/")
    assert "Suomi.fi" not in page(login("employment"), "/contact/").partition("<form")[2]
    answer = client.post("/contact/", {"sms": "on", "quiet_from": "21:00", "quiet_until": "09:00"})
    assert answer.status_code == 302
    choice = ContactChoice.objects.get(user__username="client")
    assert (choice.email, choice.sms, choice.suomifi) == (False, True, False)


def test_the_page_of_follow_up_asks_the_same_number_of_questions_at_any_size(
    old: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    worker = login("employment")
    url = f"/cases/{old.case.pk}/follow-up/"
    client = old.actor("client")
    check_in(actor=client, case=old.case, feeling=Feeling.WELL, now=old.now)
    worker.get(url)
    with django_assert_max_num_queries(26) as few:
        worker.get(url)
    for number in range(10):
        check_in(actor=client, case=old.case, feeling=Feeling.WELL,
                 now=old.now - timedelta(minutes=number))  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        worker.get(url)
