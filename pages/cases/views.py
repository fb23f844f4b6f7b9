"""The list of cases, finding one, and those that were open last."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import CaseChoices, cases_of, list_cases, recent_cases
from common.actor import ActorKind
from common.levels import Act
from components.templatetags.formatting import in_a_file
from consent.models import Category
from pages.cases import searches
from pages.cases.forms import CasesForm
from pages.exports.asking import TakenOut, after_asking_why
from pages.filters.columns import ListColumn, columns_of, linked, narrowed
from pages.filters.shown import filters_context, saved_for
from pages.responses import csv_file
from people.models import FilteredList
from records.selectors import Reading, reading_of
from rights.models import ExportKind
from web.access import get_only, needs, only_for
from web.recent import last_cases
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
PAGE_SIZE = 25
LONGEST = 250
FOUND = "found"


@worker
def cases(request: HttpRequest) -> HttpResponse:
    """My cases, narrowed and ordered; those found, where somebody was searched for.

    A search comes from the head of every page: one hit opens the case, of more or none the list
    says so. No name of a client stands in an address: the search is kept with the session under a
    word that does, so that it ends with its page.
    """
    ctx = context_of(request)
    if request.method == "POST":
        return _find(request)
    reading = reading_of(ctx.actor, now=ctx.now)
    form, choices = _choices(request)
    found = Paginator(_found(request, reading, choices), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    is_search = FOUND in request.GET
    saved = [] if is_search else saved_for(request, FilteredList.CASES)
    counts = [len(cases_of(reading, CasesForm(one.choices).choices(""))) for one in saved]
    context = {
        "form": form,
        "page": page,
        "rows": list_cases(reading, page.object_list, searched=is_search),
        "is_search": is_search,
        "search": choices.search,
        "found": request.GET.get(FOUND, ""),
        "narrowed": choices.whose or choices.plan,
        "total": found.count,
        "query": narrowed(request),
        "columns": _columns(request, choices.order),
        **filters_context(request, FilteredList.CASES, saved, counts, []),
    }
    return render(request, "pages/cases/cases.html", context)


def _find(request: HttpRequest) -> HttpResponse:
    ctx = context_of(request)
    search = request.POST.get("q", "").strip()[:LONGEST]
    if not search:
        return redirect("pages:cases")
    choices = CaseChoices(search=search)
    found = cases_of(reading_of(ctx.actor, now=ctx.now), choices)
    if len(found) == 1:
        return redirect("pages:case", found[0])
    # An identity code finds one or nobody, and is kept nowhere.
    word = searches.keep(request, "" if choices.is_by_code else search)
    return redirect(f"{reverse('pages:cases')}?{FOUND}={word}")


def _found(request: HttpRequest, reading: Reading, choices: CaseChoices) -> list[UUID]:
    if FOUND in request.GET and not choices.search:
        return []
    return cases_of(reading, choices)


@worker
@get_only
def recent(request: HttpRequest) -> HttpResponse:
    """The cases this log-in opened last, as a page, and as what the menu of every page opens.

    They are asked for when somebody opens the menu: no other client's name stands in a page that
    one shows or prints. With a client beside one they are not told.
    """
    ctx = context_of(request)
    cases = [] if ctx.actor.with_client_of else last_cases(request)
    reading = reading_of(ctx.actor, now=ctx.now)
    is_menu = "HX-Request" in request.headers
    template = "pages/cases/recent_list.html" if is_menu else "pages/cases/recent.html"
    return render(request, template, {"cases": recent_cases(reading, cases)})


@worker
@needs(Act.EXPORT_MANY)
def cases_csv(request: HttpRequest) -> HttpResponseBase:
    """The list as it was searched, narrowed and ordered, as a file: everybody in it is logged."""
    return after_asking_why(
        request, ExportKind.CASES, lambda: _file(request), back=reverse("pages:cases")
    )


def _file(request: HttpRequest) -> TakenOut:
    ctx = context_of(request)
    reading = reading_of(ctx.actor, now=ctx.now)
    _form, choices = _choices(request)
    keys = _found(request, reading, choices)
    rows = list_cases(reading, keys, searched=bool(choices.search), exported=True)
    columns = [_("Client"), _("Born"), _("Non-disclosure"), _("Case manager"),
               _("Plan"), _("Plan or review due"), _("Next action due")]  # fmt: skip
    lines = [
        (
            *in_a_file(row.case.person),
            row.case_manager,
            row.plan_label,
            row.clock.due_on.isoformat() if row.clock else "",
            row.next_due.isoformat() if row.next_due else "",
        )
        for row in rows
    ]
    shown = {Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.PLAN_FOLLOW_UP}
    return TakenOut(csv_file("cases.csv", columns, lines), len(lines), shown)


def _choices(request: HttpRequest) -> tuple[CasesForm, CaseChoices]:
    form = CasesForm(request.GET)
    return form, form.choices(searches.kept(request, request.GET.get(FOUND, "")))


def _columns(request: HttpRequest, order: str) -> list[ListColumn]:
    columns = [
        ("name", _("Client"), False),
        ("", _("Case manager"), False),
        ("", _("Plan"), False),
        ("due", _("Plan or review due"), True),
        ("action", _("Next action due"), True),
    ]
    return columns_of(order or "name", columns, lambda code: linked(request, "order", code))
