"""The accessibility statement: what Act 306/2019 wants it to say, and where it is found."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pages.accessibility.statement import ASSESSED_ON, SUPERVISOR
from people.models import AccessibilityFeedback
from tests.personas import World

FOOT = re.compile(r'<footer class="site-footer">.*?</footer>', re.DOTALL)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_says_what_the_law_wants(client: Client, db: None, language: str) -> None:
    """State, gaps, when and how it was assessed, a form, and who supervises."""
    client.cookies["django_language"] = language
    page = client.get("/accessibility/").content.decode()
    assert f'<html lang="{language}"' in page
    for said in (
        "306/2019",
        "WCAG 3.1.2",
        SUPERVISOR.email,
        SUPERVISOR.phone,
        str(SUPERVISOR.name),
    ):
        assert said in page or language != "en"
    for said in ("306/2019", SUPERVISOR.email, SUPERVISOR.phone, str(ASSESSED_ON.year)):
        assert said in page
    assert 'name="address"' in page
    assert 'name="text"' in page


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("", "/login/"), ("", "/accessibility/"), ("", "/nothing/here/"), ("client", "/my/"),
        ("client", "/nothing/here/"), ("employment", "/day/"), ("director", "/dashboard/"),
        ("association", "/shared/"),
    ],
)  # fmt: skip
def test_it_is_reached_from_the_foot_of_every_page(
    world: World, client: Client, login: Any, who: str, path: str
) -> None:
    page = (login(who) if who else client).get(path, follow=True).content.decode()
    found = FOOT.search(page)
    assert found is not None
    assert 'href="/accessibility/"' in found[0]


def test_anybody_says_what_does_not_work(db: None) -> None:
    """Without a log-in and from a browser that proves its forms; the form comes back with words."""
    stranger = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    proof = stranger.get("/accessibility/").context["csrf_token"]
    sent = {"csrfmiddlewaretoken": str(proof), "where": "My plan", "address": "a@example.com"}
    assert stranger.post("/accessibility/", {**sent, "text": " "}).context["form"].errors
    told = stranger.post("/accessibility/", {**sent, "text": "Too faint."}, follow=True)
    assert "Thank you." in told.content.decode()
    assert AccessibilityFeedback.objects.get().where == "My plan"


def test_nobody_floods_it(db: None, client: Client) -> None:
    """Five go through from one place; then one waits, and nothing is kept."""
    answers = [
        client.post("/accessibility/", {"text": f"Number {number}"}).status_code
        for number in range(8)
    ]
    assert answers[:5] == [302] * 5
    assert answers[-1] == 429
    assert AccessibilityFeedback.objects.count() < 8


def test_the_keeper_finds_what_is_late(world: World, login: Any) -> None:
    AccessibilityFeedback.objects.create(
        text="Too faint.", address="a@example.com", sent_at=world.now - timedelta(days=20),
        due_on=(world.now - timedelta(days=6)).date(),
    )  # fmt: skip
    keeper = login("keeper")
    for path in ("/installation/", "/accessibility/feedback/"):
        page = keeper.get(path).content.decode()
        assert "1 feedback waits for you." in page
        assert "overdue" in page
    feedback = AccessibilityFeedback.objects.get()
    keeper.post(f"/accessibility/feedback/{feedback.pk}/", {"answer": "Made darker."})
    assert "No feedback waits for you." in keeper.get("/installation/").content.decode()
