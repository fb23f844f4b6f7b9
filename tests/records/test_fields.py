"""Each field of client information is declared once, and the project does not start without."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import ERROR, run_checks
from django.core.management import CommandError, call_command
from django.db import models

from caseplan.plan.models import Action, Goal
from records.checks import errors_of
from records.fields import Declared, LeftOut, Told, all_fields, declared_models, told_fields

MODELS = sorted(declared_models(), key=lambda model: model.__name__)


def ids(model: Any) -> list[str | None]:
    return [error.id for error in errors_of(model)]


@pytest.fixture
def a_new_field() -> Any:
    """A column that somebody has just added to the goal, and told nowhere."""
    field = models.CharField(max_length=10)
    field.set_attributes_from_name("planted")
    field.model = Goal
    Goal._meta.local_fields.append(field)
    Goal._meta._expire_cache()  # type: ignore[attr-defined]
    yield field
    Goal._meta.local_fields.remove(field)
    Goal._meta._expire_cache()  # type: ignore[attr-defined]


def test_a_new_field_that_is_not_declared_keeps_the_project_from_starting(
    a_new_field: Any,
) -> None:
    with pytest.raises(CommandError, match=r"records\.E001\) Goal\.planted is not declared"):
        call_command("check")


def test_a_field_that_is_gone_is_not_declared_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Action.declared.fields, "colour", LeftOut("it was taken away"))
    assert ids(Action) == ["records.E002"]


def test_a_told_field_has_a_label_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Action.declared.fields, "state", Told())
    assert ids(Action) == ["records.E003"]


def test_a_model_of_client_information_has_a_declaration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Goal, "declared")
    assert ids(Goal) == ["records.E004"]


def test_nothing_is_wrong_today() -> None:
    assert [error for error in run_checks() if error.level >= ERROR] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_field_is_left_out_for_a_reason(model: Any) -> None:
    assert isinstance(model.declared, Declared)
    left_out = [how for how in all_fields(model).values() if isinstance(how, LeftOut)]
    assert all(len(how.because) > 10 for how in left_out)
    assert told_fields(model)
