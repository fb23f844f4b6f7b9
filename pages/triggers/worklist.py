"""The worklist of triggers and early signals, as a page and as a file, and its saved filters."""

from __future__ import annotations

from dataclasses import replace
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
from benefits.selectors import (
    Worklist,
    WorklistFilter,
    WorklistPerson,
    has_deaths,
    list_people,
    name_of,
)
from common.actor import ActorKind
from common.levels import Act
from components.templatetags.formatting import non_disclosure, short_date
from consent.models import Category
from pages.exports.asking import TakenOut, after_asking_why
from pages.filters.columns import ListColumn, columns_of
from pages.filters.shown import filters_context, saved_for
from pages.responses import csv_file
from pages.templatetags.wording import who_has
from pages.triggers.forms import WorklistForm
from pages.triggers.opened import Opened, opened_person
from pages.triggers.said import left_of
from people.models import FilteredList
from people.selectors import municipality_names
from rights.models import ExportKind
from statutes.reader import law_on
from web.access import get_only, needs, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
PAGE_SIZE = 25
EXPORTED = 50_000
HORIZONS = (0, 30, 60, 90)
BUILT_IN = ((_("Nobody has taken"), {"status": "new"}), (_("Mine"), {"status": "mine"}))
"""Filters that everybody has: what the menu counts, and what one has taken oneself."""


@worker
@get_only
def triggers(request: HttpRequest) -> HttpResponse:
    """Who reached a trigger or an early signal, or is coming to one: one row a person."""
    ctx = context_of(request)
    wanted = as_person(request.GET.get("open", ""))
    if wanted and request.headers.get("HX-Request"):
        row = _row_context(request, opened_person(request, wanted))
        return render(request, "pages/triggers/opened_row.html", row)
    form = _form(request)
    number = min(max(1, int(n) if (n := request.GET.get("page", "1")).isdecimal() else 1), EXPORTED)
    choices = form.choices()
    saved = saved_for(request, FilteredList.TRIGGERS)
    found = list_people(
        ctx.actor,
        choices,
        now=ctx.now,
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
        beside=[
            *(replace(choices, within=days) for days in HORIZONS),
            *(WorklistFilter(status=chosen["status"]) for _name, chosen in BUILT_IN),
            *(_chosen(form, one.choices) for one in saved),
        ],
    )
    if found.asked_on is None:
        return render(request, "pages/triggers/triggers_empty.html")
    form.offer(found.names)
    shown = [row for row in found.rows if row.person.pk == wanted]
    opened = None
    if wanted and shown:
        rules = [reason.rule for reason in shown[0].reasons]
        opened = opened_person(request, wanted, rules=rules)
    at_horizons, at_saved = found.counts[: len(HORIZONS)], found.counts[len(HORIZONS) :]
    context = {
        "form": form,
        "misunderstood": [form.fields[name].label for name in form.errors],
        "on": found.asked_on,
        "law": law_on(found.asked_on),
        "found": found,
        "known": [name_of(name) for name in found.names],
        "choices": choices,
        "narrowed": choices != WorklistFilter(within=choices.within, sort=choices.sort),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(number),
        "horizons": [
            (days, _link(request, within=days or ""), count)
            for days, count in zip(HORIZONS, at_horizons, strict=True)
        ],
        "columns": _columns(request, choices),
        "query": _query(request).urlencode(),
        "has_deaths": has_deaths(ctx.actor, now=ctx.now),
        **filters_context(request, FilteredList.TRIGGERS, saved, at_saved, list(BUILT_IN)),
        "nobody_chosen": "nobody" in request.GET,
        "left": left_of(request),
        **_row_context(request, opened),
    }
    return render(request, "pages/triggers/triggers.html", context)


def _row_context(request: HttpRequest, opened: Opened | None) -> dict[str, Any]:
    """What the row opened in place is drawn from; ``listed``: the address of the list around it."""
    return {"opened": opened, "listed": _query(request, "page").urlencode()}


def _columns(request: HttpRequest, choices: WorklistFilter) -> list[ListColumn]:
    """The columns in their order. Days since grow as the day goes back: the most come first."""
    coming = choices.within > 0
    columns = [
        ("name", _("Person"), False),
        ("age", _("Age"), True),
        ("municipality", _("Municipality"), False),
        ("language", _("Language"), False),
        ("", _("Reasons"), False),
        ("", _("Who has it"), False),
        ("since", _("Days until") if coming else _("Days since"), True),
    ]
    return columns_of(
        choices.sort or "since", columns, lambda code: _link(request, sort=code),
        falling="" if coming else "since",
    )  # fmt: skip


@worker
@needs(Act.EXPORT_MANY)
def triggers_csv(request: HttpRequest) -> HttpResponseBase:
    """The list as narrowed and ordered, or those chosen, as CSV: each is logged as exported."""
    return after_asking_why(
        request, ExportKind.TRIGGERS, lambda: _file(request), back=reverse("pages:triggers")
    )


def _file(request: HttpRequest) -> TakenOut:
    ctx = context_of(request)
    choices = _form(request).choices()
    found = list_people(
        ctx.actor, choices, now=ctx.now, limit=EXPORTED, only=chosen_of(request.GET) or None,
        exported=True,
    )  # fmt: skip
    columns = [
        _("Last name"), _("First names"), _("Born"), _("Non-disclosure"), _("Age"),
        _("Municipality"), _("Language"), _("Reasons"), _("Ground"), _("Who has it"),
        _("Declined before"), _("Day"), _("Days until") if choices.within else _("Days since"),
        _("Why"),
    ]  # fmt: skip
    rows = [_line(row, found) for row in found.rows]
    if found.total > EXPORTED:
        rows.append((_now("Only the first %(count)d rows.") % {"count": EXPORTED},))
    shown = {Category.IDENTITY_CONTACT.value, *facts_known_to(ctx.actor, now=ctx.now)}
    return TakenOut(csv_file("worklist.csv", columns, rows), len(found.rows), shown)


def _line(row: WorklistPerson, found: Worklist) -> tuple[object, ...]:
    person, reasons = row.person, row.reasons
    said = " ".join(reason.sentence for reason in reasons)
    return (
        person.last_name,
        person.first_names,
        person.birth_year,
        non_disclosure() if person.non_disclosure else "",
        row.age,
        row.municipality,
        person.language,
        ", ".join(reason.short for reason in reasons),
        ", ".join(dict.fromkeys(reason.statute for reason in reasons)),
        who_has(row),
        ", ".join(short_date(day) for day in row.earlier),
        row.since.isoformat(),
        row.days_away,
        f"{said} {found.aged}".strip(),
    )


def _form(request: HttpRequest) -> WorklistForm:
    ctx = context_of(request)
    codes = municipality_names(ctx.actor.working_network_id, on=ctx.today)
    return WorklistForm(request.GET, municipalities=codes)


def _chosen(form: WorklistForm, choices: dict[str, str]) -> WorklistFilter:
    """What saved choices stand for today, with the choices this form has."""
    one = WorklistForm(choices, municipalities=[])
    one.fields["municipality"] = form.fields["municipality"]
    return one.choices()


def chosen_of(sent: QueryDict) -> list[UUID]:
    """The people ticked in the list; what is no key of anybody is left out."""
    return [key for text in sent.getlist("person") if (key := as_person(text))]


def as_person(text: str) -> UUID | None:
    """The key of a person in an address; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def list_url(request: HttpRequest) -> str:
    """The list as it was narrowed, ordered and turned over in the address."""
    query = _query(request, "page").urlencode()
    return f"{reverse('pages:triggers')}{'?' if query else ''}{query}"


def _query(request: HttpRequest, *beside: str) -> QueryDict:
    """The filters and the order in the address, and what is named beside."""
    query = request.GET.copy()
    for name in list(query):
        if name not in WorklistForm.base_fields and name not in beside:
            del query[name]
    return query


def _link(request: HttpRequest, **changed: Any) -> str:
    query = _query(request)
    for name, value in changed.items():
        if value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
