"""Changes in a client's life, written down by the team of a case (docs/adr/0011).

Who may is asked here; the change itself is ``people.services.life``, and what follows in each room
is that room's own, all in one transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import (
    can_confirm_change,
    can_end_because_moved,
    can_record_change,
    can_undo_change,
    get_life_event,
    get_possible_duplicate,
)
from cases.lifecycle import ImmediateEnding
from cases.models import Case
from cases.services.immediate_ending import end_immediately
from cases.services.rows import lock_case, record_case_change
from common.actor import Actor
from common.clock import day_of
from common.crypto import search_hash
from common.decision import Refused
from common.identity_code import BadIdentityCode, birth_date, parse
from common.journal import Journal
from common.names import sort_key
from people.models import LifeEvent, LifeKind, LifeState, Person
from people.selectors import filter_by_code, towns_on
from people.services import life


@transaction.atomic
def record_death(*, actor: Actor, case: Case, died_on: date, now: datetime) -> LifeEvent:
    """The client has died: every case of theirs ends, and everything that would reach them stops.

    One worker, one step. No assessment, no follow-up, no letter, no log-in; the team of each case
    is told. Raises :class:`Refused` for a day to come or before the birth, or a second time.
    """
    can_record_change(actor, case, now=now).require()
    person = _locked(case)
    if person.died_on is not None:
        raise Refused(_("The death has been written down already."))
    if died_on > day_of(now):
        raise Refused(_("The day has not come yet. Look at it again."), field="died_on")
    if died_on < person.birth_date:
        raise Refused(_("The day is before the birth. Look at it again."), field="died_on")
    return life.apply_change(
        actor=actor,
        person=person,
        kind=LifeKind.DIED,
        change={"died_on": died_on.isoformat()},
        on=died_on,
        now=now,
    )


@transaction.atomic
def ask_code_change(
    *, actor: Actor, case: Case, identity_code: str, again: str, now: datetime
) -> LifeEvent:
    """The client has a new identity code; it takes effect when a second worker has typed it too.

    Typed twice, because nobody reads it back. Whether somebody else has that code is not told
    here: whoever asked could try out anybody's. Raises :class:`Refused` for what is no code, a
    birth to come, and the code they have.
    """
    can_record_change(actor, case, now=now).require()
    code = _code(identity_code)
    if code != _code(again, field="again"):
        raise Refused(_("The two codes are not the same. Write them again."), field="again")
    if birth_date(code) > day_of(now):
        raise Refused(_("The date of birth in the code has not come yet."), field="identity_code")
    person = _locked(case)
    if search_hash(code) == person.identity_code_hash:
        raise Refused(_("The client has this identity code already."), field="identity_code")
    event = life.propose_change(
        actor=actor, person=person, kind=LifeKind.IDENTITY_CODE, change={"code": code}, now=now
    )
    return _logged(actor, event, "asked", now)


@transaction.atomic
def record_protection(*, actor: Actor, case: Case, now: datetime) -> LifeEvent:
    """The client's details are not to be disclosed: at once, by anybody on the team.

    From now on no letter goes outside this service but by Suomi.fi messages, and nobody finds
    the client by municipality (Act 661/2009 s. 36).
    """
    can_record_change(actor, case, now=now).require()
    person = _locked(case)
    if person.non_disclosure:
        raise Refused(_("The details are not to be disclosed already."))
    return life.apply_change(
        actor=actor, person=person, kind=LifeKind.PROTECTED, change={"non_disclosure": True},
        now=now,
    )  # fmt: skip


@transaction.atomic
def ask_to_end_protection(*, actor: Actor, case: Case, reason: str, now: datetime) -> LifeEvent:
    """The client's details may be disclosed again, when a second worker has confirmed it.

    ``reason``: how that is known. A protection that goes by mistake can't be mended afterwards.
    """
    can_record_change(actor, case, now=now).require()
    person = _locked(case)
    if not person.non_disclosure:
        raise Refused(_("The details may be disclosed already."))
    if not reason.strip():
        raise Refused(_("Write how you know that the protection has ended."), field="reason")
    event = life.propose_change(
        actor=actor, person=person, kind=LifeKind.UNPROTECTED, change={"non_disclosure": False},
        reason=reason, now=now,
    )  # fmt: skip
    return _logged(actor, event, "asked", now)


@transaction.atomic
def keep_protected(*, actor: Actor, case: Case, now: datetime) -> None:
    """A register says that the protection has ended; the team has looked, and it stays on."""
    can_record_change(actor, case, now=now).require()
    life.keep_protection(actor=actor, person=_locked(case), now=now)
    record_case_change(actor, "protection_kept", case, case.person_id, now, subject="person")


@transaction.atomic
def record_move(
    *, actor: Actor, case: Case, municipality_code: str, on: date, now: datetime
) -> LifeEvent:
    """The client has moved to another municipality, on a day that has come.

    Into another network: the teams there and here see it, and the case is handed on or ended.
    """
    can_record_change(actor, case, now=now).require()
    code = municipality_code.strip()
    if len(code) != 3 or not (code.isascii() and code.isdigit()):
        raise Refused(_("A municipality has three digits."), field="municipality_code")
    if on > day_of(now):
        raise Refused(_("The day has not come yet. Look at it again."), field="on")
    person = _locked(case)
    called = towns_on(day_of(now)).now_called
    if called(person.municipality_code) == called(code):
        raise Refused(_("The client lives there already."), field="municipality_code")
    return life.apply_change(
        actor=actor, person=person, kind=LifeKind.MOVED, change={"municipality_code": code},
        on=on, now=now,
    )  # fmt: skip


@transaction.atomic
def end_because_moved(*, actor: Actor, case: Case, reason: str, now: datetime) -> LifeEvent:
    """The client lives in another network, or in none: the case manager ends the case here.

    No assessment and no follow-up: whether the need goes on is for the new network to say. The
    client keeps their log-in and reads the case. ``reason``: for the client, what happens next.
    """
    can_end_because_moved(actor, case, now=now).require()
    if not reason.strip():
        raise Refused(_("Write what happens next. The client reads this."), field="reason")
    person = _locked(case)
    lock_case(case)
    can_end_because_moved(actor, case, now=now).require()

    def ends(journal: Journal) -> None:
        end_immediately(Case.objects.filter(pk=case.pk), ImmediateEnding.MOVED, journal, actor, now)

    return life.apply_change(
        actor=actor, person=person, kind=LifeKind.LEFT, change={}, reason=reason, also=ends,
        now=now,
    )  # fmt: skip


@transaction.atomic
def change_name(
    *, actor: Actor, case: Case, last_name: str, first_names: str, on: date, now: datetime
) -> LifeEvent:
    """The client has another name, from a day that has come; the one before still finds them."""
    can_record_change(actor, case, now=now).require()
    last, first = " ".join(last_name.split()), " ".join(first_names.split())
    for name, field in ((last, "last_name"), (first, "first_names")):
        if not name:
            raise Refused(_("Write the name."), field=field)
    if on > day_of(now):
        raise Refused(_("The day has not come yet. Look at it again."), field="on")
    person = _locked(case)
    if (person.last_name, person.first_names) == (last, first):
        raise Refused(_("The client has this name already."), field="last_name")
    change = {"last_name": last, "first_names": first, "sort_key": sort_key(last, first)[:400]}
    return life.apply_change(
        actor=actor, person=person, kind=LifeKind.NAME, change=change, on=on, now=now
    )


@transaction.atomic
def confirm_change(
    *, actor: Actor, event_id: UUID, now: datetime, identity_code: str = ""
) -> LifeEvent:
    """A second worker of the team confirms a change: it takes effect now.

    A new identity code they type themselves, from where they have seen it. Raises ``NotAllowed``
    for whoever wrote it down, :class:`Refused` for another code. Where another record has the
    code, the data-protection officer is asked whether the two are one person (``merge_records``).
    """
    event = _locked_event(actor, event_id, now)
    can_confirm_change(actor, event, now=now).require()
    typed = event.kind == LifeKind.IDENTITY_CODE
    if typed and _code(identity_code) != life.pending_change(event)["code"]:
        raise Refused(
            _("This is not the code that was written down. Look at both."),
            field="identity_code",
        )
    if typed and (other := _other_record(event, identity_code)) is not None:
        life.refer_to_officer(event=event, other=other)
        return _logged(actor, event, "asked", now)
    return life.confirm_event(actor=actor, event=event, now=now)


@transaction.atomic
def merge_records(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """The data-protection officer has found that two records are one person: they are one now.

    Two workers of the team have typed the other record's code before. Raises :class:`Refused`
    while both have an open case in one network: one of them is ended first, by its team.
    """
    event = get_possible_duplicate(actor, event_id)
    other = life.pending_change(event)["other"]
    # Both held, in one order whoever comes first.
    people = Person.objects.select_for_update(of=("self",)).filter(pk__in=[event.person_id, other])
    if len(people.order_by("pk")) != len({str(event.person_id), other}) or (
        str(event.person_id) == other
    ):
        raise Refused(_("The other record is not there any more."))
    event = get_possible_duplicate(actor, event_id)
    return life.confirm_event(actor=actor, event=event, now=now)


@transaction.atomic
def refuse_merge(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """The officer has found that they are two people: nothing changes."""
    event = get_possible_duplicate(actor, event_id)
    life.turn_down_event(actor=actor, event=event, now=now)
    return _logged(actor, event, "turned_down", now)


@transaction.atomic
def turn_change_down(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """A change that waits does not take effect: whoever wrote it down, or the second, says so."""
    event = _locked_event(actor, event_id, now)
    if event.state != LifeState.ASKED:
        raise Refused(_("This has been answered already."))
    life.turn_down_event(actor=actor, event=event, now=now)
    return _logged(actor, event, "turned_down", now)


@transaction.atomic
def undo_change(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """Take a change back within its days: everything it changed is as it was before.

    Raises ``NotAllowed`` when the days are over, :class:`Refused` when something of it has been
    changed since.
    """
    event = _locked_event(actor, event_id, now)
    can_undo_change(actor, event, now=now).require()
    return life.undo_event(actor=actor, event=event, now=now)


@transaction.atomic
def mark_change_seen(*, actor: Actor, event_id: UUID, now: datetime) -> None:
    """A worker has seen a change: it leaves their first page."""
    life.mark_event_seen(actor=actor, event=get_life_event(actor, event_id, now=now), now=now)


def _other_record(event: LifeEvent, code: str) -> Person | None:
    """Another person's record that has, or had, this code."""
    found = Person.objects.filter(filter_by_code(search_hash(_code(code)), "")).exclude(
        pk=event.person_id
    )
    return found.first()


def _code(text: str, *, field: str = "identity_code") -> str:
    try:
        return parse(text)
    except BadIdentityCode as error:
        raise Refused(
            _("This is not a personal identity code. Write it like this: 131052-308T."),
            field=field,
        ) from error


def _logged(actor: Actor, event: LifeEvent, verb: str, now: datetime) -> LifeEvent:
    """What waits, or is turned down, stands in the log of each case of the person."""
    for case in Case.objects.filter(person_id=event.person_id).order_by("pk"):
        record_case_change(
            actor, f"life_{event.kind}_{verb}", case, event.pk, now, subject="life_event"
        )
    return event


def _locked(case: Case) -> Person:
    """The client, held: of two changes at once the second finds what the first has done.

    The person always comes before the cases, so that two never wait for each other.
    """
    return Person.objects.select_for_update(of=("self",)).get(pk=case.person_id)


def _locked_event(actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    event = get_life_event(actor, event_id, now=now)
    Person.objects.select_for_update(of=("self",)).get(pk=event.person_id)
    return (
        LifeEvent.objects.select_for_update(of=("self",)).select_related("person").get(pk=event.pk)
    )
