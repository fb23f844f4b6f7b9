"""What clients have opened to somebody outside the three bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Purpose
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.models import Basis, Category, ConsentLine, Method
from consent.selectors import invited_to
from records.selectors import log_what_was_written_to, reading_of


@dataclass(frozen=True, slots=True)
class SharedCase:
    """A case of which something is open to an outside party, to the end of ``until``.

    ``kinds``: the open kinds in words; one shared document counts under its kind. ``purposes``:
    what the client opened them for, in the words of the consent. ``opened_by``: the client, and
    who wrote it down with them; no name that is not open to the party.
    """

    case: Case
    kinds: list[str]
    purposes: list[str]
    opened_by: str
    until: date | None


def shared_with(actor: Actor, *, now: datetime) -> list[SharedCase]:
    """The cases shared with this outside party, one row each; logged, names only where open."""
    reading = reading_of(actor, now=now)
    parties = invited_to(actor, now=now)
    cases = {party.case_id: party.case for party in parties}
    open_kinds = reading.grounds.categories(Basis.CONSENT)
    lines = reading.grounds.lines().filter(denied=False, category__in=open_kinds)
    by_case: dict[UUID, list[ConsentLine]] = {case_id: [] for case_id in cases}
    for line in (
        lines.filter(case__in=list(cases)).select_related("consent__recorded_by").order_by("pk")
    ):
        by_case[line.case_id].append(line)
    reading.log_and_hide_names(
        "shared_listed", Purpose.SHARED, [(case, []) for case in cases.values()]
    )
    # For what it was opened, the client wrote to them with it.
    log_what_was_written_to(actor, "shared_listed", cases.values(), purpose=Purpose.SHARED, now=now)
    return [
        SharedCase(
            case,
            kinds=_in_words(by_case[case_id]),
            purposes=list(dict.fromkeys(line.consent.what_for for line in by_case[case_id])),
            opened_by=_opened_by(by_case[case_id]),
            until=_to_the_end_of(by_case[case_id]),
        )
        for case_id, case in cases.items()
    ]


def _in_words(lines: list[ConsentLine]) -> list[str]:
    shared = {line.category for line in lines}
    return [str(kind.label) for kind in Category if kind.value in shared]


def _opened_by(lines: list[ConsentLine]) -> str:
    """The client themselves, or a worker who wrote it down with them, by name."""
    written = {
        line.consent.recorded_by.full_name for line in lines if line.consent.method != Method.ONLINE
    }
    client = str(Party.CLIENT.label)
    if not written:
        return client
    return _("%(client)s, written down by %(who)s") % {
        "client": client,
        "who": ", ".join(sorted(written)),
    }


def _to_the_end_of(lines: list[ConsentLine]) -> date | None:
    """What is shared outside always ends; nothing where its kind is no longer open at all."""
    return max((line.valid_to for line in lines if line.valid_to), default=None)
