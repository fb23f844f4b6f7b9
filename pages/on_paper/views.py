"""The plan, the people and who sees what, each on a sheet of paper in the client's language.

What a worker prints holds what their own body may read, and says so where that is not all.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from audit.models import Purpose
from caseplan.meetings.selectors import show_next_meeting
from caseplan.options.selectors import list_offers
from caseplan.plan.selectors import open_case, open_income, open_people, section_of_duties
from caseplan.remarks.selectors import list_remarks
from cases.access import get_case
from cases.models import Case
from followup.models import Feeling
from pages.case.writing import party_to_a_plan
from pages.on_paper.sheet import incomes_of, sheet_of
from pages.printing import pdf_page
from people.languages import language_of_person
from records.selectors import reading_in
from rights.selectors import open_grants
from web.access import get_only
from web.requests import Context, context_of

ANSWERED_SHOWN = 5
"""Of options and remarks that were answered, the newest; what is open is there whole."""


@party_to_a_plan
@get_only
def plan_paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan: what to do first, on one sheet; the whole, the options and a slip behind."""
    ctx = context_of(request)
    purpose = Purpose.OWN_DATA if ctx.actor.is_client else Purpose.KEEP_CASE
    page = open_case(ctx.actor, case_id, purpose=purpose, now=ctx.now)
    _case, offers = list_offers(ctx.actor, case_id, now=ctx.now)
    _case, remarks = list_remarks(ctx.actor, case_id, now=ctx.now)
    income = open_income(ctx.actor, case_id, now=ctx.now)
    act, section = section_of_duties(page.case)
    meeting = show_next_meeting(
        reading_in(ctx.actor, page.case, now=ctx.now), page.case, purpose=purpose
    )
    with translation.override(language_of_person(page.case.person)):
        context = {
            "page": page,
            "sheet": sheet_of(page),
            "meeting": meeting,
            "offers": [found for found in offers if found.offer.is_open],
            "answered": [found for found in offers if not found.offer.is_open][:ANSWERED_SHOWN],
            "remarks": [one for one in remarks if one.is_open]
            + [one for one in remarks if not one.is_open][:ANSWERED_SHOWN],
            "incomes": incomes_of(income, ctx.today),
            "confirmations": income.confirmations,
            "feelings": Feeling.choices,
            "law": {"act": act, "section": section},
        }
        return _paper(request, ctx, page.case, "pages/on_paper/plan.html", context)


@party_to_a_plan
@get_only
def people_paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who helps, how to reach them, who stands in for whom."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    people = open_people(ctx.actor, case, now=ctx.now, named=True)
    with translation.override(language_of_person(case.person)):
        return _paper(request, ctx, case, "pages/on_paper/people.html", {"people": people})


@party_to_a_plan
@get_only
def grants_paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who sees what, in one table; to a worker what their own body sees, and what the law says."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    with translation.override(language_of_person(case.person)):
        context = {"grants": open_grants(ctx.actor, case, now=ctx.now)}
        return _paper(request, ctx, case, "pages/on_paper/grants.html", context)


def _paper(
    request: HttpRequest, ctx: Context, case: Case, template: str, context: dict[str, Any]
) -> HttpResponse:
    context |= {"whose": case.person, "today": ctx.today, "by_client": ctx.actor.is_client}
    answer = pdf_page(request, template, context, f"{PurePath(template).stem}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
