"""The figures of a network: the director's page, and the steering group's without the rest."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from benefits.selectors import imports_turned_down
from caseplan.plan.selectors import list_emergencies
from cases.selectors import offices_with_nobody_to_name
from common.actor import ActorKind
from components.chart_data import Bar, Column
from evaluation.contacts import contact_counts
from evaluation.selectors import late_answers, late_in_network, network_counts
from pages.installation.views import checklist_for
from people.selectors import list_organisation_news
from web.access import get_only, only_for
from web.requests import Context, context_of


@only_for(ActorKind.DIRECTOR, ActorKind.STEERING)
@get_only
def dashboard(request: HttpRequest) -> HttpResponse:
    """The network's counts by body and municipality, suppressed."""
    ctx = context_of(request)
    counts = network_counts(ctx.actor, now=ctx.now)
    columns = [
        Column(_("Municipality")),
        Column(_("Cases"), number=True),
        *(Column(str(body.label), number=True) for body in counts.bodies),
    ]
    rows = [
        [name, *(_said(value) for value in (total, *by_body))]
        for name, total, by_body in zip(
            counts.municipalities, counts.cases, counts.by_body, strict=True
        )
    ]
    bars = [
        Bar(name, value, _said(value))
        for name, value in list(zip(counts.municipalities, counts.cases, strict=True))[:-1]
    ]
    context = {
        "figures": [
            (figure.label, _said(figure.value))
            for figure in (counts.open_cases, counts.plans_in_force)
        ],
        "late_answers": [
            (figure.label, _said(figure.value)) for figure in late_answers(ctx.actor, now=ctx.now)
        ],
        "columns": columns,
        "rows": rows,
        "bars": bars,
        "news": list_organisation_news(ctx.actor, now=ctx.now),
        "is_director": ctx.actor.kind is ActorKind.DIRECTOR,
    }
    if ctx.actor.kind is ActorKind.DIRECTOR:
        context |= {
            "escalated": [
                (figure.label, _said(figure.value))
                for figure in late_in_network(ctx.actor, now=ctx.now)
            ],
            "nobody_names": offices_with_nobody_to_name(ctx.actor, now=ctx.now),
            "turned_down": imports_turned_down(ctx.actor),
            "emergencies": list_emergencies(ctx.actor, now=ctx.now),
            "left": checklist_for(ctx).left,
            **_contacts(request, ctx),
        }
    return render(request, "pages/dashboard/dashboard.html", context)


def _contacts(request: HttpRequest, ctx: Context) -> dict[str, Any]:
    """How much the bodies were in touch with clients in the month asked for, as a table."""
    counts = contact_counts(ctx.actor, _month(request), now=ctx.now)
    ways = [Column(str(way), number=True) for way in counts.ways]
    return {
        "contact_month": counts.month,
        "contact_months": [(month, month == counts.month) for month in counts.months],
        "contact_columns": [Column(_("Body and office")), *ways],
        "contact_rows": [
            [row.name if row.is_body else f"– {row.name}", *(_said(cell) for cell in row.cells)]
            for row in counts.rows
        ],
    }


def _month(request: HttpRequest) -> date | None:
    """The month the address asks about; none where it is none."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None


def _said(value: int | None) -> str:
    """A withheld figure is said so; which kind of withholding it is, is not told."""
    return _("fewer than 5, or withheld") if value is None else str(value)
