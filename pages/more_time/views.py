"""More time for a step of the client's: asking for it, taking that back, and answering."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_answer_more_time, can_ask_for_more_time
from caseplan.plan.models import Action
from caseplan.plan.selectors import must_of, open_more_time, open_row
from pages.case.heading import about_case
from pages.case.writing import base_of, case_url, party_to_a_plan, worker
from pages.more_time.forms import YES, MoreTimeAnswerForm, MoreTimeForm
from pages.responses import form_page, redirect_saved
from web.access import post_only
from web.requests import Context, context_of


@party_to_a_plan
def more_time_ask(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Ask for a later day: it waits for whoever may move it, and the day stays meanwhile."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_ask_for_more_time(ctx.actor, action, now=ctx.now).require()
    form = MoreTimeForm(request.POST or None)
    back = _step_url(request, action)
    if form.is_valid():
        with form.refusals():
            services.ask_for_more_time(
                actor=ctx.actor, action_id=action.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Sent. Your team answers you."), back)
    must = must_of(ctx.actor, action, now=ctx.now)
    return form_page(
        request,
        form,
        heading=_("I cannot do this in time"),
        intro=action.text,
        button=_("Ask for more time"),
        back=back,
        base=base_of(request),
        about=about_case(request, action.case),
        above="pages/more_time/meanwhile.html",
        above_of={"action": action, "must": must, "asking": True},
    )


@party_to_a_plan
@post_only
def more_time_take_back(request: HttpRequest, more_time_id: UUID) -> HttpResponse:
    """No more time is needed after all."""
    ctx = context_of(request)
    asked = services.take_back_more_time(actor=ctx.actor, more_time_id=more_time_id, now=ctx.now)
    return redirect_saved(request, _("Taken back."), _step_url(request, asked.action))


@worker
def more_time_answer(request: HttpRequest, more_time_id: UUID) -> HttpResponse:
    """Agree on a new day, which moves the step's day; or say why the day stays."""
    ctx = context_of(request)
    asked = open_more_time(ctx.actor, more_time_id, now=ctx.now)
    can_answer_more_time(ctx.actor, asked, now=ctx.now).require()
    form = MoreTimeAnswerForm(request.POST or None, initial={"new_day": asked.suits(ctx.today)})
    if form.is_valid():
        with form.refusals():
            _answer(ctx, asked.pk, **form.cleaned_data)
            return redirect_saved(
                request, _("Sent. The client is told."), "pages:case", asked.case_id
            )
    return form_page(
        request,
        form,
        heading=_("The client asks for more time"),
        intro=asked.action.text,
        button=_("Send"),
        back=case_url(request, asked.case),
        base=base_of(request),
        about=about_case(request, asked.case),
        above="pages/more_time/asked.html",
        above_of={"asked": asked},
    )


def _answer(
    ctx: Context, more_time_id: UUID, *, decision: str, new_day: date | None, answer: str
) -> None:
    if decision == YES:
        services.give_more_time(
            actor=ctx.actor, more_time_id=more_time_id, new_day=new_day, answer=answer, now=ctx.now
        )
    else:
        services.refuse_more_time(
            actor=ctx.actor, more_time_id=more_time_id, answer=answer, now=ctx.now
        )


def _step_url(request: HttpRequest, action: Action) -> str:
    if context_of(request).actor.is_client:
        return reverse("pages:my_step", args=[action.pk])
    return case_url(request, action.case)
