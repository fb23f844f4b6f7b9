"""Makes the file of an approved order: files of lines in a ZIP, sealed as they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from audit.shown import ShownData
from cases.models import Case
from common.clock import HELSINKI, day_of
from evaluation.extracts.anonymity import Anonymised, Known, anonymised
from evaluation.extracts.batches import (
    AGE,
    BEGUN_IN,
    MUNICIPALITY,
    UNEMPLOYED,
    ExtractBatch,
    backgrounds,
    grounds_of_all,
)
from evaluation.extracts.columns import CODE_BOOK, code_book, extract_files
from evaluation.extracts.models import ExtractOrder
from evaluation.extracts.rows import LINES
from evaluation.extracts.sealing import SealedWriter, for_environment, pseudonyms
from evaluation.suppression import SMALLEST

AT_A_TIME = 1000
_FIRST_TO_GO = (MUNICIPALITY, UNEMPLOYED, AGE, BEGUN_IN)


@dataclass(frozen=True, slots=True)
class MadeExtract:
    """What was written: its digest, its counts, and for the log what was told of whom."""

    digest: str
    found: dict[str, int]
    shown: list[ShownData]


def file_of(order: ExtractOrder) -> Path:
    """Where the file of an order lies."""
    return Path(settings.VAR_DIR) / "extracts" / f"{order.pk}.sealed"


def write_file(order: ExtractOrder, *, now: datetime) -> MadeExtract:
    """Write the file of an approved order, whole or not at all."""
    path = file_of(order)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("wb") as stream:
        sealed = SealedWriter(stream, order.key_encrypted or b"")
        writing = _Writing(order, now)
        if order.is_research:
            content = io.BytesIO()
            writing.write(content)
            sealed.write(for_environment(content.getvalue(), order.certificate))
        else:
            writing.write(cast(BinaryIO, sealed))
        digest = sealed.close()
    draft.replace(path)
    return MadeExtract(digest, writing.found, writing.shown)


class _Writing:
    """One making: its cases in the order of their pseudonyms, which tells nothing of them."""

    def __init__(self, order: ExtractOrder, now: datetime) -> None:
        self._order, self._on = order, day_of(now)
        self._grounds = grounds_of_all(order.network_id, on=self._on)
        name_of = pseudonyms(order.key_encrypted or b"")
        ids = list(_cases_of(order).values_list("pk", flat=True))
        known: dict[UUID, Known] = {}
        for some in _some(ids):
            known |= backgrounds(_loaded(some))
        self._known: Anonymised[UUID] = anonymised(known, first_to_go=_FIRST_TO_GO)
        names = {case_id: name_of(case_id) for case_id in self._known.rows}
        self._ids = sorted(names, key=names.__getitem__)
        self._names = names
        self._shown: dict[UUID, dict[str, str]] = {}
        self._people: dict[UUID, UUID] = {}
        self.found: dict[str, int] = {
            "cases": len(self._ids),
            "k": self._known.k,
            "generalised": self._known.generalised,
            "left_out": self._known.left_out,
        }

    def write(self, stream: BinaryIO) -> None:
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            for file in extract_files():
                self.found[file.name] = _write_csv(
                    archive, file.name, file.header, self._lines(file.name)
                )
            _write_csv(archive, "codebook.csv", CODE_BOOK, code_book())
            _write_csv(archive, "about.csv", ["what", "value"], self._about())

    def _lines(self, name: str) -> Iterator[Sequence[object]]:
        for some in _some(self._ids):
            loaded = {case.pk: case for case in _loaded(some)}
            cases = [loaded[case_id] for case_id in some]
            self._people |= {case.pk: case.person_id for case in cases}
            batch = ExtractBatch(
                cases, self._names, self._known.rows, self._grounds, self._on, self._shown
            )
            yield from LINES[name](batch)

    @property
    def shown(self) -> list[ShownData]:
        """What was told of each case, for the log."""
        return [
            ShownData(
                person_id=self._people[case_id],
                case_id=case_id,
                categories=frozenset(told),
                grounds=told,
            )
            for case_id, told in self._shown.items()
        ]

    def _about(self) -> Iterator[tuple[str, object]]:
        order = self._order
        yield "purpose", order.purpose
        yield "decision_number", order.decision_number
        for name in ("decided_on", "begun_from", "begun_to", "expires_on"):
            yield name, getattr(order, name).isoformat()
        yield "made_on", self._on.isoformat()
        yield "cases", self.found["cases"]
        yield "k", self.found["k"]
        yield "generalised", at_least(self.found["generalised"])
        yield "left_out", at_least(self.found["left_out"])


def at_least(count: int) -> str:
    """A count of people as it may be told; one to four are not told apart."""
    return f"<{SMALLEST}" if 0 < count < SMALLEST else str(count)


def _cases_of(order: ExtractOrder) -> QuerySet[Case]:
    """The network's cases that began in the period, with those that never did."""
    never_began = Q(
        started_on__isnull=True,
        opened_at__gte=_midnight(order.begun_from),
        opened_at__lt=_midnight(order.begun_to + timedelta(days=1)),
    )
    began = Q(started_on__gte=order.begun_from, started_on__lte=order.begun_to)
    return Case.objects.filter(began | never_began, network=order.network_id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HELSINKI)


def _loaded(ids: Sequence[UUID]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=ids).select_related("person")


def _some(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for at in range(0, len(ids), AT_A_TIME):
        yield ids[at : at + AT_A_TIME]


def _write_csv(
    archive: ZipFile, name: str, header: Sequence[str], lines: Iterable[Sequence[object]]
) -> int:
    """A file of the archive, line by line. Gives how many there were under the header."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    count = 0
    with archive.open(entry, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count
