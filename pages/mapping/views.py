"""The mapping of a case: each area seen by each party."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_type_clients_view, can_write_view
from caseplan.plan.models import Area
from caseplan.plan.selectors import open_mapping
from cases.access import get_case
from common.bodies import Party
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    worker,
)
from pages.mapping.forms import ViewForm
from pages.responses import redirect_saved
from web.access import get_only
from web.requests import context_of


@party_to_a_plan
@get_only
def mapping(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The areas, everybody's view of each side by side, and whose is still needed."""
    ctx = context_of(request)
    page = open_mapping(ctx.actor, case_id, now=ctx.now)
    context = {
        "page": page,
        "can_write": can_write_view(ctx.actor, page.case, now=ctx.now).allowed,
        "written": {one.area for one in page.areas if one.view_of(ctx.actor.party)},
        "client_wrote": {one.area for one in page.areas if one.view_of(Party.CLIENT)},
        "is_beside": ctx.actor.is_with_client_of(page.case.pk),
    }
    return page_of_both(request, "pages/mapping/mapping.html", context, about=page.case)


@party_to_a_plan
def mapping_view(request: HttpRequest, case_id: UUID, area: str) -> HttpResponse:
    """Write, or change, how one's own party sees one area."""
    return _view(request, case_id, area, context_of(request).actor.party)


@worker
def mapping_view_client(request: HttpRequest, case_id: UUID, area: str) -> HttpResponse:
    """Type how the client sees one area, with the client present."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_type_clients_view(ctx.actor, case, now=ctx.now).require()
    return _view(request, case_id, area, Party.CLIENT)


def _view(request: HttpRequest, case_id: UUID, area: str, party: Party | None) -> HttpResponse:
    ctx = context_of(request)
    page = open_mapping(ctx.actor, case_id, now=ctx.now)
    can_write_view(ctx.actor, page.case, now=ctx.now).require()
    (seen,) = [one for one in page.areas if one.area == area]
    own = seen.view_of(party)
    for_client = ctx.actor.is_worker and party == Party.CLIENT
    form = ViewForm(
        request.POST or None,
        initial={"text": own.text if own else "", "revision": own.revision if own else 0},
    )
    is_own = ctx.actor.is_client and area == Area.STRENGTHS
    back = reverse("pages:my_plan") if is_own else reverse("pages:mapping", args=[page.case.pk])
    if form.is_valid():
        with form.refusals():
            services.write_view(
                actor=ctx.actor,
                case=page.case,
                area=Area(area),
                for_client=for_client,
                now=ctx.now,
                **form.cleaned_data,
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        page.case,
        _("What I can do, and am good at") if is_own else seen.area.label,
        title=_("How one area is seen"),
        intro=_("Write it as the client says it. The client reads it and can change it.")
        if for_client
        else _("Write how you see it. Nobody else can change your view; it stands beside theirs."),
        back=back,
    )
