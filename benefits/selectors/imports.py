"""Reads of the imports made from a page. Their figures are counts; rejected rows are masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from benefits.access import can_import
from benefits.models import ImportState, RegisterImport, RejectedRow
from common.actor import Actor

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
    """The newest imports, whoever made them."""
    can_import(actor).require()
    return list(RegisterImport.objects.order_by("-started_at", "-pk")[:25])


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
