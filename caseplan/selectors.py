"""Reads of cases and plans for the faces: through the gate, with their access rows.

Every ``open_*`` and ``list_*`` evaluates its querysets here and writes, in the same
transaction, one access row a person with the categories really returned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from audit.models import AuditRow, Purpose
from audit.selectors import accesses_of_case
from audit.services import Shown, record_access
from caseplan.access import Row, get_row, get_version, versions_visible_to, visible_to
from caseplan.models import (
    Action,
    Answer,
    Goal,
    JointPlan,
    Measure,
    PlanVersion,
    Referral,
    Reply,
    VersionItem,
)
from cases.access import get_case
from cases.access import visible_to as cases_visible_to
from cases.models import Case, TeamRole, TeamTerm
from cases.selectors import TeamMember, team_of
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.dates import add_months
from consent.access import Grounds
from consent.models import Category, ClientInformation
from consent.selectors import grounds_for, hidden_categories
from people.models import Office, User
from people.selectors import standing_at
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class GoalWithActions:
    goal: Goal
    actions: list[Action]


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
class Clock:
    """The next statutory date of a case: the plan's making, or its review."""

    kind: str
    due_on: date
    section: str

    def is_past(self, today: date) -> bool:
        return self.due_on < today


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything of one case that this actor may see, read once."""

    case: Case
    plan: JointPlan | None
    referral: Referral | None
    own_goals: list[GoalWithActions]
    joint_goals: list[GoalWithActions]
    measures: list[Measure]
    in_force: VersionStanding | None
    proposal: VersionStanding | None
    team: list[TeamMember]
    clock: Clock
    hidden: list[Category] = field(default_factory=list)

    @property
    def goals(self) -> list[GoalWithActions]:
        return [*self.own_goals, *self.joint_goals]

    @property
    def case_manager(self) -> TeamMember | None:
        return next((member for member in self.team if member.is_case_manager), None)

    def open_actions(self) -> list[Action]:
        """Open actions in the order of their due day."""
        actions = [a for entry in self.goals for a in entry.actions if a.is_open]
        return sorted(actions, key=lambda a: (a.due_on, a.recorded_at))


def open_case(actor: Actor, case_id: UUID, *, purpose: Purpose, now: datetime) -> CasePage:
    """The case page of a visible case. Raises ``NotVisible``. Constant number of queries."""
    case = get_case(actor, case_id, now=now)
    grounds = grounds_for(actor, on=day_of(now))

    def rows(model: type[Row]) -> QuerySet[Row]:
        return visible_to(actor, model, now=now, grounds=grounds).filter(case=case)

    plan = rows(JointPlan).first()
    referral = rows(Referral).first()
    goals = list(rows(Goal).filter(dropped_at__isnull=True).order_by("recorded_at"))
    actions = list(rows(Action).select_related("owner").order_by("due_on", "recorded_at"))
    measures = list(rows(Measure).order_by("starts_on", "recorded_at"))
    standings = _standings(
        actor, versions_visible_to(actor, now=now).filter(case=case), grounds, now
    )
    in_force = next((s for s in standings if s.version.is_in_force), None)
    proposal = next((s for s in standings if s.version.is_open_proposal), None)
    shown: list[ClientInformation] = [
        *(row for row in (plan, referral) if row),
        *goals,
        *actions,
        *measures,
    ]
    _log(actor, "case_opened", purpose, [(case, shown)], now)
    page_goals = [
        GoalWithActions(goal, [a for a in actions if a.goal_id == goal.pk]) for goal in goals
    ]
    return CasePage(
        case=case,
        plan=plan,
        referral=referral,
        own_goals=[g for g in page_goals if g.goal.recorded_for == Party.CLIENT],
        joint_goals=[g for g in page_goals if g.goal.recorded_for != Party.CLIENT],
        measures=measures,
        in_force=in_force,
        proposal=proposal,
        team=team_of(case, now=now),
        clock=clock_of(case, in_force.version if in_force else None),
        hidden=hidden_categories(actor, case, grounds, Category) if actor.is_worker else [],
    )


def open_row(actor: Actor, model: type[Row], row_id: UUID, *, now: datetime) -> Row:
    """One visible row, to be read or edited; logged. Raises ``NotVisible``."""
    row = get_row(actor, model, row_id, now=now)
    _log(actor, f"{model._meta.model_name}_opened", Purpose.MAKE_PLAN, [(row.case, [row])], now)
    return row


def clock_of(case: Case, in_force: PlanVersion | None) -> Clock:
    """The plan is due three months from the start; once in force, its review is next."""
    if in_force is not None and in_force.review_due_on is not None:
        return Clock("review_due", in_force.review_due_on, in_force.review_section)
    figure = law_on(case.started_on).plan_due_months
    return Clock("plan_due", add_months(case.started_on, figure.value), figure.section)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one item of a version differs from the version before it."""

    item: VersionItem
    how: str  # "added", "changed" or "removed"
    before: VersionItem | None = None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One frozen version as this actor may see it, and what changed since the one in force."""

    standing: VersionStanding
    items: list[VersionItem]
    changes: list[ItemChange]
    compared_with: PlanVersion | None
    owners: dict[str, str]

    @property
    def version(self) -> PlanVersion:
        return self.standing.version


def open_version(actor: Actor, version_id: UUID, *, now: datetime) -> VersionPage:
    """One version with its content through the gate. Raises ``NotVisible``."""
    version = get_version(actor, version_id, now=now)
    grounds = grounds_for(actor, on=day_of(now))
    earlier = (
        PlanVersion.objects.filter(
            case=version.case, in_force_at__isnull=False, number__lt=version.number
        )
        .order_by("-number")
        .first()
    )
    both = [v.pk for v in (version, earlier) if v]
    items = list(
        visible_to(actor, VersionItem, now=now, grounds=grounds)
        .filter(version__in=both)
        .order_by("position")
    )
    new = [item for item in items if item.version_id == version.pk]
    old = [item for item in items if item.version_id != version.pk]
    ids = {str(i.content["owner_id"]) for i in items if i.content.get("owner_id")}
    owners = {str(u.pk): u.full_name for u in User.objects.filter(pk__in=ids)}
    _log(actor, "version_opened", Purpose.MAKE_PLAN, [(version.case, items)], now)
    (standing,) = _standings(
        actor, versions_visible_to(actor, now=now).filter(pk=version.pk), grounds, now
    )
    return VersionPage(
        standing=standing,
        items=new,
        changes=_changes(old, new) if earlier else [],
        compared_with=earlier,
        owners=owners,
    )


def _changes(old: list[VersionItem], new: list[VersionItem]) -> list[ItemChange]:
    before = {(item.kind, item.source_id): item for item in old}
    after = {(item.kind, item.source_id) for item in new}
    changes = []
    for item in new:
        was = before.get((item.kind, item.source_id))
        if was is None:
            changes.append(ItemChange(item, "added"))
        elif was.content != item.content:
            changes.append(ItemChange(item, "changed", was))
    gone = [item for key, item in before.items() if key not in after]
    return [*changes, *(ItemChange(item, "removed") for item in gone)]


def versions_of(actor: Actor, case: Case, *, now: datetime) -> list[VersionStanding]:
    """All versions of a visible case, the newest first, with where each party stands."""
    grounds = grounds_for(actor, on=day_of(now))
    return _standings(actor, versions_visible_to(actor, now=now).filter(case=case), grounds, now)


def _standings(
    actor: Actor, versions: QuerySet[PlanVersion], grounds: Grounds, now: datetime
) -> list[VersionStanding]:
    found = list(versions.select_related("case", "case__person").order_by("-number"))
    answers = (
        visible_to(actor, Answer, now=now, grounds=grounds)
        .filter(version__in=found)
        .select_related("recorded_by")
        .order_by("recorded_at")
    )
    by_key = {(a.version_id, a.party): a for a in answers}
    return [
        VersionStanding(v, [PartyAnswer(Party(p), by_key.get((v.pk, p))) for p in v.parties])
        for v in found
    ]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it stands in a worker's list."""

    case: Case
    case_manager: str
    clock: Clock
    open_proposal: bool
    next_due: date | None


def cases_of(actor: Actor, *, now: datetime, words: str = "") -> QuerySet[Case]:
    """The open cases this actor sees, by name; ``words`` must each be part of the name.

    A queryset to page through: show it with :func:`list_cases`.
    """
    cases = cases_visible_to(actor, now=now).filter(ended_at__isnull=True)
    for word in words.split():
        cases = cases.filter(
            Q(person__last_name__icontains=word) | Q(person__first_names__icontains=word)
        )
    return cases.select_related("person").order_by("person__sort_key", "pk")


def list_cases(
    actor: Actor, cases: QuerySet[Case] | Iterable[Case], *, searched: bool, now: datetime
) -> list[CaseRow]:
    """The rows of one page of :func:`cases_of`, with an access row for each person shown."""
    page = list(cases)
    ids = [case.pk for case in page]
    managers = dict(
        TeamTerm.objects.filter(
            standing_at(now), case__in=ids, role=TeamRole.CASE_MANAGER
        ).values_list("case", "user")
    )
    names = {u.pk: u.full_name for u in User.objects.filter(pk__in=managers.values())}
    in_force = {
        v.case_id: v
        for v in PlanVersion.objects.filter(
            case__in=ids, in_force_at__isnull=False, replaced_at__isnull=True
        )
    }
    proposals = set(
        PlanVersion.objects.filter(
            case__in=ids, in_force_at__isnull=True, set_aside_at__isnull=True
        ).values_list("case", flat=True)
    )
    due = dict(
        visible_to(actor, Action, now=now)
        .filter(case__in=ids, state__in=Action.OPEN_STATES)
        .values("case")
        .annotate(first=Min("due_on"))
        .values_list("case", "first")
    )
    record_access(
        actor=actor,
        action="cases_searched" if searched else "cases_listed",
        purpose=_purpose(actor, Purpose.SEARCH if searched else Purpose.KEEP_CASE),
        shown=[
            Shown(
                case.person_id,
                case.pk,
                frozenset({Category.IDENTITY_CONTACT, Category.CASE_HANDLING}),
            )
            for case in page
        ],
        now=now,
    )
    return [
        CaseRow(
            case=case,
            case_manager=names.get(managers.get(case.pk), ""),  # type: ignore[arg-type]
            clock=clock_of(case, in_force.get(case.pk)),
            open_proposal=case.pk in proposals,
            next_due=due.get(case.pk),
        )
        for case in page
    ]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The living plan of one case, as far as the reader may see it."""

    case: Case
    goals: list[Goal]
    actions: list[Action]
    measures: list[Measure]
    version_in_force: int | None
    open_proposal: int | None


def list_plans(actor: Actor, cases: Iterable[Case], *, now: datetime) -> list[PlanRow]:
    """The plans of some visible cases; logged. A fixed number of queries for any number."""
    page = list(cases)
    grounds = grounds_for(actor, on=day_of(now))
    goals = visible_to(actor, Goal, now=now, grounds=grounds).filter(
        case__in=page, dropped_at__isnull=True
    )
    actions = visible_to(actor, Action, now=now, grounds=grounds).filter(case__in=page)
    measures = visible_to(actor, Measure, now=now, grounds=grounds).filter(case__in=page)
    versions = versions_visible_to(actor, now=now).filter(case__in=page).order_by("number")
    in_force = {v.case_id: v.number for v in versions if v.is_in_force}
    proposed = {v.case_id: v.number for v in versions if v.is_open_proposal}
    found_goals = list(goals.order_by("recorded_at"))
    found_actions = list(actions.select_related("owner").order_by("due_on", "recorded_at"))
    found_measures = list(measures.order_by("starts_on", "recorded_at"))
    plans = [
        PlanRow(
            case=case,
            goals=[g for g in found_goals if g.case_id == case.pk],
            actions=[a for a in found_actions if a.case_id == case.pk],
            measures=[m for m in found_measures if m.case_id == case.pk],
            version_in_force=in_force.get(case.pk),
            open_proposal=proposed.get(case.pk),
        )
        for case in page
    ]
    shown = [(plan.case, [*plan.goals, *plan.actions, *plan.measures]) for plan in plans]
    _log(actor, "plans_listed", Purpose.KEEP_CASE, shown, now)
    return plans


def actions_for_day(actor: Actor, *, until: date, now: datetime) -> list[Action]:
    """The worker's own open actions due by ``until`` (inclusive), soonest first; logged."""
    actions = list(
        visible_to(actor, Action, now=now)
        .filter(
            owner_id=actor.user_id,
            state__in=Action.OPEN_STATES,
            due_on__lte=until,
            case__ended_at__isnull=True,
        )
        .select_related("case", "case__person")
        .order_by("due_on", "recorded_at")
    )
    _log_rows(actor, "day_opened", actions, now)
    return actions


def proposals_waiting_for(actor: Actor, *, now: datetime) -> list[PlanVersion]:
    """Open proposals that the actor's party has not answered yet, oldest first; logged."""
    answered = Answer.objects.filter(version=OuterRef("pk"), party=actor.party)
    versions: list[PlanVersion] = list(
        versions_visible_to(actor, now=now)
        .filter(
            in_force_at__isnull=True,
            set_aside_at__isnull=True,
            parties__contains=[actor.party],
            case__ended_at__isnull=True,
        )
        .annotate(own_answer=Subquery(answered.values("reply")[:1]))
        .filter(own_answer__isnull=True)
        .select_related("case", "case__person")
        .order_by("proposed_at")
    )
    record_access(
        actor=actor,
        action="day_opened",
        purpose=Purpose.FOLLOW_UP,
        shown=[
            Shown(person, case, frozenset({Category.PLAN_FOLLOW_UP}))
            for case, person in {v.case_id: v.case.person_id for v in versions}.items()
        ],
        now=now,
    )
    return versions


def own_case(actor: Actor, *, now: datetime) -> Case | None:
    """The client's open case, or their latest one; None when there is none."""
    return (
        cases_visible_to(actor, now=now)
        .order_by(F("ended_at").desc(nulls_first=True), "-opened_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody else looking at the client's case, as the client reads it.

    Rows of the same person, minute and purpose are one look: one page can read in several steps.
    """

    row: AuditRow
    name: str
    office: str
    categories: frozenset[str]

    @property
    def who(self) -> str:
        """Body, office and name, as far as each is known."""
        body = str(Body(self.row.actor_body).label) if self.row.actor_body else ""
        return ", ".join(part for part in (body, self.office, self.name) if part)

    @property
    def what(self) -> str:
        """What was really shown, in plain words."""
        known = [str(c.label).lower() for c in Category if c.value in self.categories]
        return _("looked at: %(what)s") % {"what": ", ".join(known)}


def list_looks(actor: Actor, case_id: UUID, *, now: datetime) -> list[Look]:
    """Who has opened the client's case, newest first. The client's own visits are left out."""
    case = get_case(actor, case_id, now=now)
    rows = list(accesses_of_case(case.pk, but_not_by=actor))
    users = {f"user:{u.pk}": u.full_name for u in User.objects.filter(pk__in=_user_ids(rows))}
    offices = _office_names(rows)
    record_access(
        actor=actor,
        action="access_log_opened",
        purpose=Purpose.OWN_DATA,
        shown=[Shown(case.person_id, case.pk, frozenset({Category.CASE_HANDLING}))],
        now=now,
    )
    looks: dict[tuple[str, str, datetime], list[AuditRow]] = {}
    for row in rows:
        minute = row.at.replace(second=0, microsecond=0)
        looks.setdefault((row.actor, row.purpose, minute), []).append(row)
    return [
        Look(
            row=same[0],
            name=users.get(same[0].actor, ""),
            office=offices.get(same[0].actor_office_id, ""),
            categories=frozenset(category for row in same for category in row.categories),
        )
        for same in looks.values()
    ]


def _user_ids(rows: Iterable[AuditRow]) -> set[UUID]:
    return {UUID(row.actor[5:]) for row in rows if row.actor.startswith("user:")}


def _office_names(rows: Iterable[AuditRow]) -> dict[UUID | None, str]:
    ids = {row.actor_office_id for row in rows if row.actor_office_id}
    return {office.pk: office.name for office in Office.objects.filter(pk__in=ids)}


def _log_rows(actor: Actor, action: str, rows: Iterable[ClientInformation], now: datetime) -> None:
    by_case: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for row in rows:
        by_case.setdefault(row.case_id, (row.case, []))[1].append(row)
    _log(actor, action, Purpose.FOLLOW_UP, by_case.values(), now)


def _log(
    actor: Actor,
    action: str,
    purpose: Purpose,
    shown: Iterable[tuple[Case, Iterable[ClientInformation]]],
    now: datetime,
) -> None:
    record_access(
        actor=actor,
        action=action,
        purpose=_purpose(actor, purpose),
        shown=[
            Shown(
                case.person_id,
                case.pk,
                frozenset({Category.IDENTITY_CONTACT, *(row.category for row in rows)}),
            )
            for case, rows in shown
        ],
        now=now,
    )


def _purpose(actor: Actor, purpose: Purpose) -> Purpose:
    """The client reads their own information, whatever the page is for."""
    return Purpose.OWN_DATA if actor.is_client else purpose
