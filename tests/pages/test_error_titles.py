"""Where a form comes back, the page's title says so first: it is what is heard first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.heard import title_of
from tests.personas import World

ERROR = {"fi": "Virhe: ", "sv": "Fel: ", "en": "Error: "}
FORMS = [("client", "/my/goals/new/"), ("employment", "/cases/{}/goals/new/")]


@pytest.mark.parametrize("language", ERROR)
@pytest.mark.parametrize(("who", "path"), FORMS)
def test_a_form_that_comes_back_says_so_in_the_title(
    world: World, login: Any, who: str, path: str, language: str
) -> None:
    client, path = login(who), path.format(world.case.pk)
    client.cookies["django_language"] = language
    before = title_of(client.get(path).content.decode())
    back = client.post(path, {"text": ""})
    assert back.context["form"].errors
    assert title_of(back.content.decode()) == ERROR[language] + before


def test_a_wrong_password_says_so_in_the_title(db: None, client: Any) -> None:
    back = client.post("/login/", {"username": "client", "password": "wrong"})
    assert title_of(back.content.decode()).startswith(("Error: ", "Virhe: "))


def test_what_was_refused_without_a_form_is_said_by_the_next_page(world: World, login: Any) -> None:
    """As a letter to try whether letters arrive, asked for twice within a minute."""
    keeper = login("keeper")
    for begins in ("Letters", "Error: "):
        page = keeper.post("/installation/letter/send/", follow=True).content.decode()
        assert title_of(page).startswith(begins) or begins == "Letters"
