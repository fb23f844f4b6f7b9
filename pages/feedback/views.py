"""How it has gone: told by a client at a milestone, read by the team in groups."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from evaluation.feedback import feedback_shown
from followup import services
from followup.models.feedback import QUESTIONS
from pages.feedback.forms import MilestoneForm
from pages.responses import redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
def my_feedback(request: HttpRequest) -> HttpResponse:
    """Four questions, none of which must be answered; nobody learns who answered what."""
    ctx = context_of(request)
    if services.open_invite(ctx.actor, now=ctx.now) is None:
        raise NotVisible
    form = MilestoneForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.give_feedback(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Thank you."), "pages:my_page")
    return render(request, "pages/feedback/my_feedback.html", {"form": form})


@client
@post_only
def my_feedback_no(request: HttpRequest) -> HttpResponse:
    """No thanks: it is not asked again before the next milestone."""
    ctx = context_of(request)
    services.decline_feedback(actor=ctx.actor, now=ctx.now)
    return redirect_saved(request, _("All right. You are not asked again now."), "pages:my_page")


@only_for(ActorKind.WORKER, ActorKind.DIRECTOR)
@get_only
def feedback(request: HttpRequest) -> HttpResponse:
    """How clients say it has gone, in groups of five and more."""
    ctx = context_of(request)
    shown = feedback_shown(ctx.actor, now=ctx.now)
    groups = [
        (group, list(zip(QUESTIONS.values(), group.means, strict=True))) for group in shown.groups
    ]
    context = {"groups": groups, "next_on": shown.next_on}
    return render(request, "pages/feedback/feedback.html", context)
