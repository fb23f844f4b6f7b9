"""Finding a case outside one's own teams, blind to whether there is one."""

from __future__ import annotations

import logging
import re
import statistics
import time
from itertools import combinations
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditRow
from cases import services
from cases.models import AccessRequest, RequestState
from cases.services import (
    ask_for_access,
    decline_access_request,
    find_own_case,
)
from common.clock import day_of
from common.crypto import search_hash
from common.decision import NotAllowed
from tests.cases.outside import (
    ASK,
    EMERGENCY,
    FIND,
    NOBODYS,
    WORKERS,
    asks,
    code_of,
    codes,
    opens,
)
from tests.personas import PERSONAS, World

__all__ = ["codes"]

CSRF = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]+"|"X-CSRFToken": "[^"]+"')


# Finding one's own


def test_a_code_leads_to_a_case_of_ones_own(world: World, login: Any) -> None:
    for persona in ("employment", "social", "kela"):
        answer = login(persona).post(FIND, {"identity_code": code_of(world.case.person)})
        assert answer["Location"] == f"/cases/{world.case.pk}/"


def test_a_code_is_found_as_people_write_it(world: World) -> None:
    code = code_of(world.case.person)
    found = find_own_case(
        actor=world.actor("social"), identity_code=f" {code.lower()} ", now=world.now
    )
    assert found == world.case


def test_a_case_that_ended_or_a_team_that_one_left_is_not_found(world: World) -> None:
    search = {"identity_code": code_of(world.case.person), "now": world.now}
    kela = world.actor("kela")
    services.end_team_term(
        actor=world.actor("employment"), case=world.case, user_id=kela.writer_id, now=world.now
    )
    assert find_own_case(actor=kela, **search) is None
    world.end_case()
    assert find_own_case(actor=world.actor("social"), **search) is None


def test_only_workers_find_ask_or_open(world: World, login: Any) -> None:
    code, before = code_of(world.case.person), AuditRow.objects.count()
    for persona in sorted(set(PERSONAS) - set(WORKERS)):
        for url in (FIND, ASK, EMERGENCY):
            assert login(persona).get(url).status_code == 404
            typed = {"identity_code": code, "reason": "r", "urgent": "life"}
            assert login(persona).post(url, typed).status_code == 404
        with pytest.raises(NotAllowed):
            find_own_case(actor=world.actor(persona), identity_code=code, now=world.now)
        with pytest.raises(NotAllowed):
            asks(world, by=persona)
        with pytest.raises(NotAllowed):
            opens(world, by=persona)
    assert AuditRow.objects.count() == before
    assert not AccessRequest.objects.exists()


# The same answer whether or not there is a case


@pytest.mark.parametrize(
    ("url", "more"),
    [(FIND, {}), (ASK, {"reason": "r"})],
)
def test_the_answer_is_the_same_to_the_byte_whether_or_not_there_is_a_case(
    world: World, login: Any, codes: dict[str, str], url: str, more: dict[str, str]
) -> None:
    answers = set()
    for code in codes.values():
        client = login("colleague")
        sent = client.post(url, {"identity_code": code, **more})
        page = client.get(sent["Location"])
        answers.add(
            (
                sent.status_code, sent["Location"], sent.content, tuple(sorted(sent.headers)),
                page.status_code, CSRF.sub("", page.content.decode()),
            )
        )  # fmt: skip
    assert len(answers) == 1


def test_an_emergency_that_opens_nothing_says_the_same_for_no_case_here_and_no_person(
    world: World, login: Any, codes: dict[str, str]
) -> None:
    answers = set()
    for kind in ("a case elsewhere", "a person without a case", "no person at all"):
        typed = {"identity_code": codes[kind], "urgent": "life", "reason": "r"}
        page = login("colleague").post(EMERGENCY, typed, follow=True)
        answers.add(CSRF.sub("", page.content.decode()))
    assert len(answers) == 1


def test_what_was_asked_before_does_not_show_to_the_one_who_asks_again(
    world: World, login: Any, codes: dict[str, str]
) -> None:
    answers = set()
    for kind in ("a case of others here", "no person at all"):
        for _time in range(2):
            client = login("colleague")
            page = client.post(ASK, {"identity_code": codes[kind], "reason": "again"}, follow=True)
            answers.add(CSRF.sub("", page.content.decode()))
    assert len(answers) == 1


def test_being_refused_looks_the_same_as_there_being_no_case(
    world: World, login: Any, codes: dict[str, str]
) -> None:
    def pages() -> list[str]:
        client = login("colleague")
        paths = (FIND, "/day/", "/cases/", f"/cases/{world.case.pk}/")
        return [CSRF.sub("", client.get(path).content.decode()) for path in paths]

    asks(world, identity_code=NOBODYS)
    before = pages()
    asked = asks(world)
    assert pages() == before
    decline_access_request(
        actor=world.actor("employment"), request_id=asked.pk, answer="No", now=world.now
    )
    assert pages() == before


def test_the_same_rows_are_written_whether_or_not_there_is_a_case(
    world: World, codes: dict[str, str]
) -> None:
    written = set()
    for code in codes.values():
        mark = AuditRow.objects.latest("pk").pk
        find_own_case(actor=world.actor("colleague"), identity_code=code, now=world.now)
        asked = asks(world, identity_code=code)
        rows = AuditRow.objects.filter(pk__gt=mark).order_by("pk")
        written.add(
            tuple(
                (tuple(row.subjects), row.kind, row.action, row.purpose, row.case_id, row.person_id)
                for row in rows
            )
        )
        assert (asked.case_id, asked.state) == (None, RequestState.OPEN)
        assert asked.code_hash == search_hash(code)
    assert len(written) == 1


def test_a_page_asks_the_database_the_same_whether_or_not_there_is_a_case(
    world: World, login: Any, codes: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    counts = set()
    client = login("colleague")
    client.post(FIND, {"identity_code": NOBODYS}, follow=True)
    for code in codes.values():
        with django_assert_max_num_queries(100) as queries:
            client.post(FIND, {"identity_code": code})
        counts.add(len(queries))
        client.get(FIND)
    assert len(counts) == 1


@pytest.mark.deep
def test_a_search_takes_as_long_whether_or_not_there_is_a_case(
    world: World, login: Any, codes: dict[str, str]
) -> None:
    client: Client = login("colleague")
    kinds = {
        kind: codes[kind]
        for kind in ("a case of others here", "a case elsewhere", "no person at all")
    }
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(210):
        for kind, code in kinds.items():
            start = time.perf_counter()
            answer = client.post(FIND, {"identity_code": code})
            spent = time.perf_counter() - start
            assert answer.status_code == 302
            client.get(FIND)  # takes the message away, so that the next begins alike
            if number >= 10:  # the first ones warm up
                took[kind].append(spent)
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    assert all(len(times) == 200 for times in took.values())
    for one, other in combinations(medians.values(), 2):
        assert max(one, other) / min(one, other) < 1.2, medians


# The code itself


@pytest.mark.parametrize("url", [FIND, ASK, EMERGENCY])
def test_a_code_in_an_address_searches_nothing(world: World, login: Any, url: str) -> None:
    code, before = code_of(world.case.person), AuditRow.objects.filter(purpose="search").count()
    answer = login("social").get(url, {"identity_code": code, "reason": "r", "urgent": "life"})
    assert answer.status_code == 200
    assert not answer.context["form"].is_bound
    assert AuditRow.objects.filter(purpose="search").count() == before


def test_the_code_stands_in_no_address_log_or_row(
    world: World, login: Any, caplog: pytest.LogCaptureFixture, codes: dict[str, str]
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = []
    for code in codes.values():
        typed = {"identity_code": code, "reason": "r", "urgent": "life"}
        for url in (FIND, ASK, EMERGENCY):
            for persona in ("social", "colleague"):
                answer = login(persona).post(url, typed, follow=True)
                seen += [answer.content.decode(), *(place for place, _s in answer.redirect_chain)]
    seen += [record.getMessage() for record in caplog.records]
    # Of the rows: what is written about a search, whole.
    for table in (AuditRow, AccessRequest):
        seen += [str(row) for row in table.objects.order_by("pk").values()]
    for code in codes.values():
        assert not [text for text in seen if code in text]


def test_an_error_in_the_middle_of_a_search_shows_the_code_nowhere(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_row: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("cases.services.temporary_access.record_search", broken)
    code = code_of(world.case.person)
    client = login("social")
    client.raise_request_exception = False
    for url in (FIND, ASK, EMERGENCY):
        answer = client.post(url, {"identity_code": code, "reason": "r", "urgent": "life"})
        assert answer.status_code == 500
        assert code not in answer.content.decode()
    assert "broken" in caplog.text
    assert code not in caplog.text


@pytest.mark.parametrize("typed", ["", "131052", "131052-308X", "320152-308T", "someone else"])
def test_what_is_no_code_is_said_at_its_field_and_searches_nothing(
    world: World, login: Any, typed: str
) -> None:
    before = AuditRow.objects.filter(purpose="search").count()
    for url in (FIND, ASK, EMERGENCY):
        answer = login("social").post(
            url, {"identity_code": typed, "reason": "r", "urgent": "life"}
        )
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["identity_code"]
    assert AuditRow.objects.filter(purpose="search").count() == before
    assert not AccessRequest.objects.exists()


def test_who_cannot_be_let_in_is_not_offered_as_somebody_who_may_read(
    world: World, login: Any
) -> None:
    """From another network: the page says so, and asks only why not."""
    asked = ask_for_access(
        actor=world.actor("outsider"), identity_code=code_of(world.case.person), reason="Moved.",
        now=world.now,
    )  # fmt: skip
    manager, url = login("employment"), f"/access-requests/{asked.pk}/"
    page = manager.get(url)
    assert "decision" not in page.context["form"].fields
    assert "not opened across networks" in page.content.decode()
    sent = {"decision": "give", "until": day_of(world.now).isoformat(), "answer": "They moved."}
    assert manager.post(url, sent).status_code == 302
    asked.refresh_from_db()
    assert asked.state == RequestState.REFUSED
