"""What an import did, told and kept, and what its parts share while it is at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from benefits.models import RegisterImport, RejectedRow
from benefits.services.extract import BadExtract, ExtractFile, Rejection
from benefits.services.staging import Staged
from common.actor import Actor
from common.clock import day_of

Progress = Callable[[str, int], None]
PERSONS, SPELLS, PAYMENTS = "persons.csv", "unemployment.csv", "benefits.csv"
PROTECTION_KEPT = "protection kept"


@dataclass(slots=True)
class ImportReport:
    """What an import did, or, as a dry run, would do."""

    committed: bool
    rows: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    unknown_municipalities: dict[str, int] = field(default_factory=dict)
    newest_day: date | None = None
    protection_kept: int = 0
    bad_file: BadExtract | None = None

    @property
    def exit_status(self) -> int:
        """0 all in, 1 some rows rejected, 2 nothing imported."""
        if self.bad_file:
            return 2
        return 1 if self.rejected else 0


@dataclass(slots=True)
class ImportWork:
    """One import at work: its files, the lines of the two large ones, who imports and when.

    ``anybody`` names the files with a line that may be about anybody.
    """

    run: RegisterImport
    files: dict[str, ExtractFile]
    staged: dict[str, Staged]
    actor: Actor
    now: datetime
    report: ImportReport
    said: Progress
    anybody: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def network_id(self) -> UUID | None:
        """The network whose municipalities alone it is about; None for the operator's import."""
        return self.run.network_id


def keep_rejected(run: RegisterImport, rejected: list[Rejection]) -> None:
    """Keep the rejected rows of a run for its report, in place of those kept before."""
    run.rejected.all().delete()
    RejectedRow.objects.bulk_create(
        (
            RejectedRow(
                register_import=run,
                file=r.file,
                line=r.line,
                column=r.column,
                reason=r.reason,
                value=r.value,
            )
            for r in rejected
        ),
        batch_size=5000,
    )
