"""Every page has help in its own words, and a worker's first visit leads past what helps first."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from pages.help import HELP, case, clients_own, keeping, lists, own
from pages.templatetags.frame import NAVIGATION
from people.models import User
from tests.pages.routes import TABLE, all_routes
from tests.personas import PERSONAS, World

NO_PAGE = {
    "version_pdf": "a file", "meeting_ics": "a file", "attachment": "a file",
    "extract_file": "a file",
    "calendar_feed": "a file",
    "everything_json": "a file", "everything_pdf": "a file", "breach_letters_pdf": "a file",
    "own_request_letter": "a file", "person_asking_letter": "a file", "staff_file_csv": "a file",
}  # fmt: skip
"""What answers with no page of ours, and so has no help beside it."""


def test_every_page_somebody_opens_has_its_help_or_a_reason() -> None:
    opened = {
        name
        for name, pattern in all_routes()
        if name.startswith("pages:") and getattr(pattern.callback, "methods", None) != BUTTON
    }
    without = {name.removeprefix("pages:") for name in opened - set(HELP)}
    assert without == set(NO_PAGE)
    assert set(HELP) - set(TABLE) == set(), "help of no page"
    assert set(HELP) & {f"pages:{name}" for name in NO_PAGE} == set()


BUTTON = ("POST", "OPTIONS")


def test_a_page_has_one_help() -> None:
    parts = (case, clients_own, keeping, lists, own)
    names = [n for part in parts for names, _ in part.TEXTS for n in names]
    assert sorted(names) == sorted(set(names))


def test_help_is_short() -> None:
    for name, text in HELP.items():
        assert 40 < len(str(text)) < 260, name
        assert 1 <= str(text).count(". ") + 1 <= 3, name


def test_it_stands_on_the_page_and_on_no_error(world: World, login: Any) -> None:
    client = login("employment")
    page = client.get(reverse("pages:case", args=[world.case.pk])).content.decode()
    assert str(HELP["pages:case"])[:40] in page
    gone = login("outsider").get(reverse("pages:case", args=[world.case.pk]))
    assert "page-help" not in gone.content.decode()


def test_a_worker_comes_past_the_first_hour_once(world: World, login: Any) -> None:
    User.objects.filter(username="employment").update(welcomed_at=None)
    client = login("employment")
    assert client.get("/").url == reverse("pages:first_hour")
    page = client.get(reverse("pages:first_hour")).content.decode()
    for name, _label in NAVIGATION[world.actor("employment").kind]:
        assert f'href="{reverse(name)}"' in page
    assert reverse("pages:practise") in page
    assert client.get("/").url == reverse("pages:my_day")


def test_whoever_is_in_no_case_is_not_told_of_their_cases(world: World, login: Any) -> None:
    for username, told in (("employment", True), ("keeper", False), ("national", False)):
        page = login(username).get(reverse("pages:first_hour")).content.decode()
        assert ("You see the cases whose team you are on" in page) is told, username
        assert ("no case opens for you" in page) is not told, username


def test_no_link_of_ones_own_menu_leads_nowhere(world: World, login: Any) -> None:
    for username in PERSONAS:
        client = login(username)
        page = client.get(reverse("pages:log_ins")).content.decode()
        menu = page[re.search(r'"(?:user-menu|menu own-menu|client-foot)"', page).start() :]
        menu = menu[: menu.index("</ul>")]
        for address in re.findall(r'<a [^>]*href="([^"]+)"', menu):
            assert client.get(address).status_code == 200, (username, address)
