"""Cases, counted one by one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from evaluation.periods import Period
from evaluation.recounted.rows import RecountedRow, cases_then


def open_cases(network_id: UUID, period: Period) -> Iterable[RecountedRow]:
    return [then.row() for then in cases_then(network_id, period) if then.is_open]
