"""Why joint service was proposed to the client: the same page for them and for their workers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from benefits.selectors import name_of
from caseplan.plan.models import Referral
from caseplan.plan.selectors import open_row
from cases.access import get_case
from common.decision import NotVisible
from pages.case.writing import page_of_both, party_to_a_plan
from web.access import get_only
from web.requests import context_of

ADVISORY = "advisory"
"""What a referral keeps in the place of a section, where only an early sign was behind it."""


@party_to_a_plan
@get_only
def why(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The facts used and their day, who assessed, what it is and is not, the client's say.

    The facts are the copy the decision rested on, not what the registers say today.
    """
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    kept = Referral.objects.filter(case=case).values_list("pk", flat=True).first()
    if kept is None:
        raise NotVisible
    referral = open_row(ctx.actor, Referral, kept, now=ctx.now)
    context = {
        "referral": referral,
        "rule": name_of(referral.rule) if referral.rule else "",
        "is_advisory": referral.statute == ADVISORY,
    }
    return page_of_both(request, "pages/why/why.html", context, about=case)
