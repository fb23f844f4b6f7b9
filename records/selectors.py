"""A reading of client information: what was really shown, and on what ground, goes to the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from cases.models import Case, TemporaryAccess, TemporaryAccessReason
from cases.selectors import (
    Away,
    TeamMember,
    away_among,
    case_manager_and_own_place,
    team_of,
    temporary_accesses_among,
)
from common.actor import Actor, ActorKind
from common.clock import day_of
from consent.access import Grounds, open_in, within_case
from consent.models import Category, ClientInformation
from consent.selectors import grounds_for, hide_names
from people.models import Person

_PURPOSE = {
    TemporaryAccessReason.EMERGENCY: Purpose.EMERGENCY,
    TemporaryAccessReason.ASKED: Purpose.ASKED,
    TemporaryAccessReason.SHARED: Purpose.SHARED,
    TemporaryAccessReason.GRACE: Purpose.GRACE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader at one moment: the actor, and the grounds that what they read goes through.

    In a preview the grounds are those of somebody else, ``within`` the actor's own. ``_asked``
    keeps what has been asked: at one moment, the same question has one answer.
    """

    actor: Actor
    grounds: Grounds
    now: datetime
    _temporary_accesses: dict[frozenset[UUID], dict[UUID, TemporaryAccess]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _asked: dict[tuple[Category, frozenset[UUID]], set[UUID]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _teams: dict[UUID, list[TeamMember]] = field(default_factory=dict, repr=False, compare=False)

    def opens(self, category: Category, cases: Iterable[UUID]) -> set[UUID]:
        """Of some visible cases, those in which a whole category is open to what is read here."""
        ids = frozenset(cases)
        if (category, ids) not in self._asked:
            self._asked[category, ids] = open_in(self.grounds, category, ids)
        return self._asked[category, ids]

    def in_case(self, case: Case) -> Reading:
        """The same reading of one visible case, with the client's choices in it read once."""
        return replace(self, grounds=within_case(self.grounds, case.pk), _asked={})

    def team_of(self, case: Case) -> list[TeamMember]:
        """The standing team of a visible case, whatever of it may be shown; read once a page."""
        if case.pk not in self._teams:
            self._teams[case.pk] = team_of(case, now=self.now)
        return self._teams[case.pk]

    def case_manager_of(self, case: Case) -> tuple[str, Away | None]:
        """Who manages a visible case, empty for nobody, and whether they are away.

        Where the page has read the team it is told from that; two queries otherwise. Either tells
        whether the actor stands on the team, so that this is not asked anew.
        """
        if case.pk in self._teams:
            self.temporary_access_in(case, self._teams[case.pk])
            found = next((m for m in self._teams[case.pk] if m.is_case_manager), None)
            return (found.name, found.away) if found else ("", None)
        manager, on_team = case_manager_and_own_place(self.actor, case, now=self.now)
        if on_team:
            self.on_team_in([case])
        if manager is None:
            return "", None
        away = away_among([manager.pk], case.network_id, at=self.now)
        return manager.full_name, away.get(manager.pk)

    def temporary_accesses(self, cases: Iterable[Case]) -> dict[UUID, TemporaryAccess]:
        """Those of the visible cases that the actor sees for a time, not from the team."""
        found = list(cases)
        ids = frozenset(case.pk for case in found)
        if ids not in self._temporary_accesses:
            self._temporary_accesses[ids] = temporary_accesses_among(
                self.actor, found, now=self.now
            )
        return self._temporary_accesses[ids]

    def on_team_in(self, cases: Iterable[Case]) -> None:
        """These are cases on whose team the actor was found: whether for a time is not asked."""
        self._temporary_accesses[frozenset(case.pk for case in cases)] = {}

    def temporary_access_in(self, case: Case, team: Iterable[TeamMember]) -> TemporaryAccess | None:
        """By what the actor sees a case for a time; not asked where they stand on its team.

        ``team``: as far as it was read.
        """
        if any(member.includes(self.actor) for member in team):
            self._temporary_accesses[frozenset({case.pk})] = {}
        return self.temporary_accesses([case]).get(case.pk)

    @property
    def own_grounds(self) -> Grounds:
        """On what the actor themselves sees: in a preview, what they see it within."""
        return self.grounds.limited_by or self.grounds

    def log_and_hide_names(
        self,
        action: str,
        purpose: Purpose,
        shown: Iterable[tuple[Case, Iterable[ClientInformation]]],
        *,
        beside: Iterable[Category] = (Category.IDENTITY_CONTACT,),
    ) -> None:
        """:meth:`log_access` and :meth:`hide_names`: what every page that shows cases does."""
        pages = [(case, list(rows)) for case, rows in shown]
        self.hide_names(case for case, _rows in pages)
        self.log_access(action, purpose, pages, beside=beside)

    def hide_names(self, cases: Iterable[Case]) -> None:
        """Take away the names that are not open to this reader, before a page is given them."""
        hide_names(self.grounds, cases)

    def log_access(
        self,
        action: str,
        purpose: Purpose,
        pages: Sequence[tuple[Case, Sequence[ClientInformation]]],
        *,
        beside: Iterable[Category],
    ) -> None:
        """Write the access log: what this reader is shown of each person, in the row of the page.

        ``beside``: what a page tells of each case that is no row of it: the name, the team.
        Whoever sees a case for a time is logged with the reason for that as the purpose.
        """
        cases = [case for case, _rows in pages]
        opened = {
            category: self.opens(category, (case.pk for case in cases)) for category in beside
        }
        temporary_accesses = self.temporary_accesses(cases)
        purposes = {
            pk: _PURPOSE[TemporaryAccessReason(e.why)] for pk, e in temporary_accesses.items()
        }
        if Category.IDENTITY_CONTACT in opened and self.grounds.limited_by is None:
            for case in cases:
                case.name_is_logged = True
        record_access(
            actor=self.actor,
            action=action,
            purpose=self._purpose(purpose),
            shown=[
                ShownData(
                    case.person_id,
                    case.pk,
                    frozenset(
                        {
                            *(row.category for row in rows),
                            *(c.value for c, ids in opened.items() if case.pk in ids),
                        }
                    ),
                    {
                        **self._grounds_beside(case, opened),
                        **self.own_grounds.ground_of(rows),
                    },
                    purposes.get(case.pk),
                )
                for case, rows in pages
            ],
            now=self.now,
        )

    def _grounds_beside(self, case: Case, opened: dict[Category, set[UUID]]) -> dict[str, str]:
        if self.own_grounds.person_id is not None:
            return {}
        rows = {c: self.own_grounds.for_category(c) for c, ids in opened.items() if case.pk in ids}
        return {
            category.value: ground.section if ground.basis == "statute" else "consent"
            for category, ground in rows.items()
            if ground is not None
        }

    def _purpose(self, purpose: Purpose) -> Purpose:
        """The client reads their own information, whatever the page is for."""
        if self.actor.is_client and purpose != Purpose.EXPLAIN:
            return Purpose.OWN_DATA
        return Purpose.SHARED if self.actor.kind is ActorKind.OUTSIDE else purpose


def client_of(actor: Actor, case: Case, *, purpose: Purpose, now: datetime) -> Person:
    """Whom a page about a visible case is about, as far as the reader may know it; logged.

    Not logged anew where the page's own reading has shown the name: one look is one row.
    """
    if not case.name_is_logged:
        reading_of(actor, now=now).log_and_hide_names("case_named", purpose, [(case, [])])
    return case.person


def log_what_was_written_to(
    actor: Actor,
    action: str,
    cases: Iterable[Case],
    *,
    now: datetime,
    purpose: Purpose = Purpose.ANSWER,
) -> None:
    """Log that somebody read what was written to them about cases: a question, a handover.

    It is theirs to read because it was written to them, on no ground of their body.
    """
    handling = frozenset({Category.CASE_HANDLING.value})
    record_access(
        actor=actor,
        action=action,
        purpose=purpose,
        shown=[ShownData(case.person_id, case.pk, handling) for case in cases],
        now=now,
    )


def reading_in(actor: Actor, case: Case, *, now: datetime) -> Reading:
    """The actor reading one visible case now, on their own grounds.

    Whatever reads the same case as it was found, the page or what stands around it, reads with the
    same: the client's choices in it and the reason to see it are asked once a page.
    """
    kept = case.read_with
    if not isinstance(kept, Reading) or (kept.actor, kept.now) != (actor, now):
        case.read_with = kept = reading_of(actor, now=now).in_case(case)
    return kept


def reading_of(actor: Actor, *, now: datetime, grounds: Grounds | None = None) -> Reading:
    """The actor reading now, on their own grounds or on those given."""
    return Reading(actor, grounds or grounds_for(actor, on=day_of(now)), now)
