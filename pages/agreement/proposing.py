"""Proposing a plan: what it lacks, how each party will read it, and the button."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.selectors import open_readiness
from common.bodies import Party
from pages.case.heading import case_page
from pages.case.writing import case_url, worker, writable_case
from pages.forms import Form
from pages.responses import redirect_saved
from rights.selectors import see_draft_as, viewers_of
from web.access import get_only
from web.requests import context_of


@worker
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the plan still lacks, how each party will read it, and the button that proposes it."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            made = services.propose_plan(actor=ctx.actor, case=case, now=ctx.now)
            return redirect_saved(request, _("Saved."), "pages:version", made.pk)
    ready = open_readiness(ctx.actor, case_id, now=ctx.now)
    context = {
        "ready": ready,
        "form": form,
        "draft_number": ready.next_number,
        "parties": ready.page.plan.participating_parties if ready.page.plan else list(Party),
        "viewers": [
            (Party.CLIENT.value, Party.CLIENT.label),
            *((one.key, one.label) for one in viewers_of(ctx.actor, case, now=ctx.now)),
        ],
        "back": case_url(request, case),
    }
    return case_page(request, "pages/agreement/propose.html", context, about=case)


@worker
@get_only
def propose_as(request: HttpRequest, case_id: UUID, who: str) -> HttpResponse:
    """The version that would be proposed, as a party will read it: as far as the worker sees it."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    label, page = see_draft_as(ctx.actor, case_id, who, now=ctx.now)
    context = {"page": page, "who": label, "back": reverse("pages:propose", args=[case_id])}
    return case_page(request, "pages/agreement/draft.html", context, about=case)
