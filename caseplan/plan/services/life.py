"""What moves a case from one state to the next: ending it, opening it again.

The table of states and moves is ``cases.lifecycle``; here stands who decides, and on what.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_assess_ending,
    can_end_assessment,
    can_propose_ending,
    can_reopen,
    can_withdraw_ending,
)
from caseplan.plan.models import (
    IMMEDIATE_EXITS,
    Ending,
    EndingOutcome,
    EndingView,
    Exit,
    NoNeed,
    PlanVersion,
)
from caseplan.plan.models.ending import ASSESSING
from caseplan.plan.services.handing_on import withdraw_all_asked
from caseplan.plan.signals import ending_corrected
from cases.lifecycle import CaseState
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import lock_case, move_case, notify_team_of_change
from common.actor import Actor
from common.bodies import Party
from common.decision import NotAllowed, Refused
from records.access import get_row
from records.services import add_row, log_row, require_text


@transaction.atomic
def propose_ending(
    *,
    actor: Actor,
    case: Case,
    exit: Exit,
    reason: str,
    follow_up_by_id: UUID | None,
    now: datetime,
    no_need: NoNeed | None = None,
) -> Ending:
    """Say, for the actor's body, that the need has ended; the two other bodies are asked.

    ``follow_up_by_id`` stands on the team: who asks how things are after the end. ``no_need``: the
    code of an assessment that ends because no joint service is needed, and of no other ending;
    there is none once a plan has come into force.
    """
    ends_assessment = exit == Exit.NO_JOINT_SERVICE
    allowed = can_end_assessment if ends_assessment else can_propose_ending
    allowed(actor, case, now=now).require()
    if ends_assessment != (no_need is not None):
        raise Refused(_("Choose why no joint service is needed."), field="no_need")
    if exit in IMMEDIATE_EXITS:
        raise Refused(_("Write this down as a change in the client's life."), field="exit")
    reason = require_text(
        reason, "reason", _("Write why the need has ended. The client reads this.")
    )
    if follow_up_by_id is None or follow_up_by_id not in {
        member.user_id for member in team_of(case, now=now)
    }:
        raise Refused(
            _("Choose somebody on the team who asks how things are afterwards."),
            field="follow_up_by",
        )
    move_case(actor=actor, case=case, to=CaseState.ENDING, now=now)
    ending = add_row(
        actor,
        Ending(
            case=case,
            exit=exit,
            no_need=no_need or "",
            reason=reason,
            follow_up_by_id=follow_up_by_id,
        ),
        now,
    )
    _answer(actor, ending, True, "", now)
    return ending


@transaction.atomic
def assess_ending(
    *, actor: Actor, ending_id: UUID, need_has_ended: bool, statement: str, now: datetime
) -> Ending:
    """Answer a proposed ending for the actor's party.

    When all three bodies have assessed that the need has ended, the case ends. A body that sees
    the need still says why, and the work goes on. The client is heard; their answer alone
    neither ends nor keeps the case (Act 381/2023 s. 8).
    """
    seen = get_row(actor, Ending, ending_id, now=now)
    Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    ending = get_row(actor, Ending, ending_id, now=now)
    can_assess_ending(actor, ending, now=now).require()
    if not need_has_ended:
        statement = require_text(
            statement, "statement", _("Write what is still needed. Everybody reads it.")
        )
    if ending.views.filter(party=_party(actor)).exists():
        raise Refused(_("This has been answered already for your part."))
    _answer(actor, ending, need_has_ended, statement.strip(), now)
    if actor.is_client:
        return ending
    if not need_has_ended:
        return _close(actor, ending, EndingOutcome.NOT_AGREED, now)
    agreed = set(ending.views.filter(need_has_ended=True).values_list("party", flat=True))
    if agreed >= ASSESSING:
        return _close(actor, ending, EndingOutcome.AGREED, now)
    return ending


@transaction.atomic
def withdraw_ending(*, actor: Actor, ending_id: UUID, now: datetime) -> Ending:
    """The body that proposed it takes the ending back; the work goes on."""
    seen = get_row(actor, Ending, ending_id, now=now)
    Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    ending = get_row(actor, Ending, ending_id, now=now)
    can_withdraw_ending(actor, ending, now=now).require()
    return _close(actor, ending, EndingOutcome.WITHDRAWN, now)


@transaction.atomic
def reopen_case(*, actor: Actor, case: Case, reason: str, now: datetime) -> Case:
    """Correct an ending that was a mistake, while the case is followed up: it goes on where it was.

    ``reason``: why, for the client, who is told at once, as is the team. Nobody is asked any more
    how things are after that end. Raises :class:`Refused` when the person has a newer open case
    in the network.
    """
    lock_case(case)
    can_reopen(actor, case, now=now).require()
    reason = require_text(
        reason, "reason", _("Write why the ending was a mistake. The client reads this.")
    )
    ending = Ending.objects.filter(case=case, outcome=EndingOutcome.AGREED).first()
    move_case(actor=actor, case=case, to=_goes_on(case), now=now)
    if ending is not None:
        ending.outcome, ending.reopened_because = EndingOutcome.REOPENED, reason
        ending.reopened_at, ending.reopened_by_id = now, actor.writer_id
        ending.save(update_fields=["outcome", "reopened_because", "reopened_at", "reopened_by"])
        log_row(actor, ending, "corrected", now)
    withdraw_all_asked(actor, case, now)
    ending_corrected.send(Case, case=case, now=now)
    notify_team_of_change(
        actor=actor,
        case=case,
        kind=NewsKind.ENDING_CORRECTED,
        subject_id=ending.pk if ending else case.pk,
        now=now,
        client=True,
    )
    return case


def _goes_on(case: Case) -> CaseState:
    in_force = PlanVersion.objects.filter(
        case=case, in_force_at__isnull=False, replaced_at__isnull=True
    )
    return CaseState.IN_FORCE if in_force.exists() else CaseState.MAPPING


def _answer(
    actor: Actor, ending: Ending, need_has_ended: bool, statement: str, now: datetime
) -> EndingView:
    return add_row(
        actor,
        EndingView(
            case=ending.case,
            ending=ending,
            party=_party(actor),
            need_has_ended=need_has_ended,
            statement=statement,
        ),
        now,
    )


def _close(actor: Actor, ending: Ending, outcome: EndingOutcome, now: datetime) -> Ending:
    ending.outcome, ending.closed_at = outcome, now
    ending.save(update_fields=["outcome", "closed_at"])
    case = ending.case
    to = CaseState.FOLLOW_UP if outcome == EndingOutcome.AGREED else _goes_on(case)
    if to == CaseState.FOLLOW_UP:
        # A proposal nobody can answer any more does not wait for answers.
        PlanVersion.objects.filter(
            case=case, in_force_at__isnull=True, set_aside_at__isnull=True
        ).update(set_aside_at=now)
    move_case(actor=actor, case=case, to=to, now=now)
    if to != CaseState.FOLLOW_UP:
        withdraw_all_asked(actor, case, now)
    goes_on = outcome != EndingOutcome.AGREED
    notify_team_of_change(
        actor=actor,
        case=case,
        kind=NewsKind.ENDING_CLOSED if goes_on else NewsKind.ENDING_AGREED,
        subject_id=ending.pk,
        now=now,
        client=goes_on,
    )
    return ending


def _party(actor: Actor) -> Party:
    if actor.party is None:
        raise NotAllowed(_("Only the client and the three bodies answer."))
    return actor.party
