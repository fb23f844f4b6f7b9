"""How one kind of thing that is recorded about a client is told in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.bodies import Body, Party
from consent.models import Category


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
    too. ``as_log``: staff are named only where the access log names them.
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

    def fields(self) -> set[str]:
        """The fields of the model that this entry accounts for, told or not."""
        rules = {str(self.recorder), str(self.category), self.at, self.by, self.whose}
        return {*self.told, *self.untold, *(rule.split("__")[0] for rule in rules)} - {""}


KEY = {"id": "an opaque key; stands in the JSON as the id of the thing"}
COUNTED = {"revision": "counts the edits, which are told one by one"}


def client_information(
    code: str, model: type[Model], what: Promise, told: Mapping[str, Promise], **more: Any
) -> RecordKind:
    """A model of client information: its rows say who recorded them, when and for whom."""
    untold = {**KEY, **more.pop("untold", {})}
    told = {**told, "with_client": _("Written with you present")}
    return RecordKind(
        code, model, what, told, at="recorded_at", by="recorded_by", recorder="recorded_for",
        category="category", untold=untold, **more,
    )  # fmt: skip
