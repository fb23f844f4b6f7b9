"""Numbered versions of a plan: what they said, what changed, who has answered what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from audit.models import Purpose
from caseplan.plan.access import get_version, versions_visible_to
from caseplan.plan.models import (
    Answer,
    Goal,
    JointPlan,
    PaperState,
    PlanVersion,
    Reply,
    SignedPaper,
    VersionItem,
)
from caseplan.plan.models.agreement import SOURCES
from caseplan.plan.selectors.comparing import (
    ItemChange,
    changes_between,
    last_answered,
    objections_before,
    party_of,
)
from caseplan.plan.selectors.freezing import frozen_items
from caseplan.plan.selectors.frozen import Frozen, FrozenGoal, frozen_fields, users_in
from caseplan.plan.selectors.papers import clients_no
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds
from people.selectors import names_of
from records.access import visible_to
from records.selectors import Reading, reading_of


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """Where one party stands on a version: an answer, or None while it has not answered."""

    party: Party
    answer: Answer | None

    @property
    def accepted(self) -> bool:
        return self.answer is not None and self.answer.reply == Reply.ACCEPTED

    @property
    def disagrees(self) -> bool:
        return self.answer is not None and self.answer.reply == Reply.DISAGREES


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """A version's header with where each of its parties stands."""

    version: PlanVersion
    answers: list[PartyAnswer]

    @property
    def waiting_for(self) -> list[Party]:
        return [row.party for row in self.answers if row.answer is None]

    @property
    def disagreements(self) -> list[PartyAnswer]:
        return [row for row in self.answers if row.disagrees]

    def answer_of(self, party: Party | None) -> PartyAnswer | None:
        return next((row for row in self.answers if row.party == party), None)


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One frozen version as this reader may see it, and what changed since they last answered.

    ``compared_with``: the version that the reader's party last answered, with ``last_answer``;
    none where it never answered. ``objections``: the disagreements it comes after. ``party``: for
    whom it is read.
    """

    standing: VersionStanding
    items: list[VersionItem]
    changes: list[ItemChange]
    compared_with: PlanVersion | None
    newest: PlanVersion | None
    owners: dict[UUID, str]
    clients_no: datetime | None = None
    paper: SignedPaper | None = None
    last_answer: Answer | None = None
    objections: list[Answer] = field(default_factory=list)
    party: Party | None = None

    @property
    def version(self) -> PlanVersion:
        return self.standing.version

    @property
    def own_changes(self) -> list[ItemChange]:
        """What changed in what the reader's own party does."""
        return [change for change in self.changes if change.is_of(self.party)]

    @property
    def other_changes(self) -> list[ItemChange]:
        return [change for change in self.changes if not change.is_of(self.party)]

    @property
    def goals(self) -> list[FrozenGoal]:
        """The goals with their actions, as they stood."""
        return [
            FrozenGoal(
                self.frozen(item),
                [a for a in self._of_kind(VersionItem.Kind.ACTION) if a.goal_id == item.source_id],
            )
            for item in self.items
            if item.kind == VersionItem.Kind.GOAL
        ]

    @property
    def loose_actions(self) -> list[Frozen]:
        """The actions whose goal this reader does not see."""
        goals = {item.source_id for item in self.items if item.kind == VersionItem.Kind.GOAL}
        return [a for a in self._of_kind(VersionItem.Kind.ACTION) if a.goal_id not in goals]

    @property
    def services(self) -> list[Frozen]:
        return self._of_kind(VersionItem.Kind.SERVICE)

    @property
    def wholes(self) -> list[Frozen]:
        """The plan as a whole, where this reader sees it."""
        return self._of_kind(VersionItem.Kind.PLAN)

    def _of_kind(self, kind: str) -> list[Frozen]:
        return [self.frozen(item) for item in self.items if item.kind == kind]

    def frozen(self, item: VersionItem) -> Frozen:
        """One item of the version, in words."""
        return Frozen(item.title, item.goal_id, frozen_fields(item, self.owners), item.with_client)


def open_version(
    actor: Actor,
    version_id: UUID,
    *,
    now: datetime,
    purpose: Purpose = Purpose.MAKE_PLAN,
    grounds: Grounds | None = None,
    exported: bool = False,
) -> VersionPage:
    """One version with its content through the gate. Raises ``NotVisible``.

    ``grounds``: others than the actor's own, to see the version through them (a preview).
    ``exported``: it is taken out as a file, which the log says.
    """
    reading = reading_of(actor, now=now, grounds=grounds)
    version = get_version(actor, version_id, now=now, grounds=reading.grounds)
    party = party_of(reading)
    answered = last_answered(party, version)
    earlier = answered.version if answered else None
    both = [v.pk for v in (version, earlier) if v]
    items = list(
        visible_to(actor, VersionItem, now=now, grounds=reading.grounds)
        .filter(version__in=both)
        .order_by("position", "pk")
    )
    new = [item for item in items if item.version_id == version.pk]
    old = [item for item in items if item.version_id != version.pk]
    owners = names_of({user_id for item in items for user_id in users_in(item)})
    versions = versions_visible_to(actor, now=now, grounds=reading.grounds)
    (standing,) = _with_answers(reading, versions.filter(pk=version.pk))
    objections = objections_before(actor, version, earlier, reading)
    action = "version_exported" if exported else "version_opened"
    reading.log_and_hide_names(action, purpose, [(standing.version.case, [*items, *objections])])
    return VersionPage(
        standing=standing,
        items=new,
        changes=changes_between(old, new, owners) if earlier else [],
        compared_with=earlier,
        newest=None if standing.version.is_open_proposal else _open_proposal(reading, version.case),
        owners=owners,
        clients_no=clients_no(version) if version.is_open_proposal else None,
        paper=version.papers.filter(state=PaperState.WAITING).select_related("written_by").first(),
        last_answer=answered,
        objections=objections,
        party=party,
    )


def draft_version(actor: Actor, case_id: UUID, *, now: datetime, grounds: Grounds) -> VersionPage:
    """The next version as it would be proposed now, read through ``grounds``; nothing is written.

    Raises ``NotVisible``. Logged as the plan it is made of.
    """
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now, grounds=grounds)
    plan = JointPlan.objects.get(case=case)
    last = PlanVersion.objects.filter(case=case).aggregate(Max("number"))["number__max"] or 0
    version = PlanVersion(case=case, number=last + 1, parties=[*plan.participating_parties])
    goals = list(
        Goal.objects.filter(case=case, dropped_at__isnull=True).order_by("recorded_at", "pk")
    )
    seen = {
        pk
        for model in SOURCES.values()
        for pk in visible_to(actor, model, now=now, grounds=reading.grounds)
        .filter(case=case)
        .values_list("pk", flat=True)
    }
    items = [item for item in frozen_items(version, plan, goals) if item.source_id in seen]
    reading.log_and_hide_names("proposal_previewed", Purpose.MAKE_PLAN, [(case, items)])
    (standing,) = standings([version], [])
    return VersionPage(
        standing=standing,
        items=items,
        changes=[],
        compared_with=None,
        newest=None,
        owners=names_of({user_id for item in items for user_id in users_in(item)}),
        party=party_of(reading),
    )


def open_versions(
    actor: Actor, case_id: UUID, *, now: datetime
) -> tuple[Case, list[VersionStanding]]:
    """A visible case and all versions of its plan, the newest first. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    found = versions_visible_to(actor, now=now, grounds=reading.grounds).filter(case=case)
    shown = _with_answers(reading, found)
    answers = [row.answer for one in shown for row in one.answers if row.answer]
    reading.log_and_hide_names("versions_listed", Purpose.MAKE_PLAN, [(case, answers)])
    return case, shown


def _with_answers(reading: Reading, versions: QuerySet[PlanVersion]) -> list[VersionStanding]:
    """Versions, the newest first, with those answers to them that the reader may see."""
    found = list(versions.select_related("case", "case__person").order_by("-number"))
    answers = (
        visible_to(reading.actor, Answer, now=reading.now, grounds=reading.grounds)
        .filter(version__in=found)
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    return standings(found, answers)


def standings(versions: Iterable[PlanVersion], answers: Iterable[Answer]) -> list[VersionStanding]:
    """Where each of the parties stands on each version, by the answers read in their order."""
    by_key = {
        (a.version_id, a.party): a
        for a in sorted(answers, key=lambda a: (a.recorded_at, a.after_paper_id is not None))
    }
    return [
        VersionStanding(v, [PartyAnswer(Party(p), by_key.get((v.pk, p))) for p in v.parties])
        for v in versions
    ]


def _open_proposal(reading: Reading, case: Case) -> PlanVersion | None:
    versions = versions_visible_to(reading.actor, now=reading.now, grounds=reading.grounds)
    open_one = versions.filter(case=case, in_force_at=None, set_aside_at=None)
    return open_one.order_by("-number").first()
