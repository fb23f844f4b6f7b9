"""What workers wrote down of a client's decisions: who wrote it, who confirms it, and what then.

The client, who wrote it, and who looks at the paper read the same facts; whoever leads the office
or answers for data protection reads of a dispute without the client's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from cases.access import worked_on_by
from cases.models import Case, News, NewsKind
from common.actor import Actor
from common.decision import Decision
from consent.access import (
    can_archive_paper,
    can_confirm_written,
    can_see_paper,
    can_take_back_written,
    get_written,
    papers_waiting_for,
    written_visible_to,
)
from consent.models import Category, Consent, WrittenDown
from people.selectors import anonymised_person
from records.selectors import reading_of

_SHOWN = (Category.IDENTITY_CONTACT, Category.CASE_HANDLING)


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """What was written down in one act, and what its reader may say to it.

    ``kinds``: what it is about, in words. ``case`` is the client's, without a name where the reader
    only needs to know that something is disputed. ``on_team``: the case can be opened from here.
    """

    written: WrittenDown
    case: Case
    kinds: list[str]
    may_confirm: Decision
    may_see_paper: Decision
    may_take_back: bool
    may_archive: bool
    on_team: bool

    @property
    def consent(self) -> Consent:
        return self.written.consent


@dataclass(frozen=True, slots=True)
class PaperToSee:
    """A signed paper that waits for a second person; ``case`` where they are on its team."""

    written: WrittenDown
    case: Case | None


def open_written(actor: Actor, consent_id: UUID, *, now: datetime) -> WrittenPage:
    """What was written down, for whoever may know of it; logged. Raises ``NotVisible``."""
    written = get_written(actor, consent_id, now=now)
    case = written.consent.case
    on_team = actor.is_worker and worked_on_by(actor, now=now).filter(pk=case.pk).exists()
    # What they may say is asked of the case as it is, before its name is taken away.
    page = WrittenPage(
        written,
        case,
        kinds_of(written.consent),
        may_confirm=can_confirm_written(actor, written, now=now) if written.waits else _NO,
        may_see_paper=can_see_paper(actor, written, now=now) if written.waits else _NO,
        may_take_back=written.waits and can_take_back_written(actor, written, now=now).allowed,
        may_archive=actor.is_worker and can_archive_paper(actor, written, now=now).allowed,
        on_team=on_team,
    )
    if actor.is_client or on_team or (written.waits and page.may_see_paper):
        purpose = Purpose.OWN_DATA if actor.is_client else Purpose.ANSWER
        reading_of(actor, now=now).log_and_hide_names(
            "written_consent_read", purpose, [(case, [])], beside=_SHOWN
        )
    else:
        _log_unnamed(actor, case, now)
    return page


_NO = Decision(False)


def written_in_case(actor: Actor, case: Case, *, now: datetime) -> list[WrittenDown]:
    """What was written down in a visible case and this actor may know of, the newest first."""
    if not WrittenDown.objects.filter(consent__case=case).exists():
        return []  # as in most cases: whose it is to know is a long question
    return list(
        written_visible_to(actor, now=now)
        .filter(consent__case=case)
        .select_related(
            "consent__office", "consent__party", "consent__recorded_by", "settled_by"
        )
        .prefetch_related("consent__lines")
        .order_by("-consent__given_at", "-pk")
    )  # fmt: skip


def papers_to_see(actor: Actor, *, now: datetime) -> list[PaperToSee]:
    """The signed papers that wait for this worker to look at, or for another like them; logged.

    Who leads the writer's office and is not in the case is told that there is one, and no name.
    """
    papers = papers_waiting_for(actor, now=now)
    found = [
        PaperToSee(one, one.consent.case if one.written_for != actor.body else None)
        for one in papers
    ]
    cases = {one.case.pk: one.case for one in found if one.case is not None}
    if cases:
        reading_of(actor, now=now).log_and_hide_names(
            "day_opened", Purpose.FOLLOW_UP, [(case, []) for case in cases.values()], beside=_SHOWN
        )
        found = [PaperToSee(p.written, cases[p.case.pk] if p.case else None) for p in found]
    return found


def disputes_unseen(actor: Actor) -> list[News]:
    """What the officer has not looked at yet of what is disputed, the newest first; no client's."""
    return list(
        News.objects.filter(
            for_user=actor.writer_id, kind=NewsKind.CONSENT_DISPUTED, seen_at__isnull=True
        ).order_by("-at", "-pk")
    )


def turned_away_unseen(actor: Actor) -> list[News]:
    """Who was not let in because of what is written down of them, and the officer has not read."""
    mine = News.objects.filter(for_user=actor.writer_id, kind=NewsKind.TURNED_AWAY, seen_at=None)
    return list(mine.order_by("-at", "-pk"))


def kinds_of(consent: Consent) -> list[str]:
    """The kinds an act is about, in words: what holds by it or held, and what waits or waited."""
    codes = {line.category for line in [*consent.lines.all(), *consent.ended_lines.all()]}
    written = consent.as_written
    if written is not None:
        codes |= set(written.waiting_categories)
    return [str(category.label) for category in Category if category.value in codes]


def _log_unnamed(actor: Actor, case: Case, now: datetime) -> None:
    record_access(
        actor=actor,
        action="written_consent_read",
        purpose=Purpose.ANSWER,
        shown=[ShownData(case.person_id, case.pk, frozenset({Category.CASE_HANDLING.value}))],
        now=now,
    )
    case.person = anonymised_person(case.person)
