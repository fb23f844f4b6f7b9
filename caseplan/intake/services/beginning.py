"""How a joint assessment begins: by an identity code, from a trigger, from a referral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from audit.models import AuditRow
from audit.services import record_search
from caseplan.intake.access import can_answer, get_referral
from caseplan.plan.services import open_case_from_trigger, open_case_on_need
from cases.access import visible_to
from cases.models import Case
from cases.services import ask_for_access
from common.actor import Actor
from common.clock import day_of
from common.crypto import search_hash
from common.decision import NotAllowed, Refused
from common.identity_code import BadIdentityCode, parse
from common.names import sort_text
from people.models import FormerName, Person
from people.selectors import filter_by_code, towns_on
from people.services import person_of_code
from statutes.reader import law_on

DAY = timedelta(days=1)


class LookUpGround(models.TextChoices):
    """How a worker knows of somebody whose identity code they type: kept in the log."""

    OWN_CLIENT = "own_client", _("They are a client of my organisation")
    ASKED = "asked", _("They asked for help themselves")
    TOLD = "told", _("Somebody told us with their leave")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a worker typed of somebody, and who it is: None where nobody here has that code.

    A value of this room's alone: no page shows more of it than was typed.
    """

    identity_code: str
    last_name: str
    first_names: str
    municipality_code: str
    language: str
    ground: LookUpGround
    person_id: UUID | None
    is_theirs: bool


@transaction.atomic
def look_up(
    *,
    actor: Actor,
    identity_code: str,
    last_name: str,
    first_names: str,
    municipality_code: str,
    language: str,
    ground: LookUpGround,
    now: datetime,
) -> LookedUp:
    """Look for somebody by their identity code: to begin their assessment, to refer them, or to
    write down what they asked on paper.

    Logged before anything is found out, with the ground, in the log of whoever has the code; so
    many a day (``statutes``). Raises :class:`Refused` for what is no code and for one too many.
    """
    if not actor.is_worker or actor.party is None:
        raise NotAllowed(_("Only a worker of the three bodies begins a joint assessment."))
    try:
        code = parse(identity_code)
    except BadIdentityCode as error:
        raise Refused(
            _("This is not a personal identity code. Write it like this: 131052-308T."),
            field="identity_code",
        ) from error
    most = law_on(day_of(now)).figure("look_ups_a_day").value
    lately = AuditRow.objects.filter(
        actor=actor.label, action__startswith="looked_up", at__gt=now - DAY
    )
    if lately.count() >= most:
        raise Refused(
            _("You have looked for %(most)d people within a day. Go on tomorrow.") % {"most": most},
            field="identity_code",
        )
    hashed = search_hash(code)
    record_search(actor=actor, action=f"looked_up_{ground}", code_hash=hashed, now=now)
    person = Person.objects.filter(filter_by_code(hashed, "")).first()
    return LookedUp(
        identity_code=code,
        last_name=last_name,
        first_names=first_names,
        municipality_code=municipality_code,
        language=language,
        ground=ground,
        person_id=person.pk if person else None,
        is_theirs=person is None or _is_called(person, last_name),
    )


def person_looked_up(*, actor: Actor, found: LookedUp, now: datetime) -> Person:
    """Who was looked up, written down now where no register knew of them.

    Raises :class:`Refused` where code and name do not belong together, or where the person lives
    in none of the network's municipalities; nothing else is told of them.
    """
    here = towns_on(day_of(now)).codes_of(actor.working_network_id)
    if not found.is_theirs:
        raise Refused(
            _("The code and the last name do not belong together. Look at both again."),
            field="last_name",
        )
    if found.person_id is None:
        if found.municipality_code not in here:
            raise Refused(_("Choose a municipality of your network."), field="municipality_code")
        return person_of_code(
            actor=actor,
            identity_code=found.identity_code,
            last_name=found.last_name,
            first_names=found.first_names,
            municipality_code=found.municipality_code,
            language=found.language,
            now=now,
        )
    person = Person.objects.get(pk=found.person_id)
    if person.municipality_code not in here:
        raise Refused(
            _("By the registers your network does not serve this person. Ask where they live."),
            field="municipality_code",
        )
    return person


@transaction.atomic
def begin_looked_up(*, actor: Actor, found: LookedUp, now: datetime, **need: Any) -> Case | None:
    """Begin the joint assessment of somebody who was looked up.

    None where they have an open case in the network that the actor does not see: its case manager
    is asked, in the words of the need, to let them in. Raises :class:`Refused`.
    """
    if found.person_id is not None and found.is_theirs:
        open_cases = Case.objects.filter(
            person=found.person_id, network_id=actor.working_network_id, ended_at=None
        )
        seen = visible_to(actor, now=now).filter(pk__in=open_cases.values("pk"))
        if open_cases.exists() and not seen.exists():
            ask_for_access(
                actor=actor,
                identity_code=found.identity_code,
                reason=need["reason"],
                now=now,
            )
            return None
    person = person_looked_up(actor=actor, found=found, now=now)
    return open_case_on_need(actor=actor, person_id=person.pk, now=now, **need)


@transaction.atomic
def begin_from_trigger(
    *, actor: Actor, person_id: UUID, rule: str, asked_on: date, now: datetime, **need: Any
) -> Case:
    """Begin the joint assessment of somebody on the worklist, the trigger beside it."""
    return open_case_from_trigger(
        actor=actor, person_id=person_id, rule=rule, asked_on=asked_on, now=now, **need
    )


@transaction.atomic
def begin_from_referral(*, actor: Actor, referral_id: UUID, now: datetime, **need: Any) -> Case:
    """Begin the joint assessment of somebody who was referred to the actor's office."""
    row = get_referral(actor, referral_id, now=now, lock=True)
    can_answer(actor, row).require()
    return open_case_on_need(actor=actor, person_id=row.person_id, now=now, **need)


def _is_called(person: Person, last_name: str) -> bool:
    """Whether that is the person's last name, or was."""
    names: Iterable[str] = [
        person.last_name,
        *FormerName.objects.filter(person=person).values_list("last_name", flat=True),
    ]
    return sort_text(last_name) in {sort_text(name) for name in names}
