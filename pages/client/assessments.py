"""The client's own assessments beside the experts', and what the client says no to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.assessments import services as assessment_services
from caseplan.assessments.access import can_assess_oneself
from caseplan.assessments.instruments import OWN_RATING, Instrument, instrument
from caseplan.assessments.selectors import open_assessments
from caseplan.plan import services
from caseplan.plan.access import can_object, can_withdraw_objection
from caseplan.plan.models import Action, Measure
from caseplan.plan.selectors import open_own_no, open_row
from cases.models import Case
from common.actor import ActorKind
from common.bodies import Party
from pages.answers import done, form_page
from pages.caseworker.assessments import known_instrument, shown
from pages.client.own_case import get_own_case
from pages.forms.assessment import ObjectionForm, ScoresForm
from pages.forms.parts import saved
from web.access import only_for
from web.requests import actor_of, now_of, today_of

client = only_for(ActorKind.CLIENT)


@client
def my_assessments(request: HttpRequest) -> HttpResponse:
    """My own scores beside the experts', over time, with the form for rating myself now."""
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    page = open_assessments(actor, case.pk, now=now)
    form = _scores_form(request, instrument(OWN_RATING))
    if request.method == "POST":
        can_assess_oneself(actor, case, now=now).require()
    if saved(form, _write(request, case, instrument(OWN_RATING))):
        return done(request, _("Your rating is saved."), "pages:my_assessments")
    context = {
        **shown(page),
        "form": form,
        "may_rate": can_assess_oneself(actor, case, now=now).allowed,
        "others": [i for i in shown(page)["instruments"] if i.code != OWN_RATING],
        "own": [a for a in page.assessments if a.recorded_for == Party.CLIENT],
    }
    return render(request, "pages/client/assessments.html", context)


@client
def my_assessment_new(request: HttpRequest, code: str) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    can_assess_oneself(actor, case, now=now).require()
    used = known_instrument(code)
    form = _scores_form(request, used)
    if saved(form, _write(request, case, used)):
        return done(request, _("Your scores are saved."), "pages:my_assessments")
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


@client
def action_no(request: HttpRequest, action_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    action = open_row(actor, Action, action_id, now=now)
    can_object(actor, action, now=now).require()
    return _no(
        request,
        action,
        lambda words: services.object_to_action(
            actor=actor, action_id=action.pk, words=words, now=now
        ),
    )


@client
def measure_no(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    measure = open_row(actor, Measure, measure_id, now=now)
    can_object(actor, measure, now=now).require()
    return _no(
        request,
        measure,
        lambda words: services.object_to_measure(
            actor=actor, measure_id=measure.pk, words=words, now=now
        ),
    )


@client
def my_no(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """What I have said no to, what my team has agreed since, and taking it back."""
    actor, now = actor_of(request), now_of(request)
    found = open_own_no(actor, objection_id, now=now)
    may_withdraw = can_withdraw_objection(actor, found.objection)
    if request.method == "POST":
        may_withdraw.require()
        services.withdraw_objection(actor=actor, objection_id=objection_id, now=now)
        return done(request, _("Taken back. Your team sees it."), "pages:my_plan")
    context = {"found": found, "may_withdraw": may_withdraw.allowed}
    return render(request, "pages/client/own_no.html", context)


def _no(
    request: HttpRequest, thing: Action | Measure, write: Callable[[str], object]
) -> HttpResponse:
    form = ObjectionForm(request.POST or None)
    if saved(form, write):
        return done(request, _("Saved. Your team sees that you do not want this."), "pages:my_plan")
    return form_page(
        request,
        form,
        heading=_("I do not want this"),
        intro=thing.title,
        button=_("Say no to this"),
        back=reverse("pages:my_plan"),
        base="base_client.html",
    )


def _scores_form(request: HttpRequest, used: Instrument) -> ScoresForm:
    return ScoresForm(
        request.POST or None, version=used.newest, initial={"taken_on": today_of(request)}
    )


def _write(request: HttpRequest, case: Case, used: Instrument) -> Callable[..., object]:
    def write(taken_on: date, scores: dict[str, int | None]) -> None:
        assessment_services.assess_oneself(
            actor=actor_of(request), case=case, instrument=used.code,
            version=used.newest.code, taken_on=taken_on, scores=scores, now=now_of(request),
        )  # fmt: skip

    return write
