"""What changed who sees a case: the table of grounds, and the client's own decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Purpose
from cases.models import Case
from common.actor import Actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import Decision
from consent.models import (
    Basis,
    Category,
    Choice,
    Consent,
    ConsentRequest,
    Ground,
    GroundSuspension,
    WrittenState,
)
from consent.selectors import (
    CategoryVisibility,
    consents_of,
    ground_changes,
    requests_of,
    suspensions_of,
    who_sees,
)
from records.selectors import Reading, log_what_was_written_to, reading_of


@dataclass(frozen=True, slots=True)
class OwnVisibility:
    """One category, and whether the worker's own body sees it, explained to the worker."""

    category: Category
    decision: Decision
    is_clients_choice: bool


def own_visibility(reading: Reading, case: Case) -> list[OwnVisibility]:
    """What a worker's body sees of a visible case and why, by category.

    Whether the client was asked, or has said no, is the client's to tell: one sentence for both.
    """
    found = []
    for category in Category:
        ground = reading.grounds.for_category(category.value)
        sees = bool(reading.opens(category, [case.pk]))
        if ground is None:
            decision = Decision.no(
                _("You don't see this: nothing gives your organisation a right to it.")
            )
        elif ground.basis == Basis.STATUTE:
            reason = _("You see this because the law says so: %(section)s.")
            decision = Decision(True, reason % {"section": ground.section})
        elif sees:
            decision = Decision(True, _("You see this because the client has agreed to it."))
        else:
            decision = Decision.no(
                _("You don't see this: it rests on the client's consent, and there is none.")
            )
        found.append(
            OwnVisibility(category, decision, ground is not None and ground.basis == Basis.CONSENT)
        )
    return found


def open_consent_requests(actor: Actor, case: Case, *, now: datetime) -> list[ConsentRequest]:
    """What the worker's own body has asked the client of a visible case to open; logged."""
    requests = requests_of(actor, case)
    if requests:
        log_what_was_written_to(
            actor, "consent_requests_opened", [case], purpose=Purpose.EXPLAIN, now=now
        )
    return requests


def open_who_sees(actor: Actor, case: Case, *, now: datetime) -> list[CategoryVisibility]:
    """Who sees what of the client's own case, outside parties by name; logged. The client's own."""
    reading_of(actor, now=now).log_access(
        "who_sees_opened", Purpose.OWN_DATA, [(case, [])], beside=(Category.CASE_HANDLING,)
    )
    return who_sees(case, on=day_of(now))


@dataclass(frozen=True, slots=True)
class VisibilityChange:
    """One change of who sees what: when, and what, in a sentence."""

    at: datetime
    sentence: str


def visibility_changes(actor: Actor, case: Case, *, now: datetime) -> list[VisibilityChange]:
    """What has changed who sees a visible case, the newest first.

    The client: every decision of theirs and every change of the table. A worker: of both only
    what concerns their own body, whose requests and grounds are no secret to it; a decision
    that never opened anything to it (a no) is not told.
    """
    own = None if actor.is_client else actor.receiver
    changes = [
        VisibilityChange(row.signed_at or case.opened_at, _of_ground(row))
        for row in ground_changes(case, receiver=own)
    ]
    for stop in suspensions_of(case, receiver=own):
        changes += _of_suspension(stop)
    for consent in consents_of(case):
        if own is not None and (
            consent.receiver != own
            or consent.office_id not in (None, actor.office_id)
            or consent.choice == Choice.DENIED
        ):
            continue
        changes += _of_decision(consent, is_own=actor.is_client)
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _of_suspension(stop: GroundSuspension) -> list[VisibilityChange]:
    said = {
        "who": str(Receiver(stop.ground.receiver).label),
        "kind": stop.ground.category_label,
        "section": stop.ground.section,
    }
    told = [
        VisibilityChange(
            stop.suspended_at,
            _(
                "The data-protection officer suspended the ground for %(who)s to see %(kind)s "
                "(%(section)s)."
            )
            % said,
        )
    ]
    if stop.lifted_by and stop.lifted_by.confirmed_at:
        sentence = _("The ground for %(who)s to see %(kind)s holds again (%(section)s).")
        told.append(VisibilityChange(stop.lifted_by.confirmed_at, sentence % said))
    return told


_SAID_BY_THE_CLIENT = {
    Choice.GRANTED: gettext_lazy("The client agreed that %(who)s sees: %(kinds)s."),
    Choice.DENIED: gettext_lazy("The client said no to %(who)s: %(kinds)s."),
    Choice.REVOKED: gettext_lazy("The client took back what %(who)s saw: %(kinds)s."),
}
_SAID_BY_YOU = {
    Choice.GRANTED: gettext_lazy("You agreed that %(who)s sees: %(kinds)s."),
    Choice.DENIED: gettext_lazy("You said no to %(who)s: %(kinds)s."),
    Choice.REVOKED: gettext_lazy("You took back what %(who)s saw: %(kinds)s."),
}


def _of_decision(consent: Consent, *, is_own: bool) -> list[VisibilityChange]:
    """An act of the client: when it took effect; and, to the client, that it was written down.

    What a worker wrote down and nobody has confirmed has changed nothing for anybody.
    """
    written = consent.as_written
    waited = set(written.waiting_categories) if written is not None else set()
    lines = [*consent.lines.all(), *consent.ended_lines.all()]
    at_once = {line.category for line in lines} - waited
    said = str((_SAID_BY_YOU if is_own else _SAID_BY_THE_CLIENT)[Choice(consent.choice)])

    def change(at: datetime, words: str, codes: set[str]) -> VisibilityChange:
        kinds = ", ".join(sorted(str(Category(code).label) for code in codes)) or "–"
        return VisibilityChange(at, words % {"who": consent.receiver_label, "kinds": kinds})

    if written is None or not waited:
        return [change(consent.given_at, said, at_once)]
    changes = [change(consent.given_at, said, at_once)] if at_once else []
    if written.state == WrittenState.CONFIRMED and written.settled_at is not None:
        changes.append(change(written.settled_at, said, waited - set(written.overtaken)))
    elif is_own:
        words = _("A decision of yours about %(who)s was written down: %(kinds)s.")
        changes.append(change(consent.given_at, f"{words} {written.get_state_display()}.", waited))
    return changes


def _of_ground(row: Ground) -> str:
    said = {
        "who": str(Receiver(row.receiver).label),
        "kind": row.category_label,
        "section": row.section,
        "day": f"{row.valid_from.day}.{row.valid_from.month}.{row.valid_from.year}",
    }
    if row.valid_to is None:
        return _("From %(day)s the ground for %(who)s to see %(kind)s is: %(section)s.") % said
    last = f"{row.valid_to.day}.{row.valid_to.month}.{row.valid_to.year}"
    sentence = _("From %(day)s to %(last)s the ground for %(who)s to see %(kind)s is: %(section)s.")
    return sentence % {**said, "last": last}
