"""Long lists of people, read and logged a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class LoggedRows(Sequence[Row]):
    """Rows that the access log is told of as they are taken out, and of no others.

    A page of them is one slice; to go through them all takes them all. Their number shows nobody.
    """

    def __init__(self, rows: QuerySet[Row, Row], log: Callable[[list[Row]], None]) -> None:
        self._rows, self._log = rows, log

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: Any) -> Any:
        part = index if isinstance(index, slice) else slice(index, index + 1)
        found = list(self._rows[part])
        self._log(found)
        return found if isinstance(index, slice) else found[0]
