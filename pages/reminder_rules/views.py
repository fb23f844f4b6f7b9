"""The rules of reminders in a network: the director decides over the national core."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from followup import services
from followup.selectors import duties_on, rules_of
from pages.reminder_rules.forms import RuleForm
from pages.responses import form_page, redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

director = only_for(ActorKind.DIRECTOR)


@director
@get_only
def reminder_rules(request: HttpRequest) -> HttpResponse:
    """Every rule as it holds in the network, and what the law asks of the network itself."""
    ctx = context_of(request)
    context = {"rows": rules_of(ctx.actor), "duties": duties_on(ctx.today)}
    return render(request, "pages/reminder_rules/reminder_rules.html", context)


@director
def reminder_rule(request: HttpRequest, kind: str) -> HttpResponse:
    """Decide one rule's figures."""
    ctx = context_of(request)
    row = next((row for row in rules_of(ctx.actor) if row.kind == kind), None)
    if row is None:
        raise NotVisible
    names = ("is_on", "notice", "allowed", "leader_after", "director_after")
    form = RuleForm(
        request.POST or None,
        holds=row.holds,
        initial={name: getattr(row.holds, name) for name in names},
    )
    if form.is_valid():
        with form.refusals():
            services.decide_rule(actor=ctx.actor, kind=row.kind, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("Saved. It holds from the next night."), "pages:reminder_rules"
            )
    return form_page(
        request,
        form,
        heading=row.kind.label,
        button=_("Decide"),
        back=reverse("pages:reminder_rules"),
    )
