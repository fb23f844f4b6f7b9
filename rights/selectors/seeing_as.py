"""Seeing a case's page as somebody else would, before and after a change not yet saved.

Nothing is written and no rule is copied: the page is read by the same selectors, through the
other reader's grounds given as a value, and only as far as the one who looks sees themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.meetings.models import Meeting
from caseplan.meetings.selectors import next_meeting_in
from caseplan.plan.selectors import (
    CasePage,
    VersionPage,
    draft_version,
    open_case,
    open_version,
    team_shown,
)
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.decision import NotVisible
from consent.access import ConsentChange, Grounds
from consent.models import Basis, ClientInformation, OutsideParty
from consent.selectors import grounds_for, grounds_of, parties_with_access, with_change
from people.models import Office
from records.selectors import reading_in, reading_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """As whom a page can be seen: a body's office on the team, or an outside party.

    ``key`` stands in the address: the body's code, or the id of the office or party.
    """

    key: str
    receiver: Receiver
    label: str
    office: Office | None = None
    party: OutsideParty | None = None
    one_of_several: bool = False


def viewers_of(actor: Actor, case: Case, *, now: datetime) -> list[Viewer]:
    """Everybody a visible case's page can be seen as: the three bodies, then outside parties.

    A worker is told of no outside party: whom a client trusts is the client's to tell. Neither of
    another body's offices where the team is not open to them.
    """
    offices: dict[Body, list[Office]] = {body: [] for body in Body}
    team = reading_in(actor, case, now=now).team_of(case)
    shown = {member.office_id for member in team_shown(actor, case, now=now)}
    for member in team:
        if member.office_id not in {office.pk for office in offices[member.body]}:
            offices[member.body].append(
                Office(pk=member.office_id, name=member.office, body=member.body)
            )
    found: list[Viewer] = []
    for body, its in offices.items():
        receiver, label = Receiver(body.value), str(body.label)
        alone = its[0] if len(its) == 1 else None
        found.append(Viewer(body.value, receiver, label, office=alone))
        if len(its) > 1 and shown.issuperset(office.pk for office in its):
            found += [
                Viewer(str(office.pk), receiver, f"{label}, {office.name}", office, None, True)
                for office in its
            ]
    if actor.is_client:
        found += [
            Viewer(str(party.pk), Receiver.OUTSIDE, party.label, party=party)
            for party in parties_with_access(case, on=day_of(now))
        ]
    return found


@dataclass(frozen=True, slots=True)
class Preview:
    """A case's page as the viewer sees it, or would after a change.

    ``next_meeting``: what stands beside the plan on a body's own page. ``appears``: ids of what
    they would see and do not now; ``disappears``: what they see now and would not. For the client
    alone ``unseen``: what is theirs to open one by one, and ``opened``: the ids of what the viewer
    sees on the client's word only.
    """

    viewer: Viewer
    page: CasePage
    appears: frozenset[UUID]
    disappears: list[ClientInformation]
    tried: bool
    next_meeting: Meeting | None = None
    unseen: list[ClientInformation] = field(default_factory=list)
    opened: list[ClientInformation] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return bool(self.appears or self.disappears)


def see_as(
    actor: Actor, case_id: UUID, who: str, *, now: datetime, change: ConsentChange | None = None
) -> Preview:
    """The page of a visible case as ``who`` (a :class:`Viewer`'s key) sees it; logged.

    Raises ``NotVisible`` where the actor does not see the case or there is no such viewer.
    """
    case = get_case(actor, case_id, now=now)
    viewer = get_viewer(actor, case, who, now=now)
    theirs = _grounds(actor, case, viewer, now, change)
    after = open_case(actor, case_id, purpose=Purpose.EXPLAIN, now=now, grounds=theirs)
    before = after
    if change is not None:
        before = open_case(
            actor,
            case_id,
            purpose=Purpose.EXPLAIN,
            now=now,
            grounds=_grounds(actor, case, viewer, now, None),
        )
    seen = {row.pk for row in before.rows}
    would = {row.pk for row in after.rows}
    own: list[ClientInformation] = []
    if actor.is_client:
        own = open_case(actor, case_id, purpose=Purpose.EXPLAIN, now=now).rows
    by_choice = set(theirs.categories(Basis.CONSENT))
    return Preview(
        viewer=viewer,
        page=after,
        appears=frozenset(would - seen),
        disappears=[row for row in before.rows if row.pk not in would],
        tried=change is not None,
        next_meeting=None if viewer.party else _next_meeting(actor, case, theirs, now),
        unseen=[row for row in own if row.pk not in would and row.category in by_choice],
        opened=[
            row
            for row in after.rows
            if actor.is_client and row.category in by_choice and row.recorded_for != viewer.receiver
        ],
    )


def _next_meeting(actor: Actor, case: Case, theirs: Grounds, now: datetime) -> Meeting | None:
    """What stands beside the plan on a body's own page, as far as it is theirs; logged."""
    reading = reading_of(actor, now=now, grounds=theirs).in_case(case)
    meeting = next_meeting_in(reading, case)
    if meeting is not None:
        reading.log_and_hide_names("meeting_opened", Purpose.EXPLAIN, [(case, [meeting])])
    return meeting


def see_version_as(actor: Actor, version_id: UUID, who: str, *, now: datetime) -> VersionPage:
    """One version as ``who`` sees it; logged. Raises ``NotVisible``."""
    case = open_version(actor, version_id, purpose=Purpose.EXPLAIN, now=now).version.case
    viewer = get_viewer(actor, case, who, now=now)
    return open_version(
        actor,
        version_id,
        purpose=Purpose.EXPLAIN,
        now=now,
        grounds=_grounds(actor, case, viewer, now, None),
    )


def see_draft_as(
    actor: Actor, case_id: UUID, who: str, *, now: datetime
) -> tuple[str, VersionPage]:
    """The version that would be proposed now as a party will read it, and that party's name.

    ``who`` is a :class:`Viewer`'s key, or "client": of the client's no more is shown than the
    actor sees. Nothing is written but the log. Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    if who == Party.CLIENT.value:
        own = grounds_for(actor, on=day_of(now))
        return str(Party.CLIENT.label), draft_version(actor, case_id, now=now, grounds=own)
    viewer = get_viewer(actor, case, who, now=now)
    theirs = _grounds(actor, case, viewer, now, None)
    return viewer.label, draft_version(actor, case_id, now=now, grounds=theirs)


def get_viewer(actor: Actor, case: Case, who: str, *, now: datetime) -> Viewer:
    """The viewer of that key. Raises ``NotVisible`` for any other word."""
    for viewer in viewers_of(actor, case, now=now):
        if viewer.key == who:
            return viewer
    raise NotVisible


def _grounds(
    actor: Actor, case: Case, viewer: Viewer, now: datetime, change: ConsentChange | None
) -> Grounds:
    today = day_of(now)
    theirs = grounds_of(
        receiver=viewer.receiver,
        network_id=case.network_id,
        on=today,
        office_id=viewer.office.pk if viewer.office else None,
        party_id=viewer.party.pk if viewer.party else None,
    )
    if change is not None:
        theirs = with_change(theirs, case, change)
    return replace(theirs, limited_by=grounds_for(actor, on=today))
