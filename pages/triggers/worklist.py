"""The worklist of triggers and early signals, as a page and as a file, and its saved filters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from benefits.access import facts_known_to
from benefits.selectors import WorklistFilter, has_deaths, list_flags, saved_filters
from benefits.services import remove_filter, save_filter
from common.actor import ActorKind
from common.levels import Act
from components.templatetags.formatting import non_disclosure
from consent.models import Category
from pages.exports.asking import TakenOut, after_asking_why
from pages.responses import csv_file, form_page, redirect_saved
from pages.triggers.forms import FilterNameForm, WorklistForm
from people.selectors import municipality_names
from rights.models import ExportKind
from statutes.reader import law_on
from web.access import get_only, needs, only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
PAGE_SIZE = 25
EXPORTED = 50_000


@worker
@get_only
def triggers(request: HttpRequest) -> HttpResponse:
    """Who reached a trigger or an early signal, or is coming to one; by the day due."""
    ctx = context_of(request)
    form = _form(request)
    number = min(max(1, int(n) if (n := request.GET.get("page", "1")).isdecimal() else 1), EXPORTED)
    choices = form.choices()
    found = list_flags(
        ctx.actor, choices, now=ctx.now, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    if found.asked_on is None:
        return render(request, "pages/triggers/triggers_empty.html")
    form.offer(found.names)
    context = {
        "form": form,
        "name_form": FilterNameForm(),
        "on": found.asked_on,
        "law": law_on(found.asked_on),
        "found": found,
        "choices": choices,
        "narrowed": choices != WorklistFilter(within=choices.within),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(number),
        "horizons": [(days, _link(request, within=days)) for days in (0, 30, 60, 90)],
        "query": _query(request).urlencode(),
        "has_deaths": has_deaths(ctx.actor, now=ctx.now),
        "filters": [(f.pk, f.name, f"?{_encoded(f.choices)}") for f in saved_filters(ctx.actor)],
    }
    return render(request, "pages/triggers/triggers.html", context)


@worker
@needs(Act.EXPORT_MANY)
def triggers_csv(request: HttpRequest) -> HttpResponseBase:
    """The worklist as narrowed, as CSV: each person in it is logged as exported."""
    return after_asking_why(
        request, ExportKind.TRIGGERS, lambda: _file(request), back=reverse("pages:triggers")
    )


def _file(request: HttpRequest) -> TakenOut:
    ctx = context_of(request)
    found = list_flags(
        ctx.actor, _form(request).choices(), now=ctx.now, limit=EXPORTED, exported=True
    )
    columns = [
        _("Last name"), _("First names"), _("Born"), _("Non-disclosure"), _("Language"),
        _("Rule"), _("Ground"), _("Day"), _("Days since"), _("Status"), _("Why"),
    ]  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (
            row.person.last_name,
            row.person.first_names,
            row.person.birth_year,
            non_disclosure() if row.person.non_disclosure else "",
            row.person.language,
            row.rule_name,
            row.statute,
            row.on.isoformat(),
            row.days_since,
            row.status,
            f"{row.sentence} {found.aged}".strip(),
        )
        for row in found.rows
    ]
    if found.total > EXPORTED:
        rows.append((_now("Only the first %(count)d rows.") % {"count": EXPORTED},))
    people = len({row.person.pk for row in found.rows})
    shown = {Category.IDENTITY_CONTACT.value, *facts_known_to(ctx.actor, now=ctx.now)}
    return TakenOut(csv_file("worklist.csv", columns, rows), people, shown)


@worker
@post_only
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters in the address under a name."""
    form = FilterNameForm(request.POST)
    chosen = {name: str(value) for name, value in _query(request).items() if value}

    back = f"{reverse('pages:triggers')}?{_encoded(chosen)}"
    if form.is_valid():
        with form.refusals():
            save_filter(
                actor=context_of(request).actor, name=form.cleaned_data["name"], choices=chosen
            )
            return redirect_saved(request, _("The filter is saved."), back)
    return form_page(
        request, form, heading=_("Save these filters"), button=_("Save"), back=back,
        intro=_("They come back with one click."),
    )  # fmt: skip


@worker
@post_only
def filter_remove(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Remove one's own saved filter."""
    remove_filter(actor=context_of(request).actor, filter_id=filter_id)
    return redirect_saved(request, _("The filter is removed."), "pages:triggers")


def _form(request: HttpRequest) -> WorklistForm:
    ctx = context_of(request)
    codes = municipality_names(ctx.actor.working_network_id, on=ctx.today)
    return WorklistForm(request.GET, municipalities=codes)


def _query(request: HttpRequest) -> QueryDict:
    """The filters in the address, without the page."""
    query = request.GET.copy()
    for name in list(query):
        if name not in WorklistForm.base_fields:
            del query[name]
    return query


def _link(request: HttpRequest, **changed: Any) -> str:
    query = _query(request)
    for name, value in changed.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _encoded(choices: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(choices)
    return query.urlencode()
