"""The log is no measure of anybody's work (docs/adr/0023): who reads it is named here, and why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.db import connection, reset_queries, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.actor import Actor
from tests.pages.asked import ask_for_everything
from tests.pages.due import somebody_due
from tests.pages.places import places_of
from tests.pages.routes import TABLE
from tests.personas import World

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "api", "benefits", "caseplan", "cases", "components", "consent", "evaluation", "followup",
    "inbox",
    "operations", "pages", "people", "records", "rights", "web",
)  # fmt: skip
READS_THE_LOG = re.compile(
    r"\bAuditRow\b|\baudit\.selectors\b|\baudit_auditrow\b|\baudit\.visits\b"
)
# Who reads the log above the room that keeps it, and for whom.
READERS = {
    "benefits/services/imports.py": "the director, at their own: not too many in a day",
    "caseplan/intake/services/beginning.py": "who types identity codes, at their own: not too many",
    "people/selectors/accounts.py": "the officer, who let whom in; no looks",
    "people/selectors/machines.py": "the officer and the keeper, a system's calls in numbers",
    "people/selectors/log_ins.py": "whose account it is, and the officer: log-ins, no looks",
    "rights/access.py": "the client, one look at their own case to ask about",
    "rights/selectors/exports.py": "the officer, who had extracts checked; no looks",
    "rights/selectors/examining.py": "the officer, one account in one period, with a reason kept",
    "rights/selectors/questions.py": "the officer, whose body looked where a client asks",
    "rights/selectors/visits.py": "the client, who has visited their information, a line a visit",
}
# The one module of them that reads by account.
BY_ACCOUNT = {"rights/selectors/examining.py"}


def sources() -> dict[str, str]:
    """Every module and statement of the rooms above the log, by path."""
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for room in ROOMS
        for kind in ("py", "sql")
        for path in (ROOT / room).rglob(f"*.{kind}")
        if "migrations" not in path.parts
    }


def test_nobody_reads_the_log_but_for_the_client_and_the_officer() -> None:
    found = {path for path, text in sources().items() if READS_THE_LOG.search(text)}
    assert found == set(READERS)


def test_one_module_asks_what_an_account_did() -> None:
    found = {path for path, text in sources().items() if "accesses_by(" in text}
    assert found == BY_ACCOUNT


def test_no_page_of_a_leader_or_a_director_reads_the_log(
    world: World, login: Any, office_leader: Actor
) -> None:
    """Nothing that is drawn for whoever leads others comes from what those others were shown."""
    asked, trigger = ask_for_everything(world), somebody_due(world)
    places = places_of(world, trigger, asked)
    readers = []
    for persona in ("director", "office_leader"):
        client = login(persona)
        for name in TABLE.keys() - {"pages:log_ins"}:  # what happened with one's own account
            url = reverse(name, args=places[name])
            reset_queries()  # what is kept is 9,000 statements in all: the later ones would be lost
            with CaptureQueriesContext(connection) as made, transaction.atomic():
                client.get(url)
                transaction.set_rollback(True)
            if any(re.search(r'FROM "?audit_', query["sql"]) for query in made):
                readers.append(f"{name} {persona}")
    assert readers == []
