"""How what the log names is said: kinds of information, and the calls of a system."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.models import Purpose
from audit.shown import MachineCall
from consent.models import Category, Fact


def kinds_in_words(names: Collection[str]) -> list[str]:
    """The kinds of information that the log names, in words and in the order of the Act's list."""
    return [str(kind.label).lower() for kind in (*Category, *Fact) if kind.value in names]


@dataclass(frozen=True, slots=True)
class CallSaid:
    """One call of a system as it is read: when, and what came of it."""

    at: datetime
    text: str
    was_refused: bool


def calls_in_words(calls: Iterable[MachineCall]) -> list[CallSaid]:
    """What a system has asked for: of how many people and which kinds, and why it was refused."""
    return [CallSaid(call.at, _call_said(call), bool(call.refused)) for call in calls]


def _call_said(call: MachineCall) -> str:
    if call.refused:
        why = _WHY_REFUSED.get(call.refused, _("it did not show who it is"))
        return _("was refused: %(why)s") % {"why": why}
    if call.action in _DONE:
        return str(_DONE[call.action])
    if not call.people:
        return _("asked, and there was nobody to show")
    people = ngettext("%(n)s person", "%(n)s people", call.people) % {"n": call.people}
    return _("read of %(people)s, %(purpose)s: %(what)s") % {
        "people": people,
        "purpose": Purpose(call.purpose).label,
        "what": ", ".join(kinds_in_words(call.categories)) or "–",
    }


_DONE = {
    "machine_token_issued": gettext_lazy("was given a token for ten minutes"),
}
_WHY_REFUSED = {
    "404": gettext_lazy("there was nothing here for it"),
    "403": gettext_lazy("it is not registered to read this"),
    "400": gettext_lazy("the question was not understood"),
    "405": gettext_lazy("it tried to write"),
    "429": gettext_lazy("it asked too often"),
    "500": gettext_lazy("something went wrong on our side"),
    "address": gettext_lazy("it called from a network that is not its own"),
    "ended": gettext_lazy("its time had not come, was over, or somebody had ended it"),
    "scope": gettext_lazy("it asked for more than it is registered for"),
    "signature": gettext_lazy("signed with a key that is not one of its own"),
    "key": gettext_lazy("none of its keys counts"),
    "algorithm": gettext_lazy("signed in a way that is not allowed"),
    "audience": gettext_lazy("its proof was meant for somebody else"),
    "expired": gettext_lazy("its proof was too old, or its clock is wrong"),
    "future": gettext_lazy("its proof was from the future, or its clock is wrong"),
    "lives_too_long": gettext_lazy("its proof would have counted for more than ten minutes"),
    "replayed": gettext_lazy("its proof had been used already"),
    "issuer": gettext_lazy("its proof was written by somebody else"),
    "client_id": gettext_lazy("it called itself by another's name"),
}
