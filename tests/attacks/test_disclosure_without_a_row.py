"""A worker looks for the page that tells something of a client and leaves no row: there is none.

Every text that stands with anybody becomes a word of its own. Then every route is opened by every
persona, and sent an empty form: whose words an answer holds, of them the log got a row in that
request, with the kinds of information that the words are of.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditKind, AuditRow
from audit.shown import accesses_in
from caseplan.meetings.models import Participant
from caseplan.plan.models import VersionItem
from cases.models import Case, EmergencyReason
from cases.services import open_in_emergency
from consent.models import Category
from people.models import FormerName, Person, User
from tests.cases.outside import code_of
from tests.consent.test_sweep import text_of
from tests.pages.asked import ask_for_everything
from tests.pages.due import somebody_due
from tests.pages.places import places_of
from tests.pages.routes import TABLE
from tests.pages.states import Stage, follow_up, mapping
from tests.personas import PERSONAS, World

pytestmark = pytest.mark.usefixtures("menu_counted_once", "printed_as_written")
WORD = re.compile(r"WD(\d+)E")

# Texts that are codes, keys or the law's, not anybody's words.
NO_WORDS = {
    "changed_by", "chosen_language", "code_hash", "content_type", "history_change_reason",
    "history_type", "identity_code_hash", "instrument", "language", "municipality_code",
    "password", "review_section", "rule", "secret_hash", "sort_key", "statute", "subject_type",
    "username", "version",
}  # fmt: skip
# The texts of a version of the plan.
FROZEN = {"text", "name", "provider", "strengths", "job_search_duty", "follow_up"}
NAMES = (Person, FormerName, User)


@dataclass(frozen=True)
class About:
    """Whose a planted word is, and of which kind of information; None: of any."""

    person_id: UUID
    category: str | None
    where: str
    account: str = ""


@dataclass
class Planted:
    """Every planted word by its number."""

    words: dict[str, About] = field(default_factory=dict)

    def mark(self, person_id: UUID, category: str | None, where: str, account: str = "") -> str:
        number = str(len(self.words) + 100)
        self.words[number] = About(person_id, category, where, account)
        return f"WD{number}E"

    def found_in(self, text: str) -> set[About]:
        return {self.words[number] for number in WORD.findall(text) if number in self.words}


def plant_everywhere() -> Planted:
    """A word of its own in every text of every row that hangs on a person or a case."""
    planted = Planted()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _plant(planted)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET ROLE yhdessa_web")
    return planted


@contextmanager
def past_the_rules(table: str) -> Iterator[None]:
    """With the triggers of a table off: into what stands for good, too, words can be planted."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _plant(planted: Planted) -> None:
    person_of = dict(Case.objects.values_list("pk", "person_id"))
    user_is = dict(Person.objects.exclude(user=None).values_list("user_id", "pk"))
    for model in apps.get_models():
        whose = _whose(model, person_of, user_is)
        names = [f.attname for f in model._meta.concrete_fields if _is_text(f)]
        if whose is None or not names:
            continue
        with past_the_rules(model._meta.db_table):
            for row in model._default_manager.order_by("pk"):
                person_id = whose(row)
                if person_id is not None:
                    _plant_in(planted, row, names, person_id)
    with past_the_rules(VersionItem._meta.db_table):
        for item in VersionItem.objects.order_by("pk"):
            content = {
                key: planted.mark(person_of[item.case_id], item.category, f"frozen {key}")
                if isinstance(value, str) and key in FROZEN
                else value
                for key, value in item.content.items()
            }
            VersionItem.objects.filter(pk=item.pk).update(content=content)


def _kind_of(row: models.Model) -> str | None:
    """Of which kind of information a row's words are; None: no kind holds them by the list."""
    if isinstance(row, NAMES):
        return Category.IDENTITY_CONTACT
    if isinstance(row, Participant):
        return row.meeting.category
    of_a_case = any(f.name == "case" for f in row._meta.concrete_fields)
    return getattr(row, "category", Category.CASE_HANDLING if of_a_case else None)


def _plant_in(planted: Planted, row: models.Model, names: list[str], person_id: UUID) -> None:
    """Into the texts of a row that are not empty."""
    model = type(row)
    account = f"user:{row.pk}" if model is User else ""
    category = _kind_of(row)
    words = {
        name: planted.mark(person_id, category, f"{model._meta.label}.{name}", account)
        + ("@example.org" if name == "email" else "")
        for name in names
        if getattr(row, name)
    }
    if words:
        model._default_manager.filter(pk=row.pk).update(**words)


def _is_text(field: models.Field[Any, Any]) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and field.name not in NO_WORDS
    )


def _whose(
    model: type[models.Model], person_of: dict[Any, UUID], user_is: dict[Any, UUID]
) -> Callable[[Any], UUID | None] | None:
    """How a row of a model says whose it is; None where it hangs on nobody."""
    if model._meta.app_label in {"audit", "sessions"}:
        return None
    names = {f.name for f in model._meta.concrete_fields}
    if model is Person:
        return lambda row: row.pk
    if model is User:
        return lambda row: user_is.get(row.pk)
    if model is Participant:
        return lambda row: person_of[row.meeting.case_id]
    if "case" in names:
        return lambda row: person_of.get(row.case_id)
    if "person" in names:
        return lambda row: row.person_id
    if model is Case:
        return lambda row: row.person_id
    if "flag" in names:
        return lambda row: row.flag.person_id
    return None


@dataclass(frozen=True)
class Told:
    """One answer that held somebody's word without a row that says so."""

    route: str
    persona: str
    where: str

    def __str__(self) -> str:
        return f"{self.route} {self.persona}: {self.where}"


def newest_row() -> int:
    return AuditRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def shown_since(number: int, *, actor: str) -> dict[UUID, set[str]]:
    """Of whom the log says that an account was shown something after a row, and which kinds."""
    shown: dict[UUID, set[str]] = {}
    rows = AuditRow.objects.filter(pk__gt=number, actor=actor, kind=AuditKind.ACCESS)
    looks = [look for row in rows.order_by("pk") for look in accesses_in(row) if look.subject]
    persons = dict(Case.objects.filter(pk__in=[look.subject for look in looks])
                   .values_list("pk", "person"))  # fmt: skip
    for look in looks:
        assert look.subject is not None
        shown.setdefault(persons.get(look.subject, look.subject), set()).update(look.categories)
    return shown


def told_without_a_row(
    planted: Planted, name: str, url: str, persona: str, client: Client
) -> Iterator[Told]:
    """What an address told a persona, opened and sent an empty form, that the log does not say."""
    actor = f"user:{User.objects.get(username=persona).pk}"
    status, told = 0, set[About]()
    for method in ("get", "post"):
        # The same page drawn by a form that is refused says the same as before: sent where
        # there was something to say, or nothing to be opened.
        if method == "post" and status == 200 and not told:
            continue
        with transaction.atomic():
            before = newest_row()
            answer = getattr(client, method)(url)
            shown = shown_since(before, actor=actor)
            transaction.set_rollback(True)
        status, told = answer.status_code, planted.found_in(text_of(answer))
        for about in told:
            if about.account == actor:
                continue  # how somebody's own account is called at the head of their page
            kinds = shown.get(about.person_id)
            if kinds is None or (about.category and about.category not in kinds):
                yield Told(f"{method} {name}", persona, f"{about.where} ({about.category})")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Hundreds of answers are 403 and 405, as they should be: none of them is news."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def told_to(planted: Planted, addresses: dict[str, str], clients: dict[str, Client]) -> set[Told]:
    """Whatever the addresses tell each persona that the log does not say."""
    return {
        told
        for persona, client in clients.items()
        for name, url in addresses.items()
        for told in told_without_a_row(planted, name, url, persona, client)
    }


def in_words(found: set[Told]) -> str:
    return "\n".join(sorted(str(told) for told in found))


# One of each kind of reader, who are shown most; the others read the same pages of fewer rows.
SHOWN_MOST = ("employment", "client", "director", "officer", "association")


EVERYBODY_ELSE = tuple(persona for persona in PERSONAS if persona not in SHOWN_MOST)


@pytest.mark.parametrize(
    "personas",
    [
        pytest.param(SHOWN_MOST, id="shown most"),
        pytest.param(EVERYBODY_ELSE, id="everybody else", marks=pytest.mark.deep),
    ],
)
def test_no_page_tells_of_anybody_without_a_row_that_says_so(
    world: World, login: Any, personas: tuple[str, ...]
) -> None:
    places = places_of(world, somebody_due(world), ask_for_everything(world))
    addresses = {name: reverse(name, args=args) for name, args in places.items()}
    planted = plant_everywhere()
    found = set()
    for persona in personas:
        opens = {name: url for name, url in addresses.items() if TABLE[name].to(persona) != 404}
        found |= told_to(planted, opens, {persona: login(persona)})
    assert found == set(), in_words(found)


def of_the_case(stage: Stage) -> dict[str, str]:
    """The addresses that name a thing of the case, and the lists that it may stand in."""
    return {
        name: reverse(name, args=args)
        for name, args in stage.places.items()
        if args or name in {"pages:my_day", "pages:cases", "pages:my_page", "pages:my_plan"}
    }


@pytest.mark.deep
@pytest.mark.parametrize("state", [mapping, follow_up])
def test_no_other_way_to_a_case_tells_of_it_without_a_row(
    world: World, login: Any, state: Callable[[World], Stage]
) -> None:
    """Opened in an emergency, read with the client present, and read when it has ended."""
    stage = state(world)
    case_page = reverse("pages:case", args=[world.case.pk])
    if state is follow_up:
        clients = {"employment": login("employment"), "client": login("client")}
    else:
        open_in_emergency(
            actor=world.actor("colleague"), identity_code=code_of(world.case.person),
            urgent=EmergencyReason.LIFE, reason="The door was open.", now=world.now,
        )  # fmt: skip
        clients = {"colleague": login("colleague"), "social": login("social")}
        clients["social"].post(reverse("pages:with_client", args=[world.case.pk]))
        assert "The client is present" in clients["social"].get(case_page).content.decode()
    planted = plant_everywhere()
    staff = [client for persona, client in clients.items() if persona != "client"]
    for reads in staff:
        assert planted.found_in(text_of(reads.get(case_page))), "there is something to find"
    found = told_to(planted, of_the_case(stage), clients)
    assert found == set(), in_words(found)
