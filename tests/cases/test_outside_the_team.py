"""Finding, asking for and opening a case outside one's own teams, blind to whether there is one."""

from __future__ import annotations

import logging
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from audit.models import AuditRow, Purpose
from cases import services
from cases.access import visible_to
from cases.lifecycle import CaseState
from cases.models import AccessRequest, Case, EmergencyReason, RequestState, TemporaryAccess
from cases.selectors import access_requests_for
from cases.services import (
    accept_access_request,
    ask_for_access,
    clear_expired_access,
    decline_access_request,
    find_own_case,
    move_case,
    open_in_emergency,
)
from common import clock
from common.actor import system_actor
from common.clock import day_of
from common.crypto import decrypt, search_hash
from common.decision import NotAllowed, NotVisible, Refused
from common.identity_code import check_character
from people.models import Person, User
from statutes.reader import law_on
from tests.looks import looks_at
from tests.personas import PERSONAS, World
from tests.together import at_once

FIND, ASK, EMERGENCY = "/cases/find/", "/cases/find/ask/", "/cases/find/emergency/"
WORKERS = ("employment", "colleague", "social", "kela", "outsider")
CSRF = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]+"|"X-CSRFToken": "[^"]+"')
BORN = date(1981, 3, 2)
NOBODYS = f"{BORN:%d%m%y}-998{check_character(BORN, 998)}"  # artificial; no person has it


def code_of(person: Person) -> str:
    return decrypt(person.identity_code_encrypted)


@pytest.fixture
def codes(world: World) -> dict[str, str]:
    """One code of each kind that must look the same to somebody outside the team."""
    elsewhere = Case.objects.exclude(network=world.case.network).order_by("pk")[0]
    free = Person.objects.filter(cases=None).order_by("pk")[0]
    assert not Person.objects.filter(identity_code_hash=search_hash(NOBODYS)).exists()
    return {
        "a case of others here": code_of(world.case.person),
        "a case elsewhere": code_of(elsewhere.person),
        "a person without a case": code_of(free),
        "no person at all": NOBODYS,
    }


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[World, timedelta], None]:
    """Every request from now on comes so much later."""

    def move(world: World, much: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: world.now + much)

    return move


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asks(world: World, by: str = "colleague", **more: Any) -> AccessRequest:
    said = {
        "identity_code": code_of(world.case.person), "reason": "He came to us.", "now": world.now,
    } | more  # fmt: skip
    return ask_for_access(actor=world.actor(by), **said)


def opens(world: World, by: str = "colleague", **more: Any) -> AccessRequest:
    said = {
        "identity_code": code_of(world.case.person), "urgent": EmergencyReason.LIFE,
        "reason": "The door was open.", "now": world.now,
    } | more  # fmt: skip
    return open_in_emergency(actor=world.actor(by), **said)


def gives(world: World, asked: AccessRequest, *, by: str = "employment", **more: Any) -> Any:
    said = {"until": day_of(world.now), "answer": "", "now": world.now} | more
    return accept_access_request(actor=world.actor(by), request_id=asked.pk, **said)


def sees(login: Any, world: World, persona: str = "colleague") -> bool:
    answer = login(persona).get(f"/cases/{world.case.pk}/")
    assert answer.status_code in (200, 404)
    return bool(answer.status_code == 200)


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


# Asking


def test_a_request_reaches_the_case_manager_when_there_is_one_and_nobody_else(
    world: World, login: Any
) -> None:
    asked = asks(world)
    asks(world, identity_code=NOBODYS)
    url = f"/access-requests/{asked.pk}/"
    for persona in PERSONAS:
        manages = persona == "employment"
        assert login(persona).get(url).status_code == (200 if manages else 404), persona
        if persona in WORKERS:
            assert (url in login(persona).get("/day/").content.decode()) is manages, persona
    mine = access_requests_for(world.actor("employment"), now=world.now)
    assert [(row.pk, case.pk) for row, case in mine] == [(asked.pk, world.case.pk)]
    page = text_of(login("employment").get(url))
    assert "Kalle Colleague" in page
    assert "He came to us." in page


def test_a_request_follows_the_case_to_a_new_case_manager(world: World) -> None:
    asked = asks(world)
    later = world.now + timedelta(seconds=1)
    services.change_case_manager(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("social").writer_id, now=later,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        gives(world, asked, now=later)
    gives(world, asked, by="social", now=later)


def test_a_request_made_before_there_was_a_case_reaches_its_later_case_manager(
    world: World,
) -> None:
    """Who asks blindly is answered once somebody can: the request waits by the code alone."""
    case = world.case
    world.end_case()
    asked = asks(world)
    assert access_requests_for(world.actor("employment"), now=world.now) == []
    move_case(
        actor=world.actor("social"),
        case=Case.objects.get(pk=case.pk),
        to=CaseState.MAPPING,
        now=world.now,
    )
    assert [row for row, _c in access_requests_for(world.actor("employment"), now=world.now)] == [
        asked
    ]


def test_asking_opens_nothing_until_it_is_given(world: World, login: Any) -> None:
    asked = asks(world)
    assert not sees(login, world)
    gives(world, asked)
    assert sees(login, world)


def test_given_access_ends_with_its_last_day(
    world: World, login: Any, later: Callable[[World, timedelta], None]
) -> None:
    gives(world, asks(world), until=day_of(world.now) + timedelta(days=2))
    for number, open_ in ((0, True), (2, True), (3, False)):
        later(world, timedelta(days=number))
        assert sees(login, world) is open_, number
    end = services.end_of_day(day_of(world.now) + timedelta(days=2))
    colleague = world.actor("colleague")
    assert visible_to(colleague, now=end - timedelta(microseconds=1)).filter(pk=world.case.pk)
    assert not visible_to(colleague, now=end).filter(pk=world.case.pk)
    clear_expired_access(actor=system_actor("night"), now=end)
    assert not TemporaryAccess.objects.filter(user_id=colleague.user_id).exists()


@pytest.mark.parametrize(("ahead", "allowed"), [(-1, False), (0, True), (90, True), (91, False)])
def test_access_is_given_from_today_to_ninety_days_ahead(
    world: World, ahead: int, allowed: bool
) -> None:
    asked, until = asks(world), day_of(world.now) + timedelta(days=ahead)
    if allowed:
        gives(world, asked, until=until)
        return
    with pytest.raises(Refused) as refused, transaction.atomic():
        gives(world, asked, until=until)
    assert refused.value.field == "until"
    assert not visible_to(world.actor("colleague"), now=world.now).filter(pk=world.case.pk)


def test_who_was_given_access_reads_what_their_body_may_and_the_client_is_told(
    world: World, login: Any
) -> None:
    gives(world, asks(world))
    page = login("colleague").get(f"/cases/{world.case.pk}/").content.decode()
    assert world.joint_goal.text in page
    assert "Ammatillinen kuntoutusselvitys" not in page  # health, by consent only
    look = looks_at(world.case.pk, actor=world.actor("colleague").label)[-1]
    assert look.purpose == Purpose.ASKED
    log = text_of(login("client").get("/my/access-log/"))
    assert "Kalle Colleague" in log
    assert "access was asked for and given" in log


def test_a_refusal_says_why_to_the_case_manager_only(world: World, login: Any) -> None:
    asked = asks(world)
    url = f"/access-requests/{asked.pk}/"
    answer = login("employment").post(url, {"decision": "refuse", "answer": ""})
    assert list(answer.context["form"].errors) == ["answer"]
    assert login("employment").post(url, {"decision": "give", "until": ""}).status_code == 200
    assert login("employment").post(url, {"decision": "refuse", "answer": "WHY"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (RequestState.REFUSED, "WHY")
    assert not sees(login, world)
    assert login("employment").get(url).status_code == 404  # answered once
    for path in ("/day/", "/cases/", FIND):
        assert "WHY" not in login("colleague").get(path).content.decode()


def test_a_case_is_not_opened_across_networks(world: World, login: Any) -> None:
    asked = asks(world, by="outsider")
    with pytest.raises(NotAllowed), transaction.atomic():
        gives(world, asked)
    answer = login("employment").post(
        f"/access-requests/{asked.pk}/",
        {"decision": "give", "until": day_of(world.now).isoformat()},
    )
    assert list(answer.context["form"].errors) == ["answer"]  # only why not is asked
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN
    assert not sees(login, world, "outsider")


def test_nobody_but_the_case_manager_answers(world: World) -> None:
    asked = asks(world)
    for persona in PERSONAS:
        if persona == "employment":
            continue
        with pytest.raises(NotVisible):
            gives(world, asked, by=persona)
        with pytest.raises(NotVisible):
            decline_access_request(
                actor=world.actor(persona), request_id=asked.pk, answer="No", now=world.now
            )
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_asking_says_why(world: World, login: Any) -> None:
    code = code_of(world.case.person)
    answer = login("colleague").post(ASK, {"identity_code": code, "reason": "  "})
    assert list(answer.context["form"].errors) == ["reason"]
    for write in (asks, opens):
        with pytest.raises(Refused) as refused:
            write(world, reason="  ")
        assert refused.value.field == "reason"


def test_the_client_reads_of_every_search_and_request_at_once(world: World, login: Any) -> None:
    code = code_of(world.case.person)
    login("colleague").post(FIND, {"identity_code": code})
    assert "searched with your identity code" in text_of(login("client").get("/my/access-log/"))
    login("outsider").post(ASK, {"identity_code": code, "reason": "r"})
    log = text_of(login("client").get("/my/access-log/"))
    assert "Olli Outsider" in log
    assert "asked to see your case" in log


# In an emergency


def test_an_emergency_opens_the_case_at_once_for_reading(world: World, login: Any) -> None:
    typed = {
        "identity_code": code_of(world.case.person), "urgent": "life", "reason": "The door.",
    }  # fmt: skip
    colleague = login("colleague")
    answer = colleague.post(EMERGENCY, typed)
    assert answer["Location"] == f"/cases/{world.case.pk}/"
    page = colleague.get(answer["Location"])
    assert page.status_code == 200
    assert world.joint_goal.text in page.content.decode()


def test_an_emergency_needs_strong_identification_and_a_reason(world: World, login: Any) -> None:
    typed = {"identity_code": code_of(world.case.person), "urgent": "life", "reason": "The door."}
    colleague = login("colleague")
    for missing in ("urgent", "reason", "identity_code"):
        answer = colleague.post(EMERGENCY, typed | {missing: ""})
        assert list(answer.context["form"].errors) == [missing]
    session = colleague.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - 60 * 60 * 24}
    ]
    session.save()
    assert colleague.get(EMERGENCY).status_code == 403
    assert colleague.post(EMERGENCY, typed).status_code == 403
    weak = replace(world.actor("colleague"), proven=frozenset())
    with pytest.raises(NotAllowed):
        open_in_emergency(actor=weak, now=world.now, **typed)  # type: ignore[arg-type]
    assert not AccessRequest.objects.exists()
    assert not sees(login, world)


def test_an_emergency_is_flagged_to_case_manager_director_and_client_at_once(
    world: World, login: Any
) -> None:
    opens(world)
    name = world.case.person.last_name
    manager = text_of(login("employment").get("/day/"))
    assert "Kalle Colleague" in manager
    assert "opened the case of" in manager
    assert "The door was open." in manager
    director = text_of(login("director").get("/dashboard/"))
    assert "Kalle Colleague" in director
    assert "A case opened." in director
    assert name not in director
    assert "The door was open." not in director
    client = text_of(login("client").get("/my/"))
    assert "Your case was opened in an emergency" in client
    assert "The door was open." in client
    login("colleague").get(f"/cases/{world.case.pk}/")
    log = text_of(login("client").get("/my/access-log/"))
    assert "tried to open your case in an emergency" in log
    assert "an emergency" in log
    # And to nobody else.
    for persona, path in (("social", "/day/"), ("kela", "/day/"), ("client2", "/my/")):
        assert "in an emergency" not in text_of(login(persona).get(path)), persona


def test_an_emergency_ends_by_itself_after_its_hours(
    world: World, login: Any, later: Callable[[World, timedelta], None]
) -> None:
    hours = int(law_on(day_of(world.now)).figure("emergency_access_hours").value)
    request = opens(world)
    assert request.until == world.now + timedelta(hours=hours)
    later(world, timedelta(hours=hours, seconds=-1))
    assert sees(login, world)
    later(world, timedelta(hours=hours))
    assert not sees(login, world)
    colleague = login("colleague")
    assert colleague.get(f"/api/v1/cases/{world.case.pk}/").status_code == 404
    assert str(world.case.pk) not in colleague.get("/cases/").content.decode()
    # What happened stays told.
    assert "Kalle Colleague" in text_of(login("employment").get("/day/"))


def test_an_emergency_does_not_let_write(world: World, login: Any) -> None:
    opens(world)
    colleague, case = login("colleague"), world.case.pk
    planned_service = world.planned_service
    before = AuditRow.objects.filter(kind="change", case_id=case).count()
    for path in (
        f"/cases/{case}/plan/",
        f"/cases/{case}/goals/new/",
        f"/cases/{case}/services/new/",
        f"/cases/{case}/propose/",
        f"/cases/{case}/ask-consent/",
        f"/cases/{case}/write-down/",
        f"/cases/{case}/invite/",
        f"/goals/{world.joint_goal.pk}/",
        f"/goals/{world.joint_goal.pk}/actions/new/",
        f"/actions/{world.action.pk}/",
        f"/actions/{world.action.pk}/close/",
        f"/services/{planned_service.pk}/",
        f"/versions/{world.version.pk}/accept/",
        f"/versions/{world.version.pk}/disagree/",
    ):
        assert colleague.post(path, {"text": "x"}).status_code == 403, path
    assert AuditRow.objects.filter(kind="change", case_id=case).count() == before
    assert "goals/new" not in colleague.get(f"/cases/{case}/").content.decode()


def test_an_emergency_shows_only_what_the_grounds_give_the_body(world: World, login: Any) -> None:
    """Employment services see health by consent only, and there is none; hurry changes nothing."""
    opens(world)
    page = login("colleague").get(f"/cases/{world.case.pk}/").content.decode()
    assert "Ammatillinen kuntoutusselvitys" not in page


@pytest.mark.parametrize(
    "kind", ["a case elsewhere", "a person without a case", "no person at all"]
)
def test_a_miss_is_logged_and_flagged_to_the_director(
    world: World, login: Any, codes: dict[str, str], kind: str
) -> None:
    request = opens(world, identity_code=codes[kind])
    assert request.case_id is None
    row = AuditRow.objects.get(action="emergency_tried")
    assert (row.actor, row.purpose) == (world.actor("colleague").label, Purpose.SEARCH)
    director = text_of(login("director").get("/dashboard/"))
    assert "Kalle Colleague" in director
    assert "Nothing opened." in director
    assert not TemporaryAccess.objects.filter(user_id=world.actor("colleague").user_id).exists()


def test_a_case_in_another_network_never_opens_in_an_emergency(world: World, login: Any) -> None:
    request = opens(world, by="outsider")
    assert request.case_id is None
    assert not sees(login, world, "outsider")
    log = text_of(login("client").get("/my/access-log/"))
    assert "Olli Outsider" in log  # the client learns of the attempt all the same
    assert "tried to open your case in an emergency" in log


def test_an_emergency_does_not_shorten_access_that_was_given(
    world: World, login: Any, later: Callable[[World, timedelta], None]
) -> None:
    gives(world, asks(world), until=day_of(world.now) + timedelta(days=5))
    opens(world)
    later(world, timedelta(days=4))
    assert sees(login, world)
    later(world, timedelta(days=6))
    assert not sees(login, world)


def test_each_opening_is_flagged_by_itself(world: World, login: Any) -> None:
    for number in (1, 2):
        opens(world, reason=f"Reason {number}.")
    page = text_of(login("employment").get("/day/"))
    assert "Reason 1." in page
    assert "Reason 2." in page
    held = TemporaryAccess.objects.filter(user_id=world.actor("colleague").user_id)
    assert held.count() == 1


# Two at once, in real transactions


@pytest.mark.usefixtures("committed_db")
def test_two_who_ask_at_once_both_reach_the_case_manager() -> None:
    world = World.load()
    acts = [lambda by=by: asks(world, by=by) for by in ("colleague", "outsider", "colleague")]  # type: ignore[misc]
    assert at_once(*acts) == ["done"] * 3
    assert len(access_requests_for(world.actor("employment"), now=world.now)) == 3


@pytest.mark.usefixtures("committed_db")
def test_giving_and_refusing_at_once_leave_one_answer() -> None:
    world = World.load()
    employment, colleague = world.actor("employment"), world.actor("colleague")
    for _time in range(5):
        asked = asks(world)
        outcomes = at_once(
            lambda a=asked: gives(world, a),  # type: ignore[misc]
            lambda a=asked: decline_access_request(  # type: ignore[misc]
                actor=employment, request_id=a.pk, answer="No", now=world.now
            ),
        )
        assert outcomes == ["NotVisible", "done"]
        asked.refresh_from_db()
        held = TemporaryAccess.objects.filter(user_id=colleague.user_id)
        assert held.exists() == (asked.state == RequestState.GIVEN)
        held.delete()


@pytest.mark.usefixtures("committed_db")
def test_opening_twice_at_once_leaves_one_opening_and_two_flags() -> None:
    world = World.load()
    colleague = User.objects.get(username="colleague")
    assert at_once(*[lambda: opens(world)] * 3) == ["done"] * 3
    assert TemporaryAccess.objects.filter(user=colleague).count() == 1
    assert AccessRequest.objects.filter(case=world.case).count() == 3


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
