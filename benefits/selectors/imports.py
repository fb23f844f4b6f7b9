"""Reads of the imports made from a page. Their figures are counts; rejected rows are masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from benefits.access import can_import, to_confirm
from benefits.models import ImportState, RegisterImport, RejectedRow
from common.actor import Actor
from people.selectors import names_of

_LARGE = ("unemployment.csv", "benefits.csv")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the large files of an import have been read, in bytes; seconds left at this pace."""

    done: int
    total: int
    seconds_left: int | None

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def imports_of(actor: Actor) -> list[RegisterImport]:
    """The newest imports of the director's network, and the operator's."""
    can_import(actor).require()
    own = Q(network_id=actor.working_network_id) | Q(network__isnull=True)
    return list(RegisterImport.objects.filter(own).order_by("-started_at", "-pk")[:25])


def imports_to_confirm(actor: Actor, *, now: datetime) -> list[RegisterImport]:
    """The imports that wait for this actor, the second person, the oldest first."""
    waiting = to_confirm(actor, now=now).filter(state=ImportState.PROPOSED)
    return list(waiting.select_related("network").order_by("proposed_at", "pk"))


def imports_turned_down(actor: Actor) -> list[RegisterImport]:
    """The imports of this director that a second person did not want written, the newest first."""
    own = RegisterImport.objects.filter(state=ImportState.TURNED_DOWN, imported_by=actor.label)
    return list(own.select_related("decided_by").order_by("-decided_at", "-pk"))


def asked_by(run: RegisterImport) -> str:
    """The name of whoever asked for an import on a page; empty for the operator's."""
    kind, _colon, key = run.imported_by.partition(":")
    return names_of([UUID(key)]).get(UUID(key), "") if kind == "user" else ""


def progress_of(run: RegisterImport, *, now: datetime) -> Progress | None:
    """How far the reading is; None when it is not being read."""
    if run.state not in {ImportState.WAITING, ImportState.READING}:
        return None
    folder = Path(run.folder)
    sizes = {name: _size(folder / name) for name in _LARGE}
    done = sum(
        sizes[name] if (was := run.progress.get(name, {})).get("done") else was.get("offset", 0)
        for name in _LARGE
    )
    seconds = (now - run.started_at).total_seconds()
    left = int(seconds * (sum(sizes.values()) - done) / done) if done else None
    return Progress(done, sum(sizes.values()), left)


def rejected_of(run: RegisterImport) -> list[RejectedRow]:
    """The rows not taken, in the order of the files."""
    return list(run.rejected.order_by("file", "line", "pk"))


def folders() -> list[str]:
    """The folders of the installation from which an import may be made."""
    return list(settings.IMPORT_FOLDERS)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
