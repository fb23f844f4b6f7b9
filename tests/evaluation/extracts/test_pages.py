"""An extract on its pages: the director asks, the officer approves, the director takes it out."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case
from common.clock import day_of
from evaluation.extracts.models import ExtractOrder, ExtractState
from evaluation.extracts.services import make_extract
from tests.builders import TEST
from tests.personas import World

pytestmark = pytest.mark.django_db


def asked(world: World, client: Any, **more: Any) -> Any:
    today = day_of(world.now)
    said = {
        "use": "evaluation", "purpose": "What became of them", "decision_number": "JR 3/2026",
        "decided_on": today, "begun_from": today, "begun_to": today,
        "expires_on": today + timedelta(days=30),
    }  # fmt: skip
    return client.post("/extracts/new/", said | more)


def test_from_the_form_to_the_file_and_its_end(
    world: World, login: Any, many: list[Case], django_capture_on_commit_callbacks: Any
) -> None:
    director, officer = login("director"), login("officer")
    assert asked(world, director).status_code == 302
    order = ExtractOrder.objects.get()
    page = f"/extracts/{order.pk}/"
    assert "waits for a second person" in director.get(page).content.decode().lower()
    assert director.get(f"{page}file/").status_code == 403
    assert director.post(f"{page}approve/").status_code == 404
    assert "JR 3/2026" in officer.get("/extracts/").content.decode()
    assert officer.post(f"{page}approve/").status_code == 302
    make_extract(actor=TEST, order_id=order.pk, now=world.now)
    shown = director.get(page).content.decode()
    assert (
        "Take the file out" in shown
        and "Take the file out" not in officer.get(page).content.decode()
    )
    content = director.get(f"{page}file/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "codebook.csv" in archive.namelist()
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(f"{page}end/").status_code == 302
    assert director.get(f"{page}file/").status_code == 403


def test_a_no_is_read_by_whoever_asked(world: World, login: Any) -> None:
    director, officer = login("director"), login("officer")
    asked(world, director)
    order = ExtractOrder.objects.get()
    page = f"/extracts/{order.pk}/"
    assert "Write why" in officer.post(page, {"reason": ""}).content.decode()
    assert officer.post(page, {"reason": "No such decision is known"}).status_code == 302
    order.refresh_from_db()
    assert order.state == ExtractState.TURNED_DOWN
    assert "No such decision is known" in director.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "days"),
    [("decided_on", 1), ("begun_to", -1), ("expires_on", -1), ("expires_on", 400)],
)
def test_a_day_that_cannot_be_is_said_at_its_field(
    world: World, login: Any, field: str, days: int
) -> None:
    answer = asked(world, login("director"), **{field: day_of(world.now) + timedelta(days=days)})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_research_without_a_certificate_is_sent_back(world: World, login: Any) -> None:
    answer = asked(world, login("director"), use="research", environment="Kapseli")
    assert list(answer.context["form"].errors) == ["certificate"]
    assert not ExtractOrder.objects.exists()
