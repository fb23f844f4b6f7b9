"""Every page a worker reads or writes on says whom it is about, and whether that may be told on."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from caseplan.intake.models import AssessmentReferral
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of
from common.crypto import decrypt
from consent.models import Category, Ground
from consent.services import end_ground
from pages import printing
from pages.case.tabs import TABS
from people.models import Person, User
from tests.looks import looks_at
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.reading import without_help
from tests.pages.routes import TABLE
from tests.personas import World

__all__ = ["asked", "trigger"]  # the fixtures

pytestmark = pytest.mark.usefixtures("printed_as_written")
WORKERS = ("employment", "social", "kela")
MARK = "Non-disclosure"
MEANS = "Do not tell anybody their phone number"
# Where a worker is not in one client's case: lists of many (tested below), work of their own, what
# a client alone sees, files. A handover tells no name before it is accepted (only to its giver).
ABOUT_NOBODY = {
    "home", "about", "accessibility", "processing", "processing_body", "contact", "how_are_things",
    "my_day", "cases", "recent", "calendar", "calendar_program", "cases_csv",
    "triggers", "triggers_csv", "chosen_give", "chosen_snooze", "filter_change", "deaths",
    "covers", "cover_new", "cover_for",
    "hand_over_several", "handovers", "cases_came",
    "assessments_import", "board", "board_csv", "attachment", "meeting_ics", "version_pdf",
    "plan_paper", "people_paper", "grants_paper", "privacy",
    "templates", "template_new", "template", "case_find", "access_ask", "emergency",
    "people_asking", "own_request_paper", "person_asking_letter", "consultations",
    "consultation_new", "consultation", "consultation_answer",
    "need_new", "need_refer", "referrals",
    "imports_waiting", "log_ins", "enter_code", "passkey_log_in", "stronger", "own_address",
    "second_factor", "second_factor_app", "my_own_use", "first_hour", "practise", "feedback",
}  # fmt: skip

# Led to from a letter, the foot of every page or another site, or between a form and its answer.
IN_NO_MENU = {
    "about", "processing", "processing_body", "how_are_things", "stronger", "enter_code",
    "accessibility", "second_factor", "second_factor_app", "passkey_log_in", "privacy",
}  # fmt: skip


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page)))


def pages_about_one(
    world: World,
    login: Any,
    trigger: tuple[Any, str],
    asked: dict[str, Any],
    *,
    by_all: bool = False,
) -> list[tuple[str, str, str]]:
    """Route, who read it, and what it answered, of every worker's page under a case or trigger.

    Each page by one of the bodies that it opens to, in turn; the deep run opens it ``by_all``.
    """
    found = []
    clients = {who: login(who) for who in WORKERS}
    places = places_of(world, trigger, asked)
    routes = [r for r in TABLE if r.startswith("pages:") and r.split(":")[1] not in ABOUT_NOBODY]
    for number, route in enumerate(routes):
        turn = number % len(WORKERS)
        readers = [w for w in WORKERS[turn:] + WORKERS[:turn] if TABLE[route].to(w) == 200]
        for who in readers if by_all else readers[:1]:
            url = reverse(route, args=places[route])
            answer = clients[who].get(url)
            assert answer.status_code == 200, route
            found.append((route, who, without_help(answer.content.decode())))
    assert len(found) > (130 if by_all else 55)
    assert {who for _route, who, _page in found} == set(WORKERS)
    return found


def close_names(world: World) -> None:
    """Nobody is shown a name any more."""
    rows = Ground.objects.filter(
        category=Category.IDENTITY_CONTACT, valid_to=None, signed_at__isnull=False
    )
    for row in rows:
        end_ground(
            actor=system_actor("test"), ground_id=row.pk, now=world.now,
            last_day=day_of(world.now) - timedelta(days=1),
        )  # fmt: skip


def is_before_a_case(route: str) -> bool:
    """Whether it is of somebody on the worklist, who was referred, or who asks for themselves."""
    return any(
        part in route
        for part in ("trigger", "by_hand", "person_asking", "referral", "person_decline")
    )


def main_link(route: str) -> str:
    """The link of the menu that a page about somebody stands below."""
    return "/triggers/" if is_before_a_case(route) else "/cases/"


def persons(world: World, trigger: tuple[Any, str]) -> tuple[Person, Person]:
    return Person.objects.get(pk=world.case.person_id), Person.objects.get(pk=trigger[0])


def says_whose_it_is(route: str, page: str, about: Person, *, protected: bool) -> Iterator[str]:
    """What is missing on a page about one, or stands where it should not."""
    said = text_of(page)
    title = page.split("<title>")[1].split("</title>", maxsplit=1)[0]
    if not all(n in said for n in (about.last_name, about.first_names, str(about.birth_date.year))):
        yield "not whose it is"
    if about.last_name in title or about.first_names in title:
        yield "the name in the title"
    if (MARK in said) is not protected or (MEANS in said) is not protected:
        yield "the mark"
    if f'href="{main_link(route)}" aria-current=' not in page:
        yield "the menu does not say where one is"


def has_its_bar_and_tabs(page: str, labels: list[str]) -> Iterator[str]:
    """What is missing of the bar of a case, its tabs and the mark in the main menu."""
    bar = page.rsplit('<div class="case-bar">', maxsplit=1)[-1].split("</nav>", maxsplit=1)[0]
    menu, tabs = page.split('class="navigation"')[1], bar.split("case-tabs")[-1]
    shown = re.findall(r'data-key="(.)"( aria-current="\w+")?>([^<]*)', tabs)
    if [label.strip() for _key, _current, label in shown] != labels:
        yield "the tabs"
    if [bool(current) for _key, current, _label in shown].count(True) != 1:
        yield "which tab it stands under"
    if "Waits for" not in bar or ("Plan due" not in bar and "Review due" not in bar):
        yield "who waits, and the next day"
    if not re.search(r'href="/cases/" aria-current="true"', menu.split("</nav>")[0]):
        yield "the main menu"
    if page.count("<h1") != 1:
        yield "one heading of the page"


@pytest.mark.parametrize("by_all", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_every_page_and_form_about_somebody_protected_says_whose_it_is_and_the_mark(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any], by_all: bool
) -> None:
    """Of whom is not protected: ``test_every_page.py``."""
    Person.objects.update(non_disclosure=True)
    client, found = persons(world, trigger)
    referred = AssessmentReferral.objects.get(pk=asked["referral"]).person
    wrong = []
    for route, who, page in pages_about_one(world, login, trigger, asked, by_all=by_all):
        about = found if is_before_a_case(route) else client
        about = referred if "referral" in route else about
        wrong += [
            f"{route} {who}: {what}"
            for what in says_whose_it_is(route, page, about, protected=True)
        ]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_tab_has_a_letter_of_its_own(language: str) -> None:
    with override(language):
        letters = [str(kind.key) for kind in TABS]
    assert all(len(letter) == 1 and letter.isalpha() for letter in letters)
    assert len(set(letters)) == len(TABS)


def test_a_protected_number_is_shown_by_a_click_that_is_logged(world: World, login: Any) -> None:
    person = Person.objects.filter(pk=world.case.person_id)
    person.update(phone="040 777 1234")
    worker, path = login("kela"), f"/cases/{world.case.pk}/"
    assert "040 777 1234" in worker.get(path).content.decode()
    person.update(non_disclosure=True)
    for page in (path, f"{path}messages/", f"{path}plan/"):
        assert "777 1234" not in worker.get(page).content.decode(), page
    shown = worker.get(f"{path}phone/").content.decode()
    assert "040 777 1234" in shown
    assert looks_at(world.case.pk)[-1].action == "contact_opened"
    assert shown.split("040 777 1234")[0].rsplit("<p", 1)[1].startswith(' class="no-print"')
    close_names(world)
    assert "777 1234" not in worker.get(f"{path}phone/").content.decode()


@pytest.mark.parametrize("by_all", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_where_the_name_is_not_open_the_page_says_just_that_and_it_stands_nowhere(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any], by_all: bool
) -> None:
    """Neither as the writer of a message, nor as who signed, nor in what is told of changes."""
    client = persons(world, trigger)[0]
    assert client.user_id is not None
    # The client writes, answers, signs by a name that nobody else has.
    Person.objects.filter(pk=client.pk).update(last_name="Ainokainen", first_names="Yksi Vain")
    User.objects.filter(pk=client.user_id).update(last_name="Ainokainen", first_name="Yksi Vain")
    places = places_of(world, trigger, asked)
    for route in ("pages:thread", "pages:version", "pages:case", "pages:case_history"):
        url = reverse(route, args=places[route])
        assert "Ainokainen" in text_of(login("social").get(url).content.decode()), route
    Person.objects.update(non_disclosure=True)
    close_names(world)
    for route, who, page in pages_about_one(world, login, trigger, asked, by_all=by_all):
        if is_before_a_case(route):
            continue  # whoever may know somebody before a case knows the name by that
        said = text_of(page)
        head = page.split('<div class="case-bar">' if "case-bar" in page else "<aside")[1]
        head = text_of("<" + re.split("<dl|</aside>", head, maxsplit=1)[0])
        assert "Name not shown" in head, f"{route} {who}"
        assert not re.search("Ainokainen|Yksi Vain", page), f"{route} {who}"
        assert f"born {client.birth_date.year}" not in said, f"{route} {who}"
        assert MARK not in said, f"{route} {who}"


@pytest.mark.parametrize("path", ["goals/new/", "messages/new/", "hand-over/", "invite/", "team/"])
def test_the_name_at_the_head_of_a_form_is_logged_once(world: World, login: Any, path: str) -> None:
    client = login("employment")
    before = len(looks_at(world.case.pk))
    client.get(f"/cases/{world.case.pk}/{path}")
    *earlier, last = looks_at(world.case.pk)
    assert len(earlier) == before
    assert Category.IDENTITY_CONTACT in last.categories
    assert last.grounds[Category.IDENTITY_CONTACT]


def test_a_page_that_shows_the_name_anyway_is_logged_no_second_time(
    world: World, login: Any
) -> None:
    client = login("employment")
    for url in (f"/cases/{world.case.pk}/meetings/", f"/goals/{world.joint_goal.pk}/"):
        before = len(looks_at(world.case.pk))
        assert client.get(url).status_code == 200
        assert len(looks_at(world.case.pk)) == before + 1, url


def namesake(world: World) -> Person:
    """Another client of the same name in the lists of the same worker."""
    other = Case.objects.filter(ended_at__isnull=True, network_id=world.case.network_id).exclude(
        pk=world.case.pk
    ).order_by("pk")[0]  # fmt: skip
    mine = world.case.person
    Person.objects.filter(pk=other.person_id).update(
        last_name=mine.last_name, first_names=mine.first_names, sort_key=mine.sort_key,
        birth_date=date(1951, 5, 6), non_disclosure=True,
    )  # fmt: skip
    return Person.objects.get(pk=other.person_id)


@pytest.mark.parametrize("path", ["/day/", "/cases/", "/commitments/", "/triggers/?within=0"])
def test_wherever_a_client_stands_in_a_list_the_year_of_birth_stands_beside(
    world: World, login: Any, path: str, asked: dict[str, Any]
) -> None:
    """Also in what is asked: of access, of a correction, of a body; in meetings and messages."""
    Person.objects.update(non_disclosure=True)
    for who in WORKERS:
        said = text_of(login(who).get(path).content.decode())
        for person in Person.objects.all():
            name = f"{person.last_name}, {person.first_names}"
            if name in said:
                after = said.count(f"{name} born {person.birth_date.year} {MARK}")
                assert said.count(name) == after, f"{path} {who}: {name}"
    if path != "/triggers/?within=0":
        mine = Person.objects.get(pk=world.case.person_id)
        whole = text_of(login("employment").get(path).content.decode())
        assert f"{mine.last_name}, {mine.first_names} born {mine.birth_date.year} {MARK}" in whole


def test_two_of_one_name_are_told_apart_in_every_list_and_file(world: World, login: Any) -> None:
    other = namesake(world)
    mine = world.case.person
    worker = login("kela")
    said = text_of(worker.get("/cases/").content.decode())
    name = f"{mine.last_name}, {mine.first_names}"
    assert f"{name} born {mine.birth_date.year}" in said
    assert f"{name} born 1951 {MARK}" in said
    file = worker.post("/cases/export.csv", {"reason": "my_work"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    told = {(r["Client"], r["Born"], r[MARK]) for r in rows if r["Client"] == name}
    assert told == {(name, str(mine.birth_date.year), ""), (name, "1951", MARK)}
    plans = worker.get("/api/v1/plans/").json()["results"]
    cases = worker.get("/api/v1/cases/").json()["results"]
    for rows in (plans, cases):
        assert {(r["birth_year"], r["non_disclosure"]) for r in rows} >= {(1951, True)}
    assert other.pk != mine.pk


def test_two_of_one_name_and_one_year_are_told_apart_by_the_day(world: World, login: Any) -> None:
    """In lists, in files, and over every page and confirmation of either."""
    other, mine = namesake(world), world.case.person
    born = mine.birth_date
    day = born.day % 28 + 1
    Person.objects.filter(pk=other.pk).update(birth_date=born.replace(day=day))
    worker = login("kela")
    name = f"{mine.last_name}, {mine.first_names}"
    said = text_of(worker.get("/cases/").content.decode())
    file = worker.post("/cases/export.csv", {"reason": "my_work"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    for on in (born, born.replace(day=day)):
        whole = f"{on.day}.{on.month}.{on.year}"
        assert f"{name} born {whole}" in said
        assert whole in {row["Born"] for row in rows if row["Client"] == name}
    others = {row["Born"] for row in rows if row["Client"] != name}
    assert all(len(year) == 4 for year in others)
    form = text_of(worker.get(f"/cases/{world.case.pk}/messages/new/").content.decode())
    assert f"born {born.day}.{born.month}.{born.year}" in form


@pytest.mark.parametrize("path", ["/triggers/export.csv", "/commitments/export.csv"])
def test_files_hold_the_year_and_the_mark(world: World, login: Any, path: str) -> None:
    Person.objects.update(non_disclosure=True)
    file = login("employment").post(path, {"reason": "my_work"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    assert rows
    years = {str(year) for year in Person.objects.values_list("birth_date__year", flat=True)}
    for row in rows:
        assert row["Born"] in years
        assert row[MARK] == MARK


def test_the_whole_day_of_birth_stands_where_one_makes_sure_who_it_is(
    world: World, login: Any, trigger: tuple[Any, str]
) -> None:
    client, found = persons(world, trigger)
    worker = login("employment")

    def day(person: Person) -> str:
        on = person.birth_date
        return f"born {on.day}.{on.month}.{on.year}"

    for name in ("trigger", "trigger_open", "trigger_decline"):
        page = worker.get(reverse(f"pages:{name}", args=trigger)).content.decode()
        assert day(found) in text_of(page), name
    code = decrypt(client.identity_code_encrypted)
    opened = worker.post("/cases/", {"q": code}, follow=True).content.decode()
    assert day(client) in text_of(opened)
    assert day(client) not in text_of(worker.get("/cases/").content.decode())


def test_an_outside_party_reads_the_mark_and_gets_no_way_to_reach_the_client(
    world: World, login: Any
) -> None:
    Person.objects.filter(pk=world.case.person_id).update(
        non_disclosure=True, email="aino@example.org", phone="+358 40 777 1234"
    )
    for path in ("/shared/", f"/shared/{world.case.pk}/"):
        page = login("association").get(path).content.decode()
        assert MARK in text_of(page), path
        assert "aino@example.org" not in page
        assert "777 1234" not in page
    assert MEANS in text_of(page)


def test_the_printed_plan_of_a_worker_bears_the_mark(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    render = printing.render_to_string
    monkeypatch.setattr(
        printing, "render_to_string", lambda *a, **k: drawn.append(render(*a, **k)) or drawn[-1]
    )
    Person.objects.filter(pk=world.case.person_id).update(non_disclosure=True)
    for who in ("social", "client"):
        login(who).get(f"/versions/{world.version.pk}/plan.pdf?lang=en")
    assert MARK in text_of(drawn[0])
    assert str(world.case.person.birth_date.year) in text_of(drawn[0])
    assert MARK not in text_of(drawn[1])
