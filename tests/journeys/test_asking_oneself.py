"""Somebody asks for joint service themselves, on a phone, and it ends in an assessment begun."""

from __future__ import annotations

import psycopg
import pytest

from tests.journeys.conftest import PHONE, Enter, System, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

# Somebody the registers know, of the demo's first network, without a case; their log-in comes from
# strong identification (``tests/journeys`` of that), here it is simply there.
_LET_IN = """
WITH person AS (
  SELECT p.id FROM people_person p JOIN people_municipality m ON m.code = p.municipality_code
  JOIN people_office o ON o.network_id = m.network_id
  JOIN people_position w ON w.office_id = o.id AND w.leads AND w.until IS NULL
  WHERE p.user_id IS NULL AND p.died_on IS NULL
    AND NOT EXISTS (SELECT FROM cases_case c WHERE c.person_id = p.id)
  ORDER BY p.sort_key DESC LIMIT 1
), made AS (
  INSERT INTO people_user
    (id, password, username, first_name, last_name, email, language, is_active, created_at)
  SELECT gen_random_uuid(), password, 'asker', 'Outi', 'Oma', '', 'en', true, now()
  FROM people_user WHERE username = 'client' RETURNING id
)
UPDATE people_person SET user_id = (SELECT id FROM made), chosen_language = 'en'
WHERE id = (SELECT id FROM person)
"""


def test_from_asking_to_an_assessment_begun(system: System, enter: Enter) -> None:
    with psycopg.connect(system.env["DATABASE_URL"], autocommit=True) as database:
        database.execute(_LET_IN)
    asker = enter("asker", PHONE).go("/my/")
    assert "You have no joint plan yet" in asker.page.inner_text("main")
    asks(asker)
    leader = enter("leader").go("/day/")
    the_leader_names_who_answers(leader)
    begins(enter("employment").go("/day/"))
    asker.go("/my/")
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
    section = leader.page.locator("#people-asking")
    assert "nobody is named yet" in section.inner_text()
    section.get_by_role("link").first.click()
    leader.check().click("Name who answers")
    leader.page.get_by_label("Who answers?").select_option(label="Eeva Employment")
    leader.press("Save")


def begins(worker: Visitor) -> None:
    worker.page.locator("#people-asking").get_by_role("link").first.click()
    assert "I am sent around." in worker.check().page.inner_text("main")
    worker.click("Begin the joint assessment")
    worker.page.get_by_label("Limits of the ability to work and function").check()
    worker.page.get_by_label("Why is consultation").fill("Money and health at once.")
    for name in ("Eeva Employment", "Sanna Social", "Kaarina Kela"):
        worker.page.get_by_role("checkbox", name=name).check()
    worker.press("Begin today")
    assert "The joint assessment has begun." in worker.page.inner_text("body")
