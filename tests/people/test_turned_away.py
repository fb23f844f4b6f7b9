"""Who proved who they are and was not let in: whoever can mend what is written down is told."""

from __future__ import annotations

from typing import Any

import pytest

from caseplan.meetings.selectors import list_news
from cases.models import News, NewsKind
from cases.services import record_death, tell_of_turned_away
from common.clock import day_of
from common.crypto import decrypt, search_hash
from people.entering import VerifiedIdentity
from people.models import FormerCode, Person, Position, Role
from people.services import NotKnown
from tests.people.test_entering import UNKNOWN_CODE, enters, identity, national
from tests.personas import World


def comes(world: World, who: VerifiedIdentity) -> None:
    """As the log-in does it: refused, and told on."""
    with pytest.raises(NotKnown) as refused:
        enters(world, who)
    tell_of_turned_away(refused=refused.value, now=world.now)


def told(world: World, who: str) -> list[str]:
    rows = News.objects.filter(for_user=world.actor(who).user_id, kind=NewsKind.TURNED_AWAY)
    return list(rows.filter(seen_at=None).values_list("was", flat=True))


def code_of(person: Person) -> str:
    return decrypt(person.identity_code_encrypted)


def test_who_wrote_a_death_down_hears_that_the_dead_came_and_so_do_the_officers(
    world: World, login: Any
) -> None:
    code = code_of(world.case.person)
    record_death(
        actor=world.actor("social"), case=world.case, died_on=day_of(world.now), now=world.now
    )
    comes(world, national(world, code))
    comes(world, national(world, code))  # once until it is read
    assert told(world, "social") == ["died"] == told(world, "officer") == told(world, "officer2")
    assert told(world, "kela") == told(world, "director") == []
    page = login("social").get("/day/").content.decode()
    assert "whose death you wrote down" in page
    assert f"/cases/{world.case.pk}/changes/" in page
    client = login("officer")
    page = client.get("/questions/").content.decode()
    assert "whose death is written down" in page
    assert world.case.person.last_name not in page
    client.post("/questions/turned-away/read/")
    assert "whose death is written down" not in client.get("/questions/").content.decode()
    assert told(world, "officer") == [] and told(world, "officer2") == ["died"]


def test_the_case_manager_hears_of_another_code(world: World) -> None:
    FormerCode.objects.create(
        person=world.case.person, identity_code_hash=search_hash(UNKNOWN_CODE),
        identity_code_encrypted=world.case.person.identity_code_encrypted,
        changed_at=world.now, changed_by="test",
    )  # fmt: skip
    comes(world, national(world, UNKNOWN_CODE, subject="n-9"))
    assert told(world, "employment") == ["former_code"] == told(world, "officer")
    assert told(world, "social") == []
    (item,) = [
        one
        for one in list_news(world.actor("employment"), now=world.now)
        if one.news.kind == NewsKind.TURNED_AWAY
    ]
    assert item.news.subject_id == world.case.pk and item.case is None


def test_the_leader_hears_of_somebody_who_comes_by_another_body(world: World) -> None:
    user = enters(world, identity(world, "s-17")).user
    Position.objects.filter(user__username="kela").update(leads=True)
    Position.objects.create(
        user=user, role=Role.CASEWORKER, office_id=world.actor("kela").office_id, title="",
        network_id=Position.objects.get(user__username="kela").network_id, since=world.now,
    )  # fmt: skip
    comes(world, identity(world, "s-17"))
    assert told(world, "kela") == ["other_body"]
    assert told(world, "social") == []
