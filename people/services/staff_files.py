"""Who works in which office, from a file: checked first, then written; nobody leaves by silence.

Whoever leads an office gives its file and writes it. The keeper gives one of several offices, and
an officer decides. A file adds caseworkers and says how they are reached; it names no leader, no
director and no officer. Who is no longer in it is asked about, person by person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import NotVisible, Refused
from common.line_table import LineTable, NoTable
from common.validity import valid_at
from people.access import (
    can_add_workers,
    can_decide_staff_file,
    can_give_staff_file,
    get_staff_file,
    positions_in,
)
from people.models import (
    Language,
    Office,
    OrganisationKind,
    Position,
    Role,
    StaffFile,
    StaffFileState,
    StaffMissing,
    User,
)
from people.models.faults import StaffFault
from people.selectors.accounts import accounts_at
from people.services.addresses import change_address, require_address
from people.services.events import tell
from people.services.links import send_first_link
from people.services.organisation import create_user, give_position

MOST_LINES = 1000
FILE_KEPT_DAYS = 30
"""Days after which a file that waits is forgotten: its people may work elsewhere by then."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "username": ("username", "user name", "käyttäjätunnus", "tunnus", "användarnamn"),
    "first_name": ("first_name", "first name", "etunimi", "förnamn"),
    "last_name": ("last_name", "last name", "sukunimi", "efternamn"),
    "title": ("title", "nimike", "titel"),
    "phone": ("phone", "puhelin", "telefon"),
    "email": ("email", "e-mail", "sähköposti", "e-post"),
    "language": ("language", "kieli", "språk"),
    "office": ("office", "toimipiste", "kontor"),
    "network": ("network", "verkosto", "nätverk"),
    "role": ("role", "tehtävä", "rooli", "uppgift", "roll"),
}
"""What each column may be called; the first is its own name."""
_OPTIONAL = frozenset({"phone", "language", "office", "network", "role"})
_LONGEST = {"first_name": 100, "last_name": 100, "title": 100, "phone": 30, "username": 150}
_CASEWORKER = {"", "caseworker", "työntekijä", "handläggare"}


@dataclass(frozen=True, slots=True)
class StaffLine:
    """What one line would do. ``what``: new, changed, back, same."""

    number: int
    what: str
    office: Office
    cells: Mapping[str, str]
    user: User | None = None
    position: Position | None = None


@dataclass(slots=True)
class StaffPlan:
    """What a file would do today: its good lines, the others, and who is no longer named.

    ``unsure``: a line could not be read, so that it may be anybody's: nobody is asked about.
    """

    lines: list[StaffLine] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    missing: list[Position] = field(default_factory=list)
    unsure: bool = False

    def of(self, what: str) -> list[StaffLine]:
        return [line for line in self.lines if line.what == what]

    @property
    def counts(self) -> dict[str, int]:
        found = {what: len(self.of(what)) for what in ("new", "changed", "back", "same")}
        return {**found, "missing": len(self.missing), "faults": len(self.faults)}


@transaction.atomic
def check_staff_file(
    *, actor: Actor, content: bytes, now: datetime, office_id: UUID | None = None
) -> StaffFile:
    """Read a file of staff; nothing is written of anybody. Raises :class:`Refused` for no table.

    ``office_id``: of whoever leads it; without one, several offices, by the keeper.
    """
    office = Office.objects.filter(pk=office_id).first() if office_id else None
    can_give_staff_file(actor, office, now=now).require()
    try:
        optional = _OPTIONAL if office else _OPTIONAL - {"office"}
        table = LineTable(content, NAMES, optional=optional)
    except NoTable as no_table:
        raise Refused(_said(no_table), field="file") from no_table
    rows: list[list[object]] = []
    faults: list[list[object]] = []
    for line in table.lines():
        if len(rows) + len(faults) >= MOST_LINES:
            raise Refused(_("Give at most 1000 lines at a time."), field="file")
        if line.fault:
            faults.append([line.number, line.column, line.fault])
        else:
            rows.append([line.number, dict(line.cells)])
    if not rows and not faults:
        raise Refused(_("There is nobody in the file."), field="file")
    made = StaffFile.objects.create(
        office=office, asked_by_id=actor.writer_id, asked_at=now, rows=rows, faults=faults
    )
    _record(actor, "staff_file_checked", made, now)
    return made


def plan_of(file: StaffFile, *, now: datetime) -> StaffPlan:
    """What a file would do at this moment. Reads, and writes nothing."""
    plan = StaffPlan(faults=[(n, column, fault) for n, column, fault in file.faults])
    plan.unsure = bool(plan.faults)
    offices = _Offices(file)
    names: dict[str, int] = {}
    addresses: dict[str, int] = {}
    named: set[str] = set()
    touched: set[UUID] = set()
    for number, cells in file.rows:
        named.add(cells.get("username", "").casefold())
        try:
            line = _line(number, cells, offices, names, addresses, now)
            if line.what in {"new", "back"} and not can_add_workers():
                raise _Fault("username", StaffFault.NOT_LET_IN_HERE)
        except _Fault as fault:
            plan.faults.append((number, fault.column, fault.fault.value))
            if office := offices.find(cells):
                touched.add(office.pk)
            continue
        plan.lines.append(line)
        touched.add(line.office.pk)
    plan.faults.sort()
    if not plan.unsure:
        staying = Position.objects.filter(
            valid_at(now), role=Role.CASEWORKER, office__in=touched, user__is_active=True
        ).select_related("user", "office")
        plan.missing = [
            p
            for p in staying.order_by("office__name", "user__last_name", "pk")
            if p.user.username.casefold() not in named and p.user_id != file.asked_by_id
        ]
    return plan


@transaction.atomic
def write_staff_file(*, actor: Actor, file_id: UUID, now: datetime) -> StaffFile:
    """Bring the offices to what the good lines say. By whoever leads the office, or an officer.

    The keeper's file waits for an officer: :func:`propose_staff_file`. Who is new gets a link to
    their own address.
    """
    file = _locked(actor, file_id, now)
    can_decide_staff_file(actor, file, now=now).require()
    plan = plan_of(file, now=now)
    for line in plan.lines:
        _write(actor, file, line, now)
    for position in plan.missing:
        StaffMissing.objects.get_or_create(
            position=position, answered_at=None, defaults={"said_at": now}
        )
    _tell(actor, plan, now)
    _close(actor, file, StaffFileState.DONE, plan, now)
    return file


@transaction.atomic
def propose_staff_file(*, actor: Actor, file_id: UUID, now: datetime) -> None:
    """The keeper asks an officer to have it written."""
    file = _locked(actor, file_id, now)
    if file.asked_by_id != actor.user_id or file.office_id is not None:
        raise NotVisible
    if file.state != StaffFileState.CHECKED:
        raise Refused(_("This is proposed already, and waits to be decided."))
    file.state = StaffFileState.WAITING
    file.save(update_fields=["state"])
    _record(actor, "staff_file_proposed", file, now)


@transaction.atomic
def discard_staff_file(*, actor: Actor, file_id: UUID, now: datetime) -> None:
    """Throw it away, by who gave it; or turn it down, by the officer who was asked."""
    file = _locked(actor, file_id, now)
    own = file.asked_by_id == actor.user_id
    if not own:
        can_decide_staff_file(actor, file, now=now).require()
    state = StaffFileState.DISCARDED if own else StaffFileState.TURNED_DOWN
    _close(actor, file, state, StaffPlan(), now)


@transaction.atomic
def forget_staff_files(*, actor: Actor, now: datetime) -> int:
    """Files that nobody has written or thrown away in time are forgotten; how many."""
    old = StaffFile.objects.select_for_update(of=("self",)).filter(
        state__in=[StaffFileState.CHECKED, StaffFileState.WAITING],
        asked_at__lte=now - timedelta(days=FILE_KEPT_DAYS),
    )
    files = list(old.order_by("pk"))
    for file in files:
        _close(actor, file, StaffFileState.DISCARDED, StaffPlan(), now)
    return len(files)


@transaction.atomic
def keep_missing(*, actor: Actor, missing_id: UUID, now: datetime) -> Office:
    """They work on though a file no longer named them, says whoever leads the office."""
    found = StaffMissing.objects.select_for_update(of=("self",)).filter(
        pk=missing_id, answered_at=None
    )
    row = found.select_related("position__office").first()
    if row is None or row.position.office is None:
        raise NotVisible
    can_give_staff_file(actor, row.position.office, now=now).require()
    row.answered_at, row.answered_by_id = now, actor.user_id
    row.save(update_fields=["answered_at", "answered_by"])
    record_change(
        actor=actor, action="staff_missing_kept", subject_type="position",
        subject_id=row.position_id, now=now,
    )  # fmt: skip
    return row.position.office


class _Fault(Exception):
    """A line that is not taken: which column, and why."""

    def __init__(self, column: str, fault: StaffFault) -> None:
        super().__init__()
        self.column, self.fault = column, fault


class _Offices:
    """Which office a line is about: the leader's own, or by its name, and its network's."""

    def __init__(self, file: StaffFile) -> None:
        self._own = file.office
        found = Office.objects.filter(closes_on=None).select_related("network")
        self._all = [] if file.office else list(found)

    def named(self, cells: Mapping[str, str]) -> list[Office]:
        if self._own is not None:
            given = cells.get("office", "")
            return [self._own] if given.casefold() in {"", self._own.name.casefold()} else []
        network = cells.get("network", "").casefold()
        return [
            office
            for office in self._all
            if office.name.casefold() == cells.get("office", "").casefold()
            and network in {"", office.network.name.casefold()}
        ]

    def find(self, cells: Mapping[str, str]) -> Office | None:
        found = self.named(cells)
        return found[0] if len(found) == 1 else None


def _line(
    number: int,
    cells: dict[str, str],
    offices: _Offices,
    names: dict[str, int],
    addresses: dict[str, int],
    now: datetime,
) -> StaffLine:
    for column in ("username", "first_name", "last_name", "title", "email"):
        if not cells.get(column):
            raise _Fault(column, StaffFault.EMPTY)
    for column, longest in _LONGEST.items():
        if len(cells.get(column, "")) > longest:
            raise _Fault(column, StaffFault.TOO_LONG)
    if cells.get("role", "").casefold() not in _CASEWORKER:
        raise _Fault("role", StaffFault.ROLE)
    if cells.get("language", "") not in {"", *Language.values}:
        raise _Fault("language", StaffFault.LANGUAGE)
    found = offices.named(cells)
    if len(found) != 1:
        raise _Fault("office", StaffFault.OFFICE if not found else StaffFault.OFFICES)
    name = cells["username"].casefold()
    if names.setdefault(name, number) != number:
        raise _Fault("username", StaffFault.TWICE)
    if addresses.setdefault(cells["email"].casefold(), number) != number:
        raise _Fault("email", StaffFault.TWICE)
    try:
        ASCIIUsernameValidator()(cells["username"])
    except ValidationError as error:
        raise _Fault("username", StaffFault.USERNAME) from error
    user = User.objects.filter(username__iexact=cells["username"]).first()
    try:
        require_address(cells["email"], of=user.pk if user else None)
    except Refused as refusal:
        holder = accounts_at(cells["email"]).first()
        taken = holder is not None and holder != user
        raise _Fault("email", StaffFault.TAKEN if taken else StaffFault.ADDRESS) from refusal
    if user is None:
        return StaffLine(number, "new", found[0], cells)
    return _known(number, cells, found[0], user, now)


def _known(
    number: int, cells: dict[str, str], office: Office, user: User, now: datetime
) -> StaffLine:
    """A line about an account that is there: of this office's staff, now or before."""
    position = positions_in(office).filter(valid_at(now), user=user).first()
    if position is None:
        was_here = positions_in(office).filter(user=user).exists()
        works = Position.objects.filter(user=user).exclude(until__lte=now).exists()
        if (works and was_here) or not was_here:
            raise _Fault("username", StaffFault.ELSEWHERE if works else StaffFault.TAKEN)
        return StaffLine(number, "back", office, cells, user)
    if (user.first_name, user.last_name) != (cells["first_name"], cells["last_name"]):
        raise _Fault("last_name", StaffFault.OTHER_NAME)
    same = (position.title, user.email) == (cells["title"], cells["email"])
    same = same and position.phone == cells.get("phone", position.phone)
    return StaffLine(number, "same" if same else "changed", office, cells, user, position)


def _write(actor: Actor, file: StaffFile, line: StaffLine, now: datetime) -> None:
    cells = line.cells
    if line.what == "same":
        return
    if line.what == "changed":
        assert line.position is not None and line.user is not None
        line.position.title = cells["title"]
        line.position.phone = cells.get("phone", line.position.phone)
        line.position.save(update_fields=["title", "phone"])
        if cells["email"] != line.user.email:
            change_address(actor=actor, user=line.user, address=cells["email"], now=now)
        _record_position(actor, "position_changed", line.position, now)
        return
    if line.user is not None:
        line.user.is_active = True
        line.user.save(update_fields=["is_active"])
    user = line.user or create_user(
        actor=actor, username=cells["username"], password=None, first_name=cells["first_name"],
        last_name=cells["last_name"], language=cells.get("language") or Language.FINNISH.value,
        email=cells["email"], now=now,
    )  # fmt: skip
    position = give_position(
        actor=actor, user=user, network=line.office.network, office=line.office,
        title=cells["title"], phone=cells.get("phone", ""), since=now, now=now,
    )  # fmt: skip
    if file.office_id is None:
        decider = actor.user_id if actor.user_id != file.asked_by_id else None
        position.begun_by_id, position.confirmed_by_id = file.asked_by_id, decider
        position.save(update_fields=["begun_by", "confirmed_by"])
    if line.what == "new":
        send_first_link(actor=actor, user=user, now=now)


def _tell(actor: Actor, plan: StaffPlan, now: datetime) -> None:
    offices = {line.office.pk: line.office for line in plan.lines if line.what != "same"}
    for office in offices.values():
        begun = [
            f"{line.cells['first_name']} {line.cells['last_name']}"
            for line in plan.lines
            if line.office.pk == office.pk and line.what in ("new", "back")
        ]
        if begun:
            words = ", ".join(begun)
            tell(actor, OrganisationKind.STAFF_LISTED, network=office.network, office=office,
                 words=words if len(words) <= 300 else str(len(begun)), now=now)  # fmt: skip


def _locked(actor: Actor, file_id: UUID, now: datetime) -> StaffFile:
    seen = get_staff_file(actor, file_id, now=now)
    found = StaffFile.objects.select_for_update(of=("self",)).select_related("office")
    file = found.get(pk=seen.pk)
    if file.state not in (StaffFileState.CHECKED, StaffFileState.WAITING):
        raise Refused(_("This has been answered already."))
    return file


def _close(
    actor: Actor, file: StaffFile, state: StaffFileState, plan: StaffPlan, now: datetime
) -> None:
    """What the file said of anybody is forgotten; the faults stay by line, column and reason."""
    alone = file.office_id is None and file.asked_by_id == actor.user_id
    file.state, file.decided_at = state, now
    # Before anybody is here the keeper's own file has nobody who could decide it.
    file.decided_by_id = None if alone and state is StaffFileState.DONE else actor.user_id
    file.rows, file.counts = [], plan.counts
    file.faults = [list(fault) for fault in plan.faults]
    file.save(update_fields=["state", "decided_at", "decided_by", "rows", "counts", "faults"])
    _record(actor, f"staff_file_{state.value}", file, now)


def _said(no_table: NoTable) -> str:
    if no_table.reason == "missing":
        return _now("The first line has no column %(column)s.") % {"column": no_table.column}
    if no_table.reason == "twice":
        return _now("The first line has the column %(column)s twice.") % {"column": no_table.column}
    return _now("This is not a CSV file with the names of its columns on the first line.")


def _record(actor: Actor, action: str, file: StaffFile, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="staff_file", subject_id=file.pk, now=now
    )


def _record_position(actor: Actor, action: str, position: Position, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="position", subject_id=position.pk, now=now
    )
