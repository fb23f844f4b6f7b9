"""The client's own assessments beside the experts'."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.assessments import services
from caseplan.assessments.access import can_assess_oneself
from caseplan.assessments.instruments import OWN_RATING, instrument
from caseplan.assessments.selectors import open_assessments
from common.actor import ActorKind
from common.bodies import Party
from pages.assessments.views import known_instrument, scores_form, shown
from pages.case.own_case import get_own_case
from pages.responses import form_page, redirect_saved
from web.access import only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
def my_assessments(request: HttpRequest) -> HttpResponse:
    """My own scores beside the experts', over time, with the form for rating myself now."""
    ctx = context_of(request)
    case = get_own_case(request)
    page = open_assessments(ctx.actor, case.pk, now=ctx.now)
    form = scores_form(request, instrument(OWN_RATING))
    if request.method == "POST":
        can_assess_oneself(ctx.actor, case, now=ctx.now).require()
    if form.is_valid():
        with form.refusals():
            services.assess_oneself(
                actor=ctx.actor, case=case, instrument=OWN_RATING,
                version=instrument(OWN_RATING).newest.code, now=ctx.now, **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Your rating is saved."), "pages:my_assessments")
    drawn = shown(page, on=ctx.today)
    context = {
        **drawn,
        "form": form,
        "may_rate": can_assess_oneself(ctx.actor, case, now=ctx.now).allowed,
        "others": [i for i in drawn["instruments"] if i.code != OWN_RATING],
        "own": [a for a in page.assessments if a.recorded_for == Party.CLIENT],
    }
    return render(request, "pages/assessments/my_assessments.html", context)


@client
def my_assessment_new(request: HttpRequest, code: str) -> HttpResponse:
    ctx = context_of(request)
    case = get_own_case(request)
    can_assess_oneself(ctx.actor, case, now=ctx.now).require()
    used = known_instrument(code)
    form = scores_form(request, used)
    if form.is_valid():
        with form.refusals():
            services.assess_oneself(
                actor=ctx.actor, case=case, instrument=used.code, version=used.newest.code,
                now=ctx.now, **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Your scores are saved."), "pages:my_assessments")
    return form_page(
        request,
        form,
        heading=used.name,
        intro=_(
            "Copy the scores from your own result, one at least. Leave out what you did not get."
        ),
        button=_("Save my scores"),
        back=reverse("pages:my_assessments"),
        base="base_client.html",
    )
