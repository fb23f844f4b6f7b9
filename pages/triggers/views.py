"""One trigger or early signal: its explanation, and what is decided on it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.access import can_enter
from benefits.models import ManualEntryKind
from benefits.selectors import Explanation, evaluated_on, explain_rule, flag_of, list_deaths
from benefits.services import (
    add_manual_entry,
    assess_flag,
    decline_flag,
    decline_person,
    record_death_before_case,
    snooze_people,
    undo_death_before_case,
    withdraw_manual_entry,
)
from caseplan.intake.services import begin_from_trigger
from caseplan.plan.selectors import case_elsewhere
from common.actor import ActorKind
from common.decision import NotVisible, Refused
from pages.case.heading import About
from pages.intake.begun import redirect_begun, told_earlier, told_elsewhere
from pages.intake.choosing import need_form
from pages.intake.forms import NeedForm
from pages.life_changes.forms import DeathForm
from pages.life_changes.steps import is_sure, two_steps_page
from pages.responses import form_page, redirect_refused, redirect_saved
from pages.triggers.forms import (
    AssessForm,
    ByHandForm,
    DayForm,
    DeclineTriggerForm,
    SnoozeTriggerForm,
)
from pages.triggers.said import redirect_handled
from pages.triggers.timeline import timeline
from people.models import Network
from web.access import get_only, only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@get_only
def trigger(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Why somebody is on the list: the sentence, the timeline and its table, the law."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    try:
        flag = flag_of(ctx.actor, person_id, rule=rule, now=ctx.now)
    except NotVisible:
        flag = None
    is_present = found.met and found.asked_on == evaluated_on()
    kinds = [kind for kind in ManualEntryKind if can_enter(ctx.actor, kind, now=ctx.now)]
    context = {
        "found": found,
        "flag": flag if is_present else None,
        "is_present": is_present,
        "elsewhere": case_elsewhere(ctx.actor, person_id, now=ctx.now),
        "drawing": timeline(found) if found.rows else None,
        "may_enter": bool(kinds) and not found.is_signal,
        "day_form": DayForm(initial={"on": found.asked_on}),
    }
    return render(request, "pages/triggers/trigger.html", context)


@worker
def trigger_open(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Begin the joint assessment, a trigger beside it: the need, case manager, three bodies."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    if not found.met:
        raise NotVisible
    form = need_form(request, NeedForm)
    if form.is_valid():
        with form.refusals():
            case = begin_from_trigger(
                actor=ctx.actor,
                person_id=person_id,
                rule=rule,
                asked_on=found.asked_on,
                now=ctx.now,
                **form.cleaned_data,
            )
            return redirect_begun(request, case)
    return form_page(
        request,
        form,
        heading=_("Begin the joint assessment"),
        intro=told_earlier(
            request,
            person_id,
            _told(found.sentence, case_elsewhere(ctx.actor, person_id, now=ctx.now)),
        ),
        button=_("Begin the assessment"),
        back=_trigger_url(found),
        about=_about(found),
    )


def _told(sentence: str, elsewhere: Network | None) -> str:
    """Why somebody is on the list, and that a joint plan is being kept elsewhere."""
    return sentence if elsewhere is None else f"{sentence} {told_elsewhere(elsewhere)}"


@worker
def trigger_assess(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Say that one looks at the need; also takes a decline or a snooze back."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    form = AssessForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            assess_flag(
                actor=ctx.actor,
                person_id=person_id,
                rule=rule,
                reason=form.cleaned_data["reason"],
                now=ctx.now,
            )
            return redirect_saved(request, _("Marked as being assessed."), _trigger_url(found))
    return form_page(
        request,
        form,
        heading=_("I assess this"),
        intro=_("Those of your network who may know of this see that it is looked at."),
        button=_("Mark as being assessed"),
        back=_trigger_url(found),
        about=_about(found),
    )


@worker
def trigger_decline(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Dismiss a signal alone; or decline a person, with one reason kept for each trigger."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    form = DeclineTriggerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            reason = form.cleaned_data["reason"]
            who = ctx.actor
            if found.is_signal:
                decline_flag(actor=who, person_id=person_id, rule=rule, reason=reason, now=ctx.now)
            else:
                decline_person(actor=who, person_id=person_id, reason=reason, now=ctx.now)
            return redirect_saved(request, _("Declined. The reason is kept."), "pages:triggers")
    return form_page(
        request,
        form,
        heading=_("Dismiss the signal")
        if found.is_signal
        else _("Decline: no need for joint service now"),
        intro=found.sentence,
        button=_("Dismiss with this reason") if found.is_signal else _("Decline with this reason"),
        back=_trigger_url(found),
        about=_about(found),
    )


@worker
def trigger_snooze(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Leave somebody out of the list until a day."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    form = SnoozeTriggerForm(
        request.POST or None, initial={"until": ctx.today + timedelta(days=30)}
    )
    if form.is_valid():
        with form.refusals():
            handled = snooze_people(
                actor=ctx.actor, person_ids=[person_id], now=ctx.now, **form.cleaned_data
            )
            return redirect_handled(
                request, handled, _("Left out until the day you chose."), "pages:triggers"
            )
    return form_page(
        request,
        form,
        heading=_("Snooze until a day"),
        intro=found.sentence,
        button=_("Snooze with this reason"),
        back=_trigger_url(found),
        about=_about(found),
    )


@worker
def trigger_died(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Somebody without a case has died: the day, what follows, and they leave the list."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)

    form = DeathForm(request.POST or None, today=ctx.today)
    if is_sure(request, form):
        with form.refusals():
            record_death_before_case(
                actor=ctx.actor,
                person_id=person_id,
                died_on=form.cleaned_data["died_on"],
                now=ctx.now,
            )
            return redirect_saved(
                request,
                _("The death is written down. They are on no list any more."),
                reverse("pages:deaths"),
            )
    return two_steps_page(
        request,
        form,
        back=_trigger_url(found),
        about=_about(found),
        heading=_("This person has died"),
        intro=_("For somebody without a joint case. Where there is one, its team writes it down."),
        follows=[
            _("They meet no trigger and no signal any more, in any network."),
            _("Nothing more is sent to them, and their log-in, if they have one, is closed."),
            _("Those of your network who could see them find it in the list of deaths."),
        ],
        button=_("Record the death"),
    )


@worker
@get_only
def deaths(request: HttpRequest) -> HttpResponse:
    """Who of those without a case has died, as long as it can be taken back."""
    ctx = context_of(request)
    found = list_deaths(ctx.actor, now=ctx.now)
    return render(request, "pages/triggers/deaths.html", {"deaths": found})


@worker
@post_only
def death_undo(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Take a death of somebody without a case back."""
    ctx = context_of(request)
    try:
        undo_death_before_case(actor=ctx.actor, event_id=event_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:deaths")
    return redirect_saved(request, _("Taken back. Everything is as it was before."), "pages:deaths")


@worker
def by_hand(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Enter what an extract does not tell."""
    ctx = context_of(request)
    found = _explained(request, person_id, rule)
    kinds = [kind for kind in ManualEntryKind if can_enter(ctx.actor, kind, now=ctx.now)]
    form = ByHandForm(request.POST or None, kinds=kinds)
    if form.is_valid():
        with form.refusals():
            add_manual_entry(
                actor=ctx.actor,
                person_id=person_id,
                kind=ManualEntryKind(form.cleaned_data["kind"]),
                first=form.cleaned_data["first"],
                last=form.cleaned_data["last"],
                reason=form.cleaned_data["reason"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Entered. The counting follows it from now on."), "pages:triggers"
            )
    return form_page(
        request,
        form,
        heading=_("Enter what the register does not tell"),
        intro=_(
            "It stands beside the register, with your name and the reason. It can be withdrawn."
        ),
        button=_("Enter"),
        back=_trigger_url(found),
        about=_about(found),
    )


@worker
@post_only
def by_hand_withdraw(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take back what was entered by hand."""
    ctx = context_of(request)
    withdraw_manual_entry(actor=ctx.actor, person_id=person_id, entry_id=entry_id, now=ctx.now)
    return redirect_saved(
        request, _("Withdrawn. The counting follows the register again."), "pages:triggers"
    )


def _explained(request: HttpRequest, person_id: UUID, rule: str) -> Explanation:
    """The explanation on the day in the address, else on the day the list is of."""
    ctx = context_of(request)
    form = DayForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return explain_rule(ctx.actor, person_id, rule=rule, on=on, now=ctx.now)


def _about(found: Explanation) -> About:
    """Whom the explanation is of; it has logged whom it showed."""
    return About(found.person, _trigger_url(found), whole=True)


def _trigger_url(found: Explanation) -> str:
    url = reverse("pages:trigger", args=[found.person.pk, found.rule])
    return f"{url}?on={found.asked_on:%Y-%m-%d}"
