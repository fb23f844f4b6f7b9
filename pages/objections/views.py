"""What the client says no to."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_object, can_withdraw_objection
from caseplan.plan.models import Action, PlannedService
from caseplan.plan.selectors import must_of, open_own_no, open_row
from common.actor import ActorKind
from pages.forms import Form
from pages.objections.forms import ObjectionForm
from pages.responses import form_page, redirect_saved
from web.access import only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)

_SAID_NO = _("Saved. Your team sees that you do not want this.")


@client
def action_no(request: HttpRequest, action_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_object(ctx.actor, action, now=ctx.now).require()
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.object_to_action(
                actor=ctx.actor, action_id=action.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _SAID_NO, "pages:my_step", action.pk)
    return _no_page(request, form, action, back=reverse("pages:my_step", args=[action.pk]))


@client
def service_no(request: HttpRequest, service_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    planned_service = open_row(ctx.actor, PlannedService, service_id, now=ctx.now)
    can_object(ctx.actor, planned_service, now=ctx.now).require()
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.object_to_service(
                actor=ctx.actor, service_id=planned_service.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _SAID_NO, "pages:my_service", planned_service.pk)
    back = reverse("pages:my_service", args=[planned_service.pk])
    return _no_page(request, form, planned_service, back=back)


@client
def my_no(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """What I have said no to, what my team has agreed since, and taking it back."""
    ctx = context_of(request)
    found = open_own_no(ctx.actor, objection_id, now=ctx.now)
    may_withdraw = can_withdraw_objection(ctx.actor, found.objection)
    if request.method == "POST":
        may_withdraw.require()
        services.withdraw_objection(actor=ctx.actor, objection_id=objection_id, now=ctx.now)
        return redirect_saved(request, _("Taken back. Your team sees it."), "pages:my_plan")
    context = {"found": found, "may_withdraw": may_withdraw.allowed}
    return render(request, "pages/objections/objection.html", context)


def _no_page(
    request: HttpRequest, form: Form, thing: Action | PlannedService, *, back: str
) -> HttpResponse:
    """The form, below whether it is a duty or a choice and what follows from saying no."""
    ctx = context_of(request)
    return form_page(
        request,
        form,
        heading=_("I do not want this"),
        intro=thing.title,
        button=_("Say no to this"),
        back=back,
        base="base_client.html",
        above="pages/objections/follows.html",
        above_of={"must": must_of(ctx.actor, thing, now=ctx.now)},
    )
