"""One case: everything of it that a reader may see, read once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.access import versions_of_case
from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    Answer,
    BodyRequest,
    Goal,
    JointPlan,
    MappingView,
    PlannedService,
    Referral,
    ReviewRequest,
)
from caseplan.plan.selectors.clocks import PlanClock, clock_of, moved_days_of
from caseplan.plan.selectors.conflicts import (
    Conflict,
    conflicts_among,
    mark_refused,
    newest_work_ability,
    notes_of_conflicts,
    rows_of,
    standing_objections,
)
from caseplan.plan.selectors.ending import (
    EndingStanding,
    accompanied_handovers_of,
    ending_of,
)
from caseplan.plan.selectors.goals import (
    GoalWithActions,
    requests_of_case,
    with_what_is_under,
)
from caseplan.plan.selectors.mapping import (
    AreaSeen,
    areas_seen,
    own_strengths_of,
    views_of_case,
)
from caseplan.plan.selectors.more_time import mark_asked
from caseplan.plan.selectors.progress import by_goal, newest_ratings_of
from caseplan.plan.selectors.versions import VersionStanding, standings
from cases.access import get_case
from cases.lifecycle import ENDED_STATES, CaseState
from cases.models import Case, TemporaryAccess
from cases.selectors import TeamMember
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds, categories_open_in
from consent.models import Category, ClientInformation
from consent.selectors import hidden_categories_given
from people.selectors import defer_all_but_name
from records.access import Row, get_row, rows_of_case
from records.selectors import Reading, reading_in, reading_of


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything of one case that this reader may see, read once.

    ``other_actions`` are those whose goal the reader does not see. ``clock`` and ``team`` are
    empty where the plan, or how the case is handled, is not open. ``temporary_access``: on what a
    reader outside the team sees the case, and until when. ``own_strengths``: what the client says
    they can do.
    """

    case: Case
    plan: JointPlan | None
    referral: Referral | None
    own_goals: list[GoalWithActions]
    joint_goals: list[GoalWithActions]
    dropped_goals: list[Goal]
    other_actions: list[Action]
    planned_services: list[PlannedService]
    in_force: VersionStanding | None
    proposal: VersionStanding | None
    team: list[TeamMember]
    clock: PlanClock | None
    temporary_access: TemporaryAccess | None = None
    ending: EndingStanding | None = None
    handed_on: list[AccompaniedHandover] = field(default_factory=list)
    review_request: ReviewRequest | None = None
    mapping: list[AreaSeen] = field(default_factory=list)
    hidden: list[Category] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    requests: list[BodyRequest] = field(default_factory=list)
    own_strengths: MappingView | None = None

    @property
    def goals(self) -> list[GoalWithActions]:
        return [*self.own_goals, *self.joint_goals]

    @property
    def actions(self) -> list[Action]:
        """All actions on the page."""
        return [*(a for entry in self.goals for a in entry.actions), *self.other_actions]

    @property
    def case_manager(self) -> TeamMember | None:
        return next((member for member in self.team if member.is_case_manager), None)

    @property
    def rows(self) -> list[ClientInformation]:
        """All client information on the page."""
        return [
            *(row for row in (self.plan, self.referral, self.own_strengths) if row),
            *(entry.goal for entry in self.goals),
            *self.dropped_goals,
            *self.actions,
            *self.planned_services,
            *(self.ending.rows if self.ending else []),
            *self.handed_on,
            *([self.review_request] if self.review_request else []),
            *(view for area in self.mapping for view in area.views),
            *(rating for entry in self.goals for rating in entry.ratings),
            *(row for conflict in self.conflicts for row in rows_of(conflict)),
            *self.requests,
        ]

    @property
    def unrepresented(self) -> list[Party]:
        """The bodies a proposal waits for and of whom nobody is on the team any more."""
        if self.proposal is None or not self.team:
            return []
        present = {member.body.value for member in self.team}
        return [
            party
            for party in self.proposal.waiting_for
            if party != Party.CLIENT and party.value not in present
        ]

    @property
    def missing_views(self) -> list[Party]:
        """The bodies whose view the mapping still needs, each once."""
        return list(dict.fromkeys(area.needs for area in self.mapping if area.needs))

    @property
    def open_conflicts(self) -> list[Conflict]:
        """What contradicts and has not been settled."""
        return [conflict for conflict in self.conflicts if not conflict.is_settled]

    def open_actions(self) -> list[Action]:
        """Open actions in the order of their due day; none of a case that has ended."""
        if not self.case.is_open:
            return []
        actions = [a for entry in self.goals for a in entry.actions if a.is_open]
        actions += [a for a in self.other_actions if a.is_open]
        return sorted(actions, key=lambda a: (a.due_on, a.recorded_at))


def open_case(
    actor: Actor,
    case_id: UUID,
    *,
    purpose: Purpose,
    now: datetime,
    grounds: Grounds | None = None,
) -> CasePage:
    """The case page of a visible case. Raises ``NotVisible``. Constant number of queries.

    ``grounds``: others than the actor's own, to see the page through them (a preview).
    """
    case = get_case(actor, case_id, now=now)
    reading = (
        reading_of(actor, now=now, grounds=grounds).in_case(case)
        if grounds
        else reading_in(actor, case, now=now)
    )
    page = _read(reading, case)
    beside = [Category.IDENTITY_CONTACT]
    beside += [Category.CASE_HANDLING] if page.team else []
    beside += [Category.PLAN_FOLLOW_UP] if page.in_force or page.proposal else []
    reading.log_and_hide_names("case_opened", purpose, [(case, page.rows)], beside=beside)
    return page


def _read(reading: Reading, case: Case) -> CasePage:
    """What a reader sees of a visible case, not yet logged. Constant number of queries.

    Some are asked only where the page has that part: the mapping or the ending, the ratings of
    work ability, the answers of a version, the notes where something contradicts.
    """
    grounds, pk = reading.grounds, case.pk
    opened = categories_open_in(grounds, pk)
    written = list(rows_of_case(grounds, pk, Goal).order_by("recorded_at", "pk"))
    goals = [goal for goal in written if goal.dropped_at is None]
    actions = list(
        rows_of_case(grounds, pk, Action)
        .select_related("owner")
        .defer(*defer_all_but_name("owner"))
        .order_by("due_on", "recorded_at", "pk")
    )
    mark_asked(grounds, pk, actions)
    planned_services = list(
        rows_of_case(grounds, pk, PlannedService).order_by("starts_on", "recorded_at", "pk")
    )
    mark_refused([*actions, *planned_services], standing_objections(grounds, pk))
    team = reading.team_of(case) if Category.CASE_HANDLING in opened else []
    versions = _versions(grounds, case)
    in_force = next((s for s in versions if s.version.is_in_force), None)
    sees_work_ability = Category.HEALTH_WORK_ABILITY in opened and grounds.person_id is None
    ends = case.state in (CaseState.ENDING, *ENDED_STATES)
    is_mapped = case.state == CaseState.MAPPING
    requests = requests_of_case(reading, case)
    ratings = by_goal(newest_ratings_of(grounds, pk))
    entries = with_what_is_under(goals, actions, ratings, requests)
    shown = {goal.pk for goal in goals}
    return CasePage(
        case=case,
        plan=rows_of_case(grounds, pk, JointPlan).first(),
        referral=rows_of_case(grounds, pk, Referral).first(),
        own_goals=[e for e in entries if e.goal.recorded_for == Party.CLIENT],
        joint_goals=[e for e in entries if e.goal.recorded_for != Party.CLIENT],
        # On the client's own page they have no place, and so are not read there.
        dropped_goals=[] if grounds.person_id else [g for g in written if g.dropped_at],
        other_actions=[a for a in actions if a.goal_id not in shown and a.is_open],
        planned_services=planned_services,
        in_force=in_force,
        proposal=next((s for s in versions if s.version.is_open_proposal), None),
        team=team,
        clock=_clock(case, in_force) if Category.PLAN_FOLLOW_UP in opened else None,
        review_request=_newest_review_request(grounds, case) if in_force else None,
        ending=None if is_mapped else ending_of(grounds, case),
        handed_on=accompanied_handovers_of(grounds, case) if ends else [],
        mapping=areas_seen(views_of_case(grounds, pk), opened) if is_mapped else [],
        temporary_access=reading.temporary_access_in(case, team),
        hidden=[] if grounds.person_id else hidden_categories_given(grounds, case, opened),
        requests=requests,
        own_strengths=own_strengths_of(grounds, pk),
        conflicts=conflicts_among(
            reading,
            actions,
            planned_services,
            newest_work_ability(grounds, pk) if sees_work_ability else [],
            notes_of_conflicts(grounds, pk),
        ),
    )


def _versions(grounds: Grounds, case: Case) -> list[VersionStanding]:
    """The versions of the plan with what the parties have answered, the newest first."""
    versions = list(versions_of_case(grounds, case.pk).order_by("-number"))
    answers = rows_of_case(grounds, case.pk, Answer).select_related("recorded_by")
    found = standings(versions, answers.order_by("recorded_at", "pk") if versions else [])
    for standing in found:
        standing.version.case = case
    return found


def _newest_review_request(grounds: Grounds, case: Case) -> ReviewRequest | None:
    return rows_of_case(grounds, case.pk, ReviewRequest).order_by("-recorded_at", "-pk").first()


def _clock(case: Case, in_force: VersionStanding | None) -> PlanClock | None:
    clock = clock_of(case, in_force.version if in_force else None)
    if clock is None:
        return None
    moved = moved_days_of([clock.subject_id])
    return replace(clock, moved_days=moved.get(clock.subject_id, 0))


def open_row(actor: Actor, model: type[Row], row_id: UUID, *, now: datetime) -> Row:
    """One visible row, to be read or edited; logged. Raises ``NotVisible``."""
    row = get_row(actor, model, row_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        f"{model._meta.model_name}_opened", Purpose.MAKE_PLAN, [(row.case, [row])]
    )
    return row


def goals_to_choose(actor: Actor, case: Case, *, now: datetime) -> list[Goal]:
    """The standing goals of a visible case that the reader sees, to put an action under; logged."""
    reading = reading_of(actor, now=now).in_case(case)
    goals = list(
        rows_of_case(reading.grounds, case.pk, Goal)
        .filter(dropped_at__isnull=True)
        .order_by("recorded_at", "pk")
    )
    reading.log_and_hide_names("goals_listed", Purpose.MAKE_PLAN, [(case, list(goals))])
    return goals


def team_shown(actor: Actor, case: Case, *, now: datetime) -> list[TeamMember]:
    """The team as far as the reader may know it; their own body's members in any case."""
    reading = reading_in(actor, case, now=now)
    team = reading.team_of(case)
    if reading.opens(Category.CASE_HANDLING, [case.pk]):
        return team
    return [member for member in team if member.body == actor.body]
