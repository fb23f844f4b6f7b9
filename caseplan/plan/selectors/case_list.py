"""A reader's cases: searched, narrowed, ordered, a page at a time.

A fixed number of questions to the database for any number of rows. What is not open to the reader
is neither searched, nor narrowed, nor ordered by: a list must not tell by its order what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.plan.models import Action, ClockKind, PlanVersion
from caseplan.plan.selectors.clocks import PlanClock, clock_of, moved_days_of
from caseplan.plan.selectors.searching import code_searched, found_by, nearly_found_by
from cases.access import managed_by
from cases.access import visible_to as cases_visible_to
from cases.models import Case, TeamMembership, TeamRole
from common.validity import valid_at
from consent.access import ALWAYS, filter_by_grounds, open_category
from consent.models import Category
from people.selectors import names_of, names_of_municipalities
from records.selectors import Reading

_PLAN_STANDS = {
    "in_force": _("In force"),
    "proposed": _("Proposed"),
    "planned": _("Being drafted"),
}
_IN_FORCE = Q(in_force_at__isnull=False, replaced_at__isnull=True)
_OPEN_PROPOSAL = Q(in_force_at__isnull=True, set_aside_at__isnull=True)


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """What a list of cases is narrowed to and ordered by; empty is all of them, by name.

    ``search``: searched for. ``whose``: "managed" for those the reader manages. ``plan``:
    "drafting", "proposed" (also where another version is in force) or "in_force". ``order``:
    "due" (when the plan or its review is due), "action" (when the next action is), "newest" (who
    came to the reader last); "-name", "-due" and "-action" turn round. Cases without such a day,
    and those whose name is not open to the reader, come last either way.
    """

    search: str = ""
    whose: str = ""
    plan: str = ""
    order: str = ""

    @property
    def is_by_code(self) -> bool:
        """Whether one person is asked for, by a whole identity code."""
        return code_searched(self.search) is not None


ALL = CaseChoices()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it stands in a list; nothing in a column that is not open to the reader.

    ``municipality``: where one searched, for it tells two of one name apart.
    """

    case: Case
    case_manager: str
    clock: PlanClock | None
    open_proposal: bool
    next_due: date | None
    municipality: str = ""

    @property
    def plan_state(self) -> str:
        """How the plan stands, as a state's code; empty where it is not open to the reader."""
        if self.clock is None:
            return ""
        if self.clock.kind == ClockKind.REVIEW:
            return "in_force"
        return "proposed" if self.open_proposal else "planned"

    @property
    def plan_label(self) -> str:
        """The same in words."""
        return str(_PLAN_STANDS.get(self.plan_state, ""))


def cases_of(reading: Reading, choices: CaseChoices = ALL) -> list[UUID]:
    """The keys of the open cases this reader sees, narrowed and ordered as chosen.

    What may be searched by: ``caseplan.plan.selectors.searching``. Only what is open to the reader
    is searched or sorted by; the others come last. All of them, as one look gives a page and the
    count: show a page with :func:`list_cases`.
    """
    cases = cases_visible_to(reading.actor, now=reading.now).filter(ended_at__isnull=True)
    named = open_category(reading.grounds, Category.IDENTITY_CONTACT)
    if choices.whose == "managed":
        cases = cases.filter(pk__in=managed_by(reading.actor, now=reading.now))
    if choices.plan:
        cases = cases.filter(open_category(reading.grounds, Category.PLAN_FOLLOW_UP))
        cases = cases.filter(_plan_stands(choices.plan))
    by_name: F | Either = F("person__sort_key")
    if named != ALWAYS:
        by_name = Either(When(named, then=by_name), default=None)
    first_last = by_name.desc if choices.order == "-name" else by_name.asc
    cases = cases.order_by(first_last(nulls_last=True), "pk")
    if search := choices.search.strip():
        cases = cases.filter(named)
        # A letter wrong finds somebody only where nobody is found as it is written.
        keys = _keys(cases.filter(found_by(search))) or _keys(cases.filter(nearly_found_by(search)))
    else:
        keys = _keys(cases)
    return _ordered(reading, keys, choices.order)


def _keys(cases: QuerySet[Case]) -> list[UUID]:
    return list(cases.values_list("pk", flat=True))


def list_cases(
    reading: Reading, keys: Iterable[UUID], *, searched: bool, exported: bool = False
) -> list[CaseRow]:
    """The rows of one page of :func:`cases_of`, logged with what is shown of each person.

    ``exported``: they are taken out as a file, which the log says.
    """
    page = cases_by_keys(keys)
    ids = [case.pk for case in page]
    handling = reading.opens(Category.CASE_HANDLING, ids)
    memberships = TeamMembership.objects.filter(
        valid_at(reading.now), case__in=handling, role=TeamRole.CASE_MANAGER
    ).values_list("case", "user")
    managers = {case_id: user_id for case_id, user_id in memberships if user_id}
    # By their keys: joined, every user there is would be read to find these few.
    names = names_of(managers.values())
    plans = _plans_of(reading, page)
    due = _next_due(reading, ids)
    how = "exported" if exported else "searched" if searched else "listed"
    reading.log_and_hide_names(
        f"cases_{how}",
        Purpose.SEARCH if searched else Purpose.KEEP_CASE,
        [(case, []) for case in page],
        beside=(Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.PLAN_FOLLOW_UP),
    )
    # After the names: what is not open is no longer there. Where somebody under non-disclosure
    # lives is told on no list.
    here = {case.person.municipality_code for case in page if not case.person.non_disclosure}
    towns = names_of_municipalities(here) if searched else {}
    return [
        CaseRow(
            case=case,
            case_manager=names[managers[case.pk]] if case.pk in managers else "",
            clock=plans.clocks.get(case.pk),
            open_proposal=case.pk in plans.proposed,
            next_due=due.get(case.pk),
            municipality=""
            if case.person.non_disclosure
            else towns.get(case.person.municipality_code, ""),
        )
        for case in page
    ]


def recent_cases(reading: Reading, keys: Sequence[UUID]) -> list[Case]:
    """Of some cases those this reader still sees, in their order, logged as shown by name."""
    seen = cases_visible_to(reading.actor, now=reading.now).filter(pk__in=keys)
    still = set(seen.values_list("pk", flat=True))
    page = cases_by_keys(key for key in keys if key in still)
    reading.log_and_hide_names("cases_listed", Purpose.KEEP_CASE, [(case, []) for case in page])
    return page


def cases_by_keys(keys: Iterable[UUID]) -> list[Case]:
    """The cases of a page of :func:`cases_of`, in its order, with their persons."""
    page = list(keys)
    found = Case.objects.select_related("person").in_bulk(page)
    return [found[key] for key in page]


@dataclass(frozen=True, slots=True)
class _Plans:
    """Of cases whose plan is open to the reader: the clock that runs, and who has a proposal."""

    clocks: Mapping[UUID, PlanClock | None]
    proposed: set[UUID]


def _plans_of(reading: Reading, cases: Iterable[Case]) -> _Plans:
    by_key = {case.pk: case for case in cases}
    opened = reading.opens(Category.PLAN_FOLLOW_UP, by_key)
    versions = PlanVersion.objects.filter(_IN_FORCE | _OPEN_PROPOSAL, case__in=opened)
    standing = list(versions.order_by("number"))
    in_force = {v.case_id: v for v in standing if v.is_in_force}
    moved = moved_days_of([*opened, *(version.pk for version in in_force.values())])
    clocks = {}
    for key in opened:
        version = in_force.get(key)
        moved_days = moved.get(version.pk if version else key, 0)
        clocks[key] = clock_of(by_key[key], version, moved_days=moved_days)
    return _Plans(clocks, {v.case_id for v in standing if v.is_open_proposal})


def clocks_of(reading: Reading, cases: Iterable[Case]) -> Mapping[UUID, PlanClock | None]:
    """The law's next day of each of some visible cases whose plan is open to the reader."""
    return _plans_of(reading, cases).clocks


def _next_due(reading: Reading, ids: Iterable[UUID]) -> dict[UUID, date]:
    # The cases are visible ones: asking again which those are would cost more than the rest.
    open_actions = Action.objects.filter(case__in=ids, state__in=Action.OPEN_STATES)
    firsts = (
        filter_by_grounds(reading.grounds, open_actions).values("case").annotate(d=Min("due_on"))
    )
    return dict(firsts.values_list("case", "d"))


def _plan_stands(how: str) -> Q:
    versions = PlanVersion.objects.filter(case=OuterRef("pk"))
    in_force, proposed = versions.filter(_IN_FORCE), versions.filter(_OPEN_PROPOSAL)
    if how == "in_force":
        return Q(Exists(in_force))
    if how == "proposed":
        return Q(Exists(proposed))
    return ~Q(Exists(in_force)) & ~Q(Exists(proposed))


def _ordered(reading: Reading, keys: list[UUID], order: str) -> list[UUID]:
    """The keys by the days of an order, those of one day and those without a day by name.

    The days are those the list shows, asked of all the cases at once: one rule, not a second one
    in SQL. A worker's cases are some thousands at most.
    """
    days: Mapping[UUID, float]
    turned, order = order.startswith("-"), order.removeprefix("-")
    if order == "due":
        cases = Case.objects.filter(pk__in=keys).order_by("pk")
        clocks = _plans_of(reading, cases).clocks
        days = {key: clock.due_on.toordinal() for key, clock in clocks.items() if clock}
    elif order == "action":
        days = {key: day.toordinal() for key, day in _next_due(reading, keys).items()}
    elif order == "newest":
        actor = reading.actor
        mine = TeamMembership.objects.filter(
            Q(user=actor.writer_id) | Q(office=actor.working_office_id), valid_at(reading.now)
        )
        came = mine.filter(case__in=keys).values("case").annotate(at=Max("since"))
        days = {key: -at.timestamp() for key, at in came.values_list("case", "at")}
    else:
        return keys
    last, sign = float("inf"), -1 if turned else 1
    return sorted(keys, key=lambda key: sign * days[key] if key in days else last)
