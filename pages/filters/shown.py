"""The saved filters of a list as its page shows them, with how many each finds now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from pages.filters.forms import FilterForm
from people.models import FilteredList, SavedFilter
from people.selectors import leads_office, list_saved_filters
from web.requests import context_of

# The fields of a list's form that may be saved: each is a choice of codes, none is typed in.
SAVED: dict[FilteredList, tuple[str, ...]] = {
    FilteredList.TRIGGERS: (
        "rule", "municipality", "age_group", "language", "status", "within", "sort",
    ),
    FilteredList.CASES: ("whose", "plan", "order"),
    FilteredList.BOARD: ("kind", "party", "state", "due", "order"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilterShown:
    """A filter, what it is called, where it leads, whether the list is narrowed so now.

    ``pk`` is None of what everybody has; ``may_change``: its owner's, or of the office one leads.
    ``count``: how many the list would show.
    """

    name: str | Promise
    choices: Mapping[str, str]
    is_current: bool
    count: int
    pk: UUID | None = None
    may_change: bool = False
    shared_by: str = ""

    @property
    def url(self) -> str:
        query = QueryDict(mutable=True)
        query.update(dict(self.choices))
        return f"?{query.urlencode()}"


def saved_for(request: HttpRequest, of: FilteredList) -> list[SavedFilter]:
    """The filters that stand beside a list for whoever reads it."""
    return list_saved_filters(context_of(request).actor, of)


def chosen_in(request: HttpRequest, of: FilteredList) -> dict[str, str]:
    """What the address narrows the list to, as far as it may be saved."""
    return {
        name: str(value)
        for name, value in request.GET.items()
        if name in SAVED[of] and value and (name, value) != ("within", "0")
    }


def filters_context(
    request: HttpRequest,
    of: FilteredList,
    saved: list[SavedFilter],
    counts: list[int],
    built_in: list[tuple[str | Promise, dict[str, str]]],
) -> dict[str, Any]:
    """What ``pages/filters/filters.html`` is drawn from; ``counts`` of ``built_in``, then saved."""
    ctx = context_of(request)
    now_chosen = chosen_in(request, of)
    leads = any(f.office_id and f.user_id != ctx.actor.user_id for f in saved) and leads_office(
        ctx.actor, now=ctx.now
    )
    everybody = [
        FilterShown(name, choices, choices == now_chosen, count)
        for (name, choices), count in zip(built_in, counts, strict=False)
    ]
    own = [
        FilterShown(
            f.name, f.choices, f.choices == now_chosen, count, f.pk,
            f.user_id == ctx.actor.user_id or leads,
            f.user.full_name if f.office_id and f.user_id != ctx.actor.user_id else "",
        )
        for f, count in zip(saved, counts[len(built_in) :], strict=True)
    ]  # fmt: skip
    # Which list of the page it is, is saved along; alone it is no filter.
    is_kept = any(one.is_current for one in [*everybody, *own])
    can_save = bool(now_chosen.keys() - {"kind"}) and not is_kept
    return {
        "saved_filters": [*everybody, *own],
        "filter_form": FilterForm() if can_save else None,
        "filters_of": of.value,
        "filters_query": request.GET.urlencode(),
    }
