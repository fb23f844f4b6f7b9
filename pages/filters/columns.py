"""The head of a list's columns: where one can order by it, a link that does, and turns it round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list, and the address that orders by it, if one can.

    ``direction``: "ascending" or "descending" where the list is ordered by it now.
    """

    label: str | Promise
    url: str = ""
    direction: str = ""
    is_number: bool = False


def columns_of(
    order: str,
    columns: Sequence[tuple[str, str | Promise, bool]],
    link: Callable[[str], str],
    *,
    falling: str = "",
) -> list[ListColumn]:
    """The columns, each a code to order by (empty where one cannot), its words, whether a number.

    ``order``: the code the list is ordered by, with "-" turned round. A second click on a column
    turns it round. ``falling``: the column whose values fall as its code rises, as days since do.
    """
    by, down = order.removeprefix("-"), order.startswith("-")

    def column(name: str, label: str | Promise, is_number: bool) -> ListColumn:
        if not name:
            return ListColumn(label, is_number=is_number)
        is_current = name == by
        falls = down != (name == falling)
        direction = ("descending" if falls else "ascending") if is_current else ""
        return ListColumn(label, link(f"-{name}" if is_current and not down else name), direction,
                      is_number)  # fmt: skip

    return [column(*one) for one in columns]


def linked(request: HttpRequest, name: str, value: str) -> str:
    """The address of the list with one choice changed, back on its first page."""
    query = request.GET.copy()
    query.pop("page", None)
    query[name] = value
    return f"?{query.urlencode()}"


def narrowed(request: HttpRequest) -> str:
    """The choices of the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
