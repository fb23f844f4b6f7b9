"""Opening a case of others in an emergency: at once, for some hours, and told to everybody."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow, Purpose
from cases.models import AccessRequest, TemporaryAccess
from cases.services import (
    open_in_emergency,
)
from common.clock import day_of
from common.decision import NotAllowed
from people.models import User
from statutes.reader import law_on
from tests.cases.outside import (
    EMERGENCY,
    asks,
    code_of,
    codes,
    gives,
    later,
    opens,
    sees,
    text_of,
)
from tests.personas import World
from tests.together import at_once

__all__ = ["codes", "later"]


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
    assert "opened the case in an emergency" in manager
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


@pytest.mark.usefixtures("committed_db")
def test_opening_twice_at_once_leaves_one_opening_and_two_flags() -> None:
    world = World.load()
    colleague = User.objects.get(username="colleague")
    assert at_once(*[lambda: opens(world)] * 3) == ["done"] * 3
    assert TemporaryAccess.objects.filter(user=colleague).count() == 1
    assert AccessRequest.objects.filter(case=world.case).count() == 3
