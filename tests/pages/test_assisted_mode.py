"""A worker writes with the client beside them: what they write says so, while it lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.plan import services
from caseplan.plan.models import Goal, GoalKind, MappingView
from cases.models import Case, News, NewsKind
from common import clock
from common.bodies import Party, Receiver
from common.decision import NotAllowed, Refused
from consent.models import Category, Choice
from consent.services import decide
from people.models import User
from rights.models import Correction
from tests.personas import World


def types_a_goal(client: Any, world: World) -> int:
    answer = client.post(f"/cases/{world.case.pk}/client-goals/new/", {"text": "A job nearby."})
    return int(answer.status_code)


def test_the_clients_words_are_typed_only_with_the_client_present(world: World, login: Any) -> None:
    client = login("social")
    assert types_a_goal(client, world) == 403
    client.post(f"/cases/{world.case.pk}/with-client/")
    assert "The client is present" in client.get(f"/cases/{world.case.pk}/").content.decode()
    assert types_a_goal(client, world) == 302
    goal = Goal.objects.get(text="A job nearby.")
    assert (goal.kind, goal.recorded_for) == (GoalKind.CLIENT, Party.CLIENT)
    assert goal.with_client and goal.recorded_by.username == "social"


def test_what_is_written_after_the_client_has_left_does_not_say_so(
    world: World, login: Any
) -> None:
    client = login("social")
    client.post(f"/cases/{world.case.pk}/with-client/")
    client.post("/with-client/end/")
    assert types_a_goal(client, world) == 403
    client.post(
        f"/cases/{world.case.pk}/goals/new/", {"text": "Without.", "category": "plan_follow_up"}
    )
    assert not Goal.objects.get(text="Without.").with_client


def test_it_ends_by_itself_after_two_hours(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("social")
    client.post(f"/cases/{world.case.pk}/with-client/")
    later = clock.now() + timedelta(hours=2, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert types_a_goal(client, world) == 403


def test_it_opens_no_case_of_others_and_counts_in_one_case_only(world: World, login: Any) -> None:
    assert login("colleague").post(f"/cases/{world.case.pk}/with-client/").status_code == 404
    elsewhere = replace(world.actor("social"), with_client_of=world.version.pk)
    with pytest.raises(NotAllowed):
        services.add_own_goal(actor=elsewhere, case=world.case, text="No.", now=world.now)


def test_the_clients_view_of_an_area_stands_beside_the_bodys_own(world: World, login: Any) -> None:
    client, base = login("social"), f"/cases/{world.case.pk}/mapping/2/"
    sent = {"text": "I sleep badly.", "revision": "0"}
    assert client.post(f"{base}client/", sent).status_code == 403
    client.post(f"/cases/{world.case.pk}/with-client/")
    assert client.post(f"{base}client/", sent).status_code == 302
    assert client.post(base, {"text": "Debts.", "revision": "0"}).status_code == 302
    views = {v.recorded_for: v for v in MappingView.objects.filter(case=world.case)}
    assert views[Party.CLIENT].text == "I sleep badly." and views[Party.CLIENT].with_client
    assert views[Party.SOCIAL].text == "Debts."


BANNER = "The client is present"


@pytest.fixture
def beside(world: World, login: Any) -> Any:
    """A worker whose client has just sat down beside them."""
    client = login("social")
    client.post(f"/cases/{world.case.pk}/with-client/")
    return client


def test_the_banner_names_the_client_and_follows_to_no_other_page(
    world: World, beside: Any
) -> None:
    page = beside.get(f"/cases/{world.case.pk}/").content.decode()
    assert BANNER in page
    assert world.case.person.last_name in page.split(BANNER, 1)[1][:2000]
    assert BANNER not in beside.get("/day/").content.decode()
    # And it is over: who has turned to something else must say anew that the client is there.
    assert BANNER not in beside.get(f"/cases/{world.case.pk}/").content.decode()
    assert types_a_goal(beside, world) == 403


def test_it_lasts_from_page_to_page_of_the_same_client(world: World, beside: Any) -> None:
    for path in ("", "mapping/", "meetings/", "history/", "messages/"):
        beside.get(f"/cases/{world.case.pk}/{path}")
    assert types_a_goal(beside, world) == 302


def test_a_page_of_another_client_ends_it(world: World, beside: Any) -> None:
    other = Case.objects.exclude(pk=world.case.pk).filter(team__user__username="social").first()
    assert other is not None
    page = beside.get(f"/cases/{other.pk}/").content.decode()
    assert BANNER not in page
    assert types_a_goal(beside, world) == 403


def test_a_client_who_logs_in_elsewhere_does_not_sit_beside(
    world: World, beside: Any, login: Any
) -> None:
    login("client")
    assert types_a_goal(beside, world) == 403


def test_who_leaves_the_team_meanwhile_no_longer_writes_with_the_client(
    world: World, beside: Any
) -> None:
    world.case.team.filter(user__username="social").update(
        until=clock.now(), ended_by=world.actor("employment").writer_id
    )
    assert types_a_goal(beside, world) == 404


def test_the_end_of_the_case_and_a_log_out_end_it(world: World, beside: Any, login: Any) -> None:
    beside.post("/logout/")
    beside.force_login(
        User.objects.get(username="social"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert types_a_goal(beside, world) == 403
    beside.post(f"/cases/{world.case.pk}/with-client/")
    world.end_case()
    assert types_a_goal(beside, world) == 403


def test_the_log_and_the_clients_page_say_who_wrote_it_with_them(
    world: World, beside: Any, login: Any
) -> None:
    types_a_goal(beside, world)
    goal = Goal.objects.get(text="A job nearby.")
    assert AuditRow.objects.filter(
        action="goal_added_with_client", subject_id=goal.pk, actor=world.actor("social").label
    ).exists()
    client, name = login("client"), world.actor("social").name
    assert f"Written by {name} with you" in client.get("/my/plan/").content.decode()
    assert f"{name} wrote it down for you." in client.get("/my/").content.decode()
    page = login("kela").get(f"/cases/{world.case.pk}/history/").content.decode()
    assert f"Written by {name} with the client" in page
    told = News.objects.filter(kind=NewsKind.WRITTEN_FOR_YOU, for_user=world.case.person.user)
    assert told.exists()


def test_the_client_says_that_it_is_not_what_they_said(
    world: World, beside: Any, login: Any
) -> None:
    """Kept beside what was written, answered by the body whose worker wrote it; nothing goes."""
    types_a_goal(beside, world)
    goal = Goal.objects.get(text="A job nearby.")
    client, url = login("client"), f"/my/corrections/new/goal/{goal.pk}/"
    assert url in client.get("/my/everything/").content.decode()
    assert client.post(url, {"statement": "I did not say nearby."}).status_code == 302
    asked = Correction.objects.get(subject_type="goal", subject_id=goal.pk)
    assert asked.to_body == "social"
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_nothing_that_needs_the_clients_own_decision_is_in_reach(world: World, beside: Any) -> None:
    """With the client beside them a worker still opens nothing in the client's name."""
    actor = replace(world.actor("social"), with_client_of=world.case.pk)
    with pytest.raises(Refused):
        decide(
            actor=actor, case=world.case, choice=Choice.GRANTED, receiver=Receiver.KELA,
            categories=[Category.SOCIAL_SITUATION], purpose="The plan", now=world.now,
        )  # fmt: skip
    for path in ("/my/", "/my/who-sees/", "/my/review/", "/my/who-sees/outside/new/"):
        assert beside.get(path).status_code == 404
