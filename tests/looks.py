"""What the log says of one case or person: the looks at them, oldest first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from audit.selectors import access_rows_of
from audit.shown import Access, access_to


def looks_at(subject: UUID, **narrowed: Any) -> list[Access]:
    """The looks at a case (or at a person, before one), narrowed by columns of the rows."""
    rows = access_rows_of(subject).filter(**narrowed).order_by("pk")
    return [access_to(subject, row) for row in rows]
