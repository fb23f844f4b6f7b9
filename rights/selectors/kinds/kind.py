"""How one kind of thing that is recorded about a client is told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.bodies import Body, Party
from consent.models import Category, ClientInformation
from records.fields import LeftOut, all_fields, declared_of, told_fields


class Recorder(models.TextChoices):
    """Who answers for what was recorded: the three bodies jointly, each for its own part."""

    EMPLOYMENT = Body.EMPLOYMENT.value, Body.EMPLOYMENT.label
    SOCIAL = Body.SOCIAL.value, Body.SOCIAL.label
    KELA = Body.KELA.value, Body.KELA.label
    CLIENT = Party.CLIENT.value, _("You yourself")
    SERVICE = "service", _("The joint service of the three")


@dataclass(frozen=True, slots=True)
class RecordKind:
    """How one model is told: whose it is, when, by whom, who answers for it, and field by field.

    ``whose`` leads from a row to the person. ``at`` and ``by`` name the fields with the moment
    and the user. ``recorder``: the field with the party, or who it always is. ``untold``: what is
    no information about the person, and why. ``history``: its former wordings are kept and told
    too. ``as_log``: staff are named only where the access log names them. ``in_words``: how a kept
    value is read that is neither a choice, a key nor plain.
    """

    code: str
    model: type[Model]
    what: Promise
    told: Mapping[str, Promise]
    whose: str = "case__person"
    at: str = ""
    by: str = ""
    recorder: str | Recorder = Recorder.SERVICE
    category: str | Category = ""
    untold: Mapping[str, str] = field(default_factory=dict)
    history: bool = False
    as_log: bool = False
    in_words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)

    def fields(self) -> set[str]:
        """The fields of the model that this entry accounts for, told or not."""
        rules = {str(self.recorder), str(self.category), self.at, self.by, self.whose}
        return {*self.told, *self.untold, *(rule.split("__")[0] for rule in rules)} - {""}


KEY = {"id": "an opaque key; stands in the JSON as the id of the thing"}


def client_information(
    code: str, model: type[ClientInformation], what: Promise | None = None
) -> RecordKind:
    """A model of client information, told as it declares its fields (``records.fields``).

    ``what``: what a row is called to the client's face, where that differs from what it is called.
    """
    told = {field.name: field for field in told_fields(model)}
    return RecordKind(
        code,
        model,
        what or declared_of(model).row,
        {name: field.label_for(client=True) for name, field in told.items()},
        at="recorded_at",
        by="recorded_by",
        recorder="recorded_for",
        category="category",
        untold={
            name: how.because
            for name, how in all_fields(model).items()
            if isinstance(how, LeftOut) and name not in HEADS
        },
        history=hasattr(model, "history"),
        in_words={name: field.told.in_words for name, field in told.items() if field.told.in_words},
    )


HEADS = ("case", "category", "recorded_for", "recorded_by", "recorded_at")
"""Told of each thing of client information before its fields."""
