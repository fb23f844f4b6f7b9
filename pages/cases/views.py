"""The list of cases."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import CaseChoices, cases_of, list_cases
from common.actor import ActorKind
from common.levels import Act
from components.templatetags.formatting import in_a_file
from consent.models import Category
from pages.cases.forms import CasesForm
from pages.exports.asking import TakenOut, after_asking_why
from pages.responses import csv_file
from records.selectors import reading_of
from rights.models import ExportKind
from web.access import needs, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
PAGE_SIZE = 25
_SEARCHED = "cases_searched"


@worker
def cases(request: HttpRequest) -> HttpResponse:
    """My cases, searched by name, identity code or phone, narrowed and ordered.

    What is searched for is kept in the session: no name of a client stands in an address.
    """
    ctx = context_of(request)
    if request.method == "POST":
        request.session[_SEARCHED] = request.POST.get("q", "").strip()[:100]
        narrowed = _narrowed(request)
        return redirect(f"{request.path}?{narrowed}" if narrowed else request.path)
    reading = reading_of(ctx.actor, now=ctx.now)
    form, choices = _choices(request)
    found = Paginator(cases_of(reading, choices), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": list_cases(reading, page.object_list, searched=bool(choices.search)),
        "search": choices.search,
        "by_code": choices.is_by_code,
        "narrowed": choices.whose or choices.plan,
        "total": found.count,
        "query": _narrowed(request),
    }
    return render(request, "pages/cases/cases.html", context)


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
    keys = cases_of(reading, choices)
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
    return form, form.choices(request.session.get(_SEARCHED, ""))


def _narrowed(request: HttpRequest) -> str:
    """The choices of the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
