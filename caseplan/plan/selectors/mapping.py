"""The mapping of one case: its areas, who has said how they see each, whose view is missing."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from audit.models import Purpose
from caseplan.plan.models import Area, MappingView
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds, categories_open_in
from consent.models import Category
from records.access import rows_of_case
from records.selectors import reading_in


@dataclass(frozen=True, slots=True)
class AreaSeen:
    """One area as this reader may see it: each party's view, and whose is still needed.

    ``is_open``: the reader sees the whole area. Where it is not, only what is their own or was
    opened to them stands here, and nothing is said of what is missing.
    """

    area: Area
    views: list[MappingView]
    is_open: bool

    @property
    def needs(self) -> Party | None:
        """The body that knows this area and has not said how it sees it."""
        body = self.area.known_by
        if body is None or not self.is_open:
            return None
        knows = Party(body.value)
        return knows if self.view_of(knows) is None else None

    def view_of(self, party: Party | None) -> MappingView | None:
        return next((view for view in self.views if view.recorded_for == party), None)


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The whole mapping of one case, read once."""

    case: Case
    areas: list[AreaSeen]


def open_mapping(actor: Actor, case_id: UUID, *, now: datetime) -> MappingPage:
    """The mapping of a visible case; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_in(actor, case, now=now)
    views = views_of_case(reading.grounds, case.pk)
    areas = areas_seen(views, categories_open_in(reading.grounds, case.pk))
    rows = [view for area in areas for view in area.views]
    reading.log_and_hide_names("mapping_opened", Purpose.MAKE_PLAN, [(case, rows)])
    return MappingPage(case, areas)


def views_of_case(grounds: Grounds, case_id: UUID) -> QuerySet[MappingView]:
    """Each party's view of the areas in a visible case, as far as the reader may see them."""
    rows = rows_of_case(grounds, case_id, MappingView)
    return rows.select_related("recorded_by").order_by("recorded_at", "pk")


def own_strengths_of(grounds: Grounds, case_id: UUID) -> MappingView | None:
    """What the client of a visible case says they can do, in their own words."""
    own = rows_of_case(grounds, case_id, MappingView).filter(
        area=Area.STRENGTHS, recorded_for=Party.CLIENT
    )
    return own.first()


def areas_seen(views: Iterable[MappingView], opened: Container[Category]) -> list[AreaSeen]:
    """The areas, of views a reader may see and the categories that are open to them."""
    found = list(views)
    return [
        AreaSeen(area, [view for view in found if view.area == area], area.category in opened)
        for area in Area
    ]
