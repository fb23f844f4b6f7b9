"""Writing with the client present or from their paper: beginning, what there is to do, ending."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.contacts.services import record_paper
from caseplan.options.selectors import list_offers
from caseplan.plan import services
from caseplan.plan.access import can_write_own_goal
from caseplan.plan.selectors import open_case
from cases.access import can_write_in_case, get_case, visible_to
from pages.assisted_mode.forms import PaperCameForm
from pages.case.heading import case_page
from pages.case.writing import case_form_page, case_url, worker, writable_case
from pages.plan.forms import OwnGoalForm
from pages.responses import redirect_saved
from web import assisted_mode
from web.access import get_only, post_only
from web.requests import context_of


@worker
@post_only
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client sits down beside: what is written in this case says so."""
    case = writable_case(request, case_id)
    assisted_mode.begin(request, case.pk, now=context_of(request).now)
    return redirect_saved(
        request,
        _("What you write in this case now says that the client was present."),
        "pages:case",
        case.pk,
    )


@worker
@get_only
def for_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What a client does here, each act for a worker to type for them; and what to print."""
    ctx = context_of(request)
    page = open_case(ctx.actor, case_id, purpose=Purpose.KEEP_CASE, now=ctx.now)
    _case, offers = list_offers(ctx.actor, case_id, now=ctx.now)
    context = {
        "case": page.case,
        "types": ctx.actor.types_for_client_of(page.case.pk),
        "is_beside": ctx.actor.is_with_client_of(page.case.pk),
        "may_write": can_write_in_case(ctx.actor, page.case, now=ctx.now).allowed,
        "actions": [action for action in page.actions if action.is_open],
        "services": [
            service for service in page.planned_services if not service.has_ended(ctx.today)
        ],
        "offers": [found.offer for found in offers if found.offer.is_open],
        "proposal": page.proposal.version if page.proposal else None,
        "may_ask_review": page.in_force is not None
        and not (page.review_request and page.review_request.is_open),
    }
    return case_page(request, "pages/assisted_mode/for_client.html", context, about=page.case)


@worker
def paper_came(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A paper came from the client: a contact, and from now on its words are typed for them."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = PaperCameForm(request.POST or None, initial={"came_on": ctx.today})
    back = reverse("pages:for_client", args=[case.pk])
    if form.is_valid():
        kept_at = form.cleaned_data["kept_at"].strip()
        with form.refusals():
            record_paper(
                actor=ctx.actor, case=case, came_on=form.cleaned_data["came_on"],
                kept_at=kept_at, now=ctx.now,
            )  # fmt: skip
            assisted_mode.begin(request, case.pk, now=ctx.now, paper=kept_at)
            return redirect_saved(request, _("Now write what the paper says, by its kind."), back)
    return case_form_page(
        request,
        form,
        case,
        _("A paper came from the client"),
        intro=_("Look at the paper while you write. The client sees what you write down."),
        button=_("Go on"),
        back=back,
    )


@worker
@post_only
def end(request: HttpRequest) -> HttpResponse:
    """The client has left, or the paper is written down."""
    ctx = context_of(request)
    case_id = ctx.actor.with_client_of
    assisted_mode.end(request)
    case = visible_to(ctx.actor, now=ctx.now).filter(pk=case_id).first() if case_id else None
    return redirect("pages:case", case.pk) if case else redirect("pages:my_day")


@worker
def own_goal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A goal of the client's own, in the client's words, typed by a worker."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_write_own_goal(ctx.actor, case, now=ctx.now).require()
    form = OwnGoalForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.add_own_goal(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request,
        form,
        case,
        _("The client's own goal"),
        intro=_("Write it as the client says it. The client reads it and can change it."),
    )
