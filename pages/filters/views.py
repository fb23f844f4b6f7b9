"""Saving the filters of a list, changing and removing what was saved."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from pages.filters.forms import FilterForm
from pages.filters.shown import chosen_in
from pages.responses import form_page, redirect_saved
from people.models import FilteredList, SavedFilter
from people.selectors import filters_changed_by
from people.services import change_filter, remove_filter, save_filter
from web.access import only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@post_only
def filter_save(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep the filters in the address under a name."""
    if kind not in set(FilteredList):
        raise Http404
    ctx, wanted = context_of(request), FilteredList(kind)
    chosen = chosen_in(request, wanted)
    query = QueryDict(mutable=True)
    query.update(chosen)
    back = f"{reverse(f'pages:{kind}')}?{query.urlencode()}"
    form = FilterForm(request.POST)
    if form.is_valid():
        with form.refusals():
            save_filter(actor=ctx.actor, of=wanted, choices=chosen, **form.cleaned_data)
            return redirect_saved(request, _("The filter is saved."), back)
    return form_page(
        request, form, heading=_("Save these filters"), button=_("Save"), back=back,
        intro=_("They come back with one click."),
    )  # fmt: skip


@worker
def filter_change(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Name a saved filter anew, share it with the office or keep it to oneself."""
    ctx = context_of(request)
    row = _changeable(request, filter_id)
    initial = {"name": row.name, "shared": row.office_id is not None}
    form = FilterForm(request.POST or None, initial=initial)
    if form.is_valid():
        with form.refusals():
            change_filter(actor=ctx.actor, filter_id=row.pk, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), f"pages:{row.list}")
    return form_page(
        request, form, heading=_("Change the saved filter"), button=_("Save"),
        back=reverse(f"pages:{row.list}"),
    )  # fmt: skip


@worker
@post_only
def filter_remove(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Remove a saved filter."""
    ctx = context_of(request)
    row = _changeable(request, filter_id)
    remove_filter(actor=ctx.actor, filter_id=row.pk, now=ctx.now)
    return redirect_saved(request, _("The filter is removed."), f"pages:{row.list}")


def _changeable(request: HttpRequest, filter_id: UUID) -> SavedFilter:
    ctx = context_of(request)
    row = filters_changed_by(ctx.actor, now=ctx.now).filter(pk=filter_id).first()
    if row is None:
        raise NotVisible
    return row
