"""Somebody asks for joint service themselves, on a phone, and it ends in an assessment begun."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

# A leader of the office they ask, as an installation has one; and somebody the registers know, of
# the demo's first network, without a case. Their log-in comes from strong identification
# (``test_identity_provider``), here it is simply there.
_LET_IN = """
from datetime import timedelta
from django.utils import timezone
from common.actor import system_actor
from people import services as people
from people.models import Office, Person
now, demo = timezone.now(), system_actor("demo")
office = Office.objects.get(name="Salon työllisyyspalvelut")
known = Person.objects.filter(municipality_code="734", user=None, died_on=None, cases=None)
asker = known.order_by("sort_key").last()
for username, first, last in (("leader", "Leena", "Leader"), ("asker", "Outi", "Oma")):
    user = people.create_user(
        actor=demo, username=username, password="demo", first_name=first, last_name=last,
        language="en", now=now,
    )
    if username == "leader":
        people.give_position(
            actor=demo, user=user, network=office.network, office=office, title="", leads=True,
            since=now - timedelta(days=1), now=now,
        )
    else:
        people.link_client(actor=demo, person_id=asker.pk, user=user, now=now)
        people.welcome(user_id=user.pk, now=now)
"""


def test_from_asking_to_an_assessment_begun(system: System, enter: Enter) -> None:
    system.manage("shell", "-c", _LET_IN)
    asker = enter("asker", PHONE).go("/my/")
    assert "You have no joint plan yet" in asker.page.inner_text("main")
    asks(asker)
    leader = enter("leader").go("/day/")
    the_leader_names_who_answers(leader)
    begins(enter("employment").go("/day/"))
    asker.go("/my/people/")
    assert "Money and health at once." in asker.page.inner_text("main")
    asker.go("/own-request/")
    assert "The joint assessment has begun" in asker.page.inner_text("main")


def asks(asker: Visitor) -> None:
    asker.click("Ask for joint service")
    asker.press("Send the request")  # nothing chosen: told what to do
    assert asker.page.locator("[aria-invalid=true]").count() >= 1
    asker.page.get_by_label("Money, debts or benefits").check()
    asker.page.get_by_label("Whom do you ask?").select_option(index=1)
    asker.page.get_by_label("What else do you want to say?").fill("I am sent around.")
    asker.press("Send the request")
    said = asker.page.inner_text("main")
    assert "You get an answer by" in said and "Leena Leader" in said


def the_leader_names_who_answers(leader: Visitor) -> None:
    opens_what_waits(leader)
    leader.click("Name who answers")
    leader.page.get_by_label("Who answers?").select_option(label="Eeva Employment")
    leader.press("Save")


def opens_what_waits(worker: Visitor) -> None:
    """From the first page to what somebody asks for."""
    row = worker.page.locator("main li.task", has_text="Asks for joint service")
    follow(row.get_by_role("link").first)
    worker.check()


def begins(worker: Visitor) -> None:
    opens_what_waits(worker)
    assert "I am sent around." in worker.page.inner_text("main")
    worker.click("Begin the joint assessment")
    worker.page.get_by_label("Limits of the ability to work and function").check()
    worker.page.get_by_label("Why is consultation").fill("Money and health at once.")
    for name in ("Eeva Employment", "Sanna Social", "Kaarina Kela"):
        worker.page.get_by_role("checkbox", name=name).check()
    worker.press("Begin today")
    assert "The joint assessment has begun." in worker.page.inner_text("body")
