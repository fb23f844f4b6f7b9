"""Writing with the client present, and the client's own words typed for them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_write_own_goal
from cases.access import get_case, visible_to
from pages.case.writing import case_form_page, case_url, worker, writable_case
from pages.plan.forms import OwnGoalForm
from pages.responses import redirect_saved
from web import assisted_mode
from web.access import post_only
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
@post_only
def end(request: HttpRequest) -> HttpResponse:
    """The client has left."""
    ctx = context_of(request)
    case_id = ctx.actor.with_client_of
    assisted_mode.end(request)
    case = visible_to(ctx.actor, now=ctx.now).filter(pk=case_id).first() if case_id else None
    return redirect("pages:case", case.pk) if case else redirect("pages:my_day")


@worker
def own_goal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A goal of the client's own, in the client's words, typed by a worker beside them."""
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
