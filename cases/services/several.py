"""Many cases at once: offered to one worker, and taken by them; each still moves by itself.

What can't move any more, because somebody was quicker, stays where it is and is told; the others
move all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import get_handover, managed_by
from cases.models import Case
from cases.services.handover import accept_handover, hand_over
from common.actor import Actor
from common.decision import NotAllowed, NotVisible, Refused

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Several:
    """How many of the chosen went, and how many stayed, each with why, where that may be told."""

    done: int
    stayed: list[str]


@transaction.atomic
def hand_over_several(
    *,
    actor: Actor,
    case_ids: Iterable[UUID],
    receiver_id: UUID,
    reason: str,
    reasons: Mapping[UUID, str],
    leaves: bool,
    now: datetime,
) -> Several:
    """Ask one worker to take some of the cases that the actor manages, or stands in for.

    ``reason``: for every client, where ``reasons`` has none of their own. Raises :class:`Refused`
    without any case, and where none could be offered.
    """
    wanted = sorted(set(case_ids))
    if not wanted:
        raise Refused(_("Choose the cases first."), field="cases")
    cases = managed_by(actor, now=now).select_related("person").filter(pk__in=wanted).order_by("pk")

    def offer(case: Case) -> None:
        hand_over(
            actor=actor, case=case, receiver_id=receiver_id, leaves=leaves, now=now,
            reason=reasons.get(case.pk, "").strip() or reason,
        )  # fmt: skip

    return _each(list(cases), offer)


@transaction.atomic
def accept_several(*, actor: Actor, handover_ids: Iterable[UUID], now: datetime) -> Several:
    """Take the chosen cases. One that was taken back, or has ended, meanwhile stays.

    Raises :class:`Refused` without any, and where none could be taken.
    """
    wanted = sorted(set(handover_ids))
    if not wanted:
        raise Refused(_("Choose the cases first."), field="handovers")

    def take(handover_id: UUID) -> None:
        get_handover(actor, handover_id, now=now)
        accept_handover(actor=actor, handover_id=handover_id, now=now)

    return _each(wanted, take)


def _each(wanted: Iterable[One], act: Callable[[One], None]) -> Several:
    done, stayed = 0, list[Refused | NotAllowed | NotVisible]()
    for one in wanted:
        try:
            with transaction.atomic():
                act(one)
        except (Refused, NotAllowed, NotVisible) as error:
            stayed.append(error)
        else:
            done += 1
    told = [_said(error) for error in stayed]
    if not done:
        first = stayed[0] if stayed else None
        field = first.field if isinstance(first, Refused) else "cases"
        raise Refused(told[0] if told else str(_GONE), field=field)
    return Several(done, told)


_GONE = _("It was taken back, or moved to somebody else, meanwhile.")


def _said(error: Refused | NotAllowed | NotVisible) -> str:
    return str(error.message) if isinstance(error, Refused) else str(_GONE)
