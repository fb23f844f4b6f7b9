"""Proposing a version of the plan and answering it (Decree 1377/2014 s. 1).

A version is in force when the client and each participating body have accepted it. Until
then, and after a disagreement, the earlier version stays in force.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.plan.access import (
    can_answer,
    can_answer_for_client,
    can_confirm_paper,
    can_settle,
    get_version,
)
from caseplan.plan.models import (
    Answer,
    Goal,
    How,
    JointPlan,
    PaperState,
    PlanVersion,
    Reply,
    ReviewRequest,
    ReviewState,
    VersionItem,
)
from caseplan.plan.selectors.freezing import frozen_items
from caseplan.plan.selectors.papers import clients_no
from caseplan.plan.services.signed_paper import (
    keep_paper,
    lock_paper,
    overtake_papers,
    settle_paper,
)
from caseplan.plan.signals import plan_agreed
from cases.access import can_write_in_case
from cases.lifecycle import CaseState
from cases.models import Case, NewsKind
from cases.services import lock_case, move_case, notify_of_change, notify_team_of_change
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.dates import add_months
from common.decision import Decision, Refused
from common.levels import Act
from consent.models import Category
from records.access import visible_to
from records.services import add_row, require_text
from statutes.reader import law_on


@transaction.atomic
def propose_plan(*, actor: Actor, case: Case, now: datetime) -> PlanVersion:
    """Freeze the living plan as the next numbered version and ask the parties to answer it.

    An earlier proposal that is still open is set aside; its answers and reasons are kept.
    Proposing copies the whole plan, also what the proposer's own body does not see, and
    shows none of it. Raises :class:`Refused` when there is no goal yet.
    """
    lock_case(case)
    can_write_in_case(actor, case, now=now).require()
    plan = JointPlan.objects.get(case=case)
    goals = list(
        Goal.objects.filter(case=case, dropped_at__isnull=True).order_by("recorded_at", "pk")
    )
    # Judged by what the proposer sees: a refusal, or its absence, tells of nothing else.
    if not visible_to(actor, Goal, now=now).filter(case=case, dropped_at__isnull=True).exists():
        raise Refused(_("Write at least one goal before you propose the plan."))
    for earlier in PlanVersion.objects.filter(
        case=case, in_force_at__isnull=True, set_aside_at__isnull=True
    ):
        earlier.set_aside_at = now
        earlier.save(update_fields=["set_aside_at"])
    last = PlanVersion.objects.filter(case=case).aggregate(Max("number"))["number__max"] or 0
    version = PlanVersion.objects.create(
        case=case,
        number=last + 1,
        parties=[party.value for party in plan.participating_parties],
        proposed_at=now,
        proposed_by_id=actor.writer_id,
    )
    VersionItem.objects.bulk_create(frozen_items(version, plan, goals))
    _log(actor, version, "plan_proposed", now)
    # The proposal is the review the client asked for.
    for request in ReviewRequest.objects.filter(case=case, state=ReviewState.OPEN):
        request.state = ReviewState.AGREED
        request.answered_at, request.answered_by_id = now, actor.writer_id
        request.save()
    return version


@transaction.atomic
def accept_plan(*, actor: Actor, version_id: UUID, now: datetime) -> PlanVersion:
    """Accept a version for the actor's party; the last acceptance brings it into force.

    What changed meanwhile is accepted anew: a version that was set aside is refused
    (:class:`NotAllowed`).
    """
    return _accepted(actor, _answer(actor, version_id, Reply.ACCEPTED, now), now)


@transaction.atomic
def write_client_answer(
    *,
    actor: Actor,
    version_id: UUID,
    reply: Reply,
    comment: str,
    paper: str,
    now: datetime,
    archive_place: str = "",
    signed_on: date | None = None,
) -> PlanVersion:
    """A worker writes down the client's answer: signed on paper, or a disagreement said aloud.

    ``paper`` is where the signed paper is kept; an acceptance needs one (Decree 1377/2014 s. 1).
    Where the client's last word was a no, it waits for the client or a second person, and needs
    ``archive_place`` and ``signed_on``, the day on it. A no holds at once.
    """
    if reply == Reply.ACCEPTED:
        require_text(
            paper,
            "paper",
            _("Write where the signed paper is kept. Without one, it is not signed."),
        )
        version = _locked(actor, version_id, now)
        can_answer_for_client(actor, version, now=now).require()
        no = clients_no(version)
        if no is not None:
            keep_paper(actor, version, no, paper, archive_place, signed_on, now)
            return version
    else:
        require_text(
            comment, "comment", _("Write what the client disagrees with, in the client's words.")
        )
    how = How.PAPER if paper.strip() else How.SPOKEN
    version = _answer(
        actor, version_id, reply, now, comment=comment.strip(), how=how, paper=paper.strip()
    )
    notify_of_change(
        actor=actor, case=version.case, kind=NewsKind.PLAN_ANSWERED, subject_id=version.pk,
        now=now, was=actor.name,
    )  # fmt: skip
    return _accepted(actor, version, now) if reply == Reply.ACCEPTED else version


@transaction.atomic
def confirm_paper(*, actor: Actor, paper_id: UUID, now: datetime) -> PlanVersion:
    """The client did sign it, or a second person has seen the paper: it counts from now on.

    Raises ``NotVisible``, ``NotAllowed`` for the writer and for whoever else is not the one to
    confirm it, :class:`Refused` where it no longer waits.
    """
    paper = lock_paper(actor, paper_id, now)
    can_confirm_paper(actor, paper, now=now).require()
    settle_paper(actor, paper, PaperState.CONFIRMED, now)
    version = paper.version
    by_client = actor.is_client
    answer = Answer(
        version=version,
        case=version.case,
        party=Party.CLIENT,
        reply=Reply.ACCEPTED,
        how=How.ELECTRONIC if by_client else How.PAPER,
        paper="" if by_client else f"{paper.archive_number}, {paper.archive_place}"[:200],
        after_paper=paper,
    )
    add_row(actor, answer, now, for_party=Party.CLIENT)
    _log(actor, version, "plan_accepted", now)
    if not by_client:
        notify_of_change(
            actor=actor, case=version.case, kind=NewsKind.PLAN_ANSWERED, subject_id=version.pk,
            now=now, was=actor.name,
        )  # fmt: skip
    return _accepted(actor, version, now)


@transaction.atomic
def dispute_paper(*, actor: Actor, paper_id: UUID, now: datetime) -> PlanVersion:
    """The client did not sign it, or the paper says something else: it never counts."""
    paper = lock_paper(actor, paper_id, now)
    can_confirm_paper(actor, paper, now=now).require()
    settle_paper(
        actor, paper, PaperState.NOT_SIGNED if actor.is_client else PaperState.MISMATCH, now
    )
    return paper.version


@transaction.atomic
def settle_disagreement(
    *, actor: Actor, version_id: UUID, settlement: str, now: datetime
) -> PlanVersion:
    """Set a proposal with a disagreement aside, and say how it was settled.

    The version in force stays; proposing a new version settles it too.
    """
    seen = get_version(actor, version_id, now=now)
    Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    version = get_version(actor, version_id, now=now)
    can_settle(actor, version, now=now).require()
    version.settled_by = require_text(
        settlement, "settlement", _("Write what you agreed on. Everybody reads it.")
    )
    version.set_aside_at = now
    version.save(update_fields=["settled_by", "set_aside_at"])
    _log(actor, version, "plan_settled", now)
    notify_team_of_change(
        actor=actor, case=version.case, kind=NewsKind.PROPOSAL_SET_ASIDE, subject_id=version.pk,
        now=now, was=str(version.number), client=True,
    )  # fmt: skip
    return version


def _accepted(actor: Actor, version: PlanVersion, now: datetime) -> PlanVersion:
    accepted = set(version.answers.filter(reply=Reply.ACCEPTED).values_list("party", flat=True))
    if accepted >= set(version.parties):
        _bring_into_force(actor, version, now)
    return version


@transaction.atomic
def disagree_with_plan(
    *, actor: Actor, version_id: UUID, comment: str, now: datetime
) -> PlanVersion:
    """Say, for the actor's party, what is disagreed with. The version stays a proposal."""
    if not comment.strip():
        raise Refused(_("Write what you disagree with, in your own words."), field="comment")
    return _answer(actor, version_id, Reply.DISAGREES, now, comment=comment.strip())


def _answer(
    actor: Actor,
    version_id: UUID,
    reply: Reply,
    now: datetime,
    *,
    comment: str = "",
    how: How = How.ELECTRONIC,
    paper: str = "",
) -> PlanVersion:
    version = _locked(actor, version_id, now)
    if how == How.ELECTRONIC:
        can_answer(actor, version, now=now).require()
        if actor.is_client and reply == Reply.ACCEPTED:
            Decision.proven(actor, Act.ACCEPT_PLAN).require()
        party = actor.party
        assert party is not None
    else:
        can_answer_for_client(actor, version, now=now).require()
        party = Party.CLIENT
    if version.answers.filter(party=party).exists():
        raise Refused(_("This version has been answered already for your part."))
    answer = Answer(
        version=version,
        case=version.case,
        party=party,
        reply=reply,
        comment=comment,
        how=how,
        paper=paper,
    )
    add_row(actor, answer, now, for_party=party)
    if party == Party.CLIENT:
        overtake_papers(actor, version, now)
    _log(actor, version, f"plan_{reply.value}", now)
    return version


def _locked(actor: Actor, version_id: UUID, now: datetime) -> PlanVersion:
    """A visible version, once nobody else answers in its case.

    The case's row is the one lock of agreement: two last acceptances at once, or an acceptance
    and a new proposal, come one after the other.
    """
    seen = get_version(actor, version_id, now=now)
    Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    return get_version(actor, version_id, now=now)


def _bring_into_force(actor: Actor, version: PlanVersion, now: datetime) -> None:
    today = day_of(now)
    review = law_on(today).review_months
    for earlier in PlanVersion.objects.filter(
        case=version.case, in_force_at__isnull=False, replaced_at__isnull=True
    ):
        earlier.replaced_at = now
        earlier.save(update_fields=["replaced_at"])
    version.in_force_at = now
    version.review_due_on = add_months(today, review.value)
    version.review_section = review.section
    version.save(update_fields=["in_force_at", "review_due_on", "review_section"])
    plan_agreed.send(type(version), case_id=version.case_id, now=now)
    _log(actor, version, "plan_in_force", now)
    notify_team_of_change(
        actor=actor, case=version.case, kind=NewsKind.PLAN_IN_FORCE, subject_id=version.pk,
        now=now, was=str(version.number), client=True,
    )  # fmt: skip
    if version.case.state == CaseState.MAPPING:
        move_case(actor=actor, case=version.case, to=CaseState.IN_FORCE, now=now)


def _log(actor: Actor, version: PlanVersion, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="plan_version",
        subject_id=version.pk,
        case_id=version.case_id,
        person_id=version.case.person_id,
        categories=[Category.PLAN_FOLLOW_UP],
        now=now,
    )
