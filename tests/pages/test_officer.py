"""The data-protection officer: the table of grounds, the policy text, the clients' questions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from common.decision import NotAllowed
from consent.models import PolicyText
from consent.selectors import policy_versions
from consent.services import sign_ground
from tests.pages.officer import (
    asked,
    draft,
    standing,
    typed,
)
from tests.personas import PERSONAS, World

# Who


def test_only_the_officer_has_these_pages(world: World, login: Any) -> None:
    row, question = draft(world), asked(world, login)
    paths = [
        "/grounds/", "/grounds/export.csv", "/grounds/new/", f"/grounds/{row.pk}/",
        f"/grounds/{row.pk}/sign/", f"/grounds/{row.pk}/remove/",
        f"/grounds/{standing(world, 'plan_follow_up', 'kela').pk}/end/",
        "/policy/", "/policy/new/", "/questions/", f"/questions/{question.pk}/",
    ]  # fmt: skip
    for persona in PERSONAS:
        client = login(persona)
        want = 200 if persona == "officer" else 404
        for path in paths:
            assert client.get(path).status_code == want, (persona, path)
            if persona != "officer":
                assert client.post(path, typed(world)).status_code == 404, (persona, path)
    row.refresh_from_db()
    assert not row.is_signed


def test_the_officer_begins_with_the_questions(world: World, login: Any) -> None:
    answer = login("officer").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/questions/")
    page = login("officer").get("/questions/").content.decode()
    for path in ("/questions/", "/grounds/", "/breaches/"):
        assert f'href="{path}"' in page


def test_the_officer_sees_no_case(world: World, login: Any) -> None:
    officer = login("officer")
    for path in (f"/cases/{world.case.pk}/", "/cases/", f"/api/v1/cases/{world.case.pk}/"):
        assert officer.get(path).status_code == 404


# The policy text


def test_a_new_text_is_published_in_every_language_and_read_from_then_on(
    world: World, login: Any
) -> None:
    officer, before = login("officer"), policy_versions()[0]
    page = officer.get("/policy/new/")
    assert page.context["form"].initial["sv"] == before.text_in("sv")
    answer = officer.post("/policy/new/", {"fi": "UUSI", "sv": " ", "en": "NEW"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["sv"]
    assert "UUSI" in answer.content.decode()
    officer.post("/policy/new/", {"fi": "UUSI", "sv": "NY", "en": "NEW <b>"})
    now = policy_versions()[0]
    assert (now.number, now.published_by) == (before.number + 1, "Oona Officer")
    assert [text.language for text in now.texts] == ["fi", "sv", "en"]
    page = officer.get("/policy/").content.decode()
    assert "NEW &lt;b&gt;" in page
    assert before.text_in("fi")[:40] in page  # the earlier version can still be read
    page = login("client").get("/my/who-sees/4/kela/").content.decode()
    assert "NEW &lt;b&gt;" in page
    assert PolicyText.objects.filter(version=before.number).count() == 3


# What a worker may record


def test_a_form_offers_only_the_kinds_its_actor_may_record(world: World, login: Any) -> None:
    """Details of benefits are Kela's to record, own assessments the client's."""
    paths = [
        f"/cases/{world.case.pk}/goals/new/", f"/goals/{world.own_goal.pk}/actions/new/",
        f"/cases/{world.case.pk}/services/new/",
    ]  # fmt: skip
    for persona, benefits in (("employment", False), ("social", False), ("kela", True)):
        for path in paths:
            field = login(persona).get(path).context["form"].fields["category"]
            offered = {code for code, _label in field.choices}
            assert ("benefits_detail" in offered) == benefits, (persona, path)
            assert "self_assessment" not in offered
            assert "plan_follow_up" in offered
    sent = {"text": "G", "category": "benefits_detail"}
    answer = login("employment").post(paths[0], sent)
    assert list(answer.context["form"].errors) == ["category"]
    assert login("kela").post(paths[0], sent).status_code == 302


def test_only_the_officer_writes_the_table(world: World) -> None:
    row = draft(world)
    for persona in PERSONAS:
        if persona == "officer":
            continue
        with pytest.raises(NotAllowed):
            sign_ground(actor=world.actor(persona), ground_id=row.pk, signed_by="X", now=world.now)


def test_the_officers_main_links_are_few_and_lead_to_every_page_of_theirs(
    world: World, login: Any
) -> None:
    officer = login("officer")
    for path, link, inside in (
        ("/policy/", "Grounds", "/grounds/"), ("/exports/", "Data breaches", "/breaches/"),
    ):  # fmt: skip
        page = officer.get(path).content.decode()
        menu = page[page.index("<nav") : page.index("</nav>")]
        assert menu.count("<a ") <= 5
        assert re.search(rf'aria-current="true"[^>]*>\s*{link}', menu), path
        assert f'href="{path}"' in officer.get(inside).content.decode()
