"""What a client can do is theirs to write; the team reads it as their words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.plan.models import Area, JointPlan, MappingView
from caseplan.plan.selectors import open_case, open_mapping, open_readiness
from caseplan.plan.services import write_view
from cases.models import Case
from common.bodies import Party
from tests.personas import World


def writes(world: World, who: str = "client", text: str = "I mend engines.", **other: Any) -> None:
    said: dict[str, Any] = {
        "actor": world.actor(who), "case": Case.objects.get(pk=world.case.pk),
        "area": Area.STRENGTHS, "text": text, "revision": 0, "now": world.now, **other,
    }  # fmt: skip
    write_view(**said)


def read_by(world: World, who: str) -> str | None:
    page = open_case(world.actor(who), world.case.pk, purpose="make_plan", now=world.now)  # type: ignore[arg-type]
    return page.own_strengths.text if page.own_strengths else None


def test_each_body_of_the_team_reads_it_as_the_clients_words(world: World) -> None:
    assert read_by(world, "client") is None
    writes(world)
    for who in ("client", "employment", "social", "kela"):
        assert read_by(world, who) == "I mend engines."


def test_what_a_body_writes_stands_beside_and_changes_nothing(world: World) -> None:
    writes(world)
    writes(world, "employment", "Knows tractors.")
    area = open_mapping(world.actor("social"), world.case.pk, now=world.now).areas[-1]
    assert area.area == Area.STRENGTHS and area.needs is None, "no body knows it for the client"
    assert {view.recorded_for: view.text for view in area.views} == {
        Party.CLIENT: "I mend engines.", Party.EMPLOYMENT: "Knows tractors.",
    }  # fmt: skip
    assert read_by(world, "employment") == "I mend engines."


def test_with_the_client_beside_a_worker_types_it(world: World) -> None:
    beside = replace(world.actor("social"), with_client_of=world.case.pk)
    writes(world, actor=beside, for_client=True)
    view = MappingView.objects.get(area=Area.STRENGTHS)
    assert (view.recorded_for, view.with_client) == (Party.CLIENT, True)


def test_a_plan_lacks_strengths_only_where_neither_has_written_them(world: World) -> None:
    def lacks() -> bool:
        found = open_readiness(world.actor("employment"), world.case.pk, now=world.now).lacks
        return "no_strengths" in {lack.kind for lack in found}

    JointPlan.objects.filter(case=world.case).update(strengths="")
    assert lacks()
    writes(world)
    assert not lacks()


def test_it_is_of_the_plan_and_of_no_other_kind(world: World) -> None:
    writes(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        MappingView.objects.filter(area=Area.STRENGTHS).update(category="social_situation")


def test_on_my_plan_i_write_it_and_the_worker_reads_it(world: World, login: Any) -> None:
    client = login("client")
    address = f"/cases/{world.case.pk}/mapping/5/"
    assert f'href="{address}"' in client.get("/my/plan/").content.decode()
    sent = client.post(address, {"text": "I mend engines.", "revision": "0"})
    assert (sent.status_code, sent.url) == (302, "/my/plan/")
    assert "I mend engines." in client.get("/my/plan/").content.decode()
    page = login("employment").get(f"/cases/{world.case.pk}/").content.decode()
    assert "What the client says they can do" in page and "I mend engines." in page
