"""Where each thing that concerns a client is dealt with."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from inbox.own import OwnThing
from inbox.own_parts import OwnKind
from inbox.own_words import OwnSaid, words_for

_PAGES: dict[OwnKind, str] = {
    OwnKind.VERSION: "version",
    OwnKind.ENDING: "ending_assess",
    OwnKind.TASK: "my_step",
    OwnKind.OTHERS: "my_step",
    OwnKind.TIME_ASKED: "my_step",
    OwnKind.OPTIONS: "offer",
    OwnKind.MEETING: "meeting",
    OwnKind.MEETING_AHEAD: "meeting",
    OwnKind.POINT: "point_answer",
    OwnKind.WRITTEN: "said",
    OwnKind.MESSAGE: "thread",
    OwnKind.CONSENT: "consent_request",
    OwnKind.CHECK_IN: "check_in",
    OwnKind.FEEDBACK: "my_feedback",
    OwnKind.TOLD: "my_plan",
    OwnKind.NEW_MANAGER: "my_people",
}
_OF_NO_THING = (OwnKind.CHECK_IN, OwnKind.FEEDBACK, OwnKind.TOLD, OwnKind.NEW_MANAGER)
"""Whose page needs no id."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A thing, its page, and what is said of it."""

    thing: OwnThing
    url: str
    said: OwnSaid


def line_of(thing: OwnThing) -> OwnLine:
    """A thing as it stands on the client's first page."""
    about = [] if thing.kind in _OF_NO_THING else [thing.subject_id]
    return OwnLine(thing, reverse(f"pages:{_PAGES[thing.kind]}", args=about), words_for(thing))
