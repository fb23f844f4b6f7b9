"""The statement with its form, open to all; the feedback and its answers, for whoever keeps it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind, system_actor
from pages.accessibility.statement import ASSESSED_ON, GAPS, SUPERVISOR
from pages.forms import Form, TextField, identifies
from pages.responses import paged, redirect_saved
from people.selectors import (
    accessibility_feedback_waiting,
    get_accessibility_feedback,
    list_accessibility_feedback,
)
from people.services import answer_accessibility_feedback, give_accessibility_feedback
from web import throttle
from web.access import get_only, only_for, open_to_all
from web.login import told_to_wait, wait_said
from web.requests import context_of

PAGE_SIZE = 25


class FeedbackForm(Form):
    text = TextField(
        label=_("What does not work, or what do you need in another form?"),
        help_text=_("Write nothing about your own matters here."),
        max_length=3000,
        rows=5,
    )
    where = forms.CharField(
        label=_("On which page?"),
        help_text=_("Its heading is enough."),
        max_length=200,
        required=False,
    )
    address = identifies(
        forms.EmailField(
            label=_("Your e-mail address"),
            help_text=_("If you want an answer. It comes within two weeks."),
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
    )


class FeedbackAnswerForm(Form):
    answer = TextField(label=_("What you answered, or what was done"), max_length=3000, rows=5)


@open_to_all
def statement(request: HttpRequest) -> HttpResponse:
    """How accessible the service is, what is not yet, and a form to say so."""
    form, wait = FeedbackForm(request.POST or None), 0
    if form.is_valid():
        try:
            throttle.begin_feedback(request)
        except throttle.TooManyTries as refused:
            wait = refused.seconds
            form.add_error("text", wait_said(wait, _("Much has been sent from here already.")))
        else:
            with form.refusals():
                give_accessibility_feedback(
                    actor=system_actor("feedback form"),
                    now=context_of(request).now,
                    **form.cleaned_data,
                )
                return redirect_saved(
                    request, _("Thank you. We have your feedback."), "pages:accessibility"
                )
    context = {
        "form": form,
        "assessed_on": ASSESSED_ON,
        "gaps": GAPS,
        "supervisor": SUPERVISOR,
        "email": settings.ACCESSIBILITY_EMAIL,
    }
    return told_to_wait(render(request, "pages/accessibility/statement.html", context), wait)


@only_for(ActorKind.KEEPER)
@get_only
def feedback_list(request: HttpRequest) -> HttpResponse:
    """What was said: open first, soonest due first; what is late is marked."""
    ctx = context_of(request)
    page = paged(request, list_accessibility_feedback(ctx.actor), PAGE_SIZE)
    context = {
        "page": page,
        "rows": [
            (one, one.is_open and one.due_on is not None and one.due_on < ctx.today)
            for one in page.object_list
        ],
        "count": accessibility_feedback_waiting(ctx.actor, on=ctx.today),
    }
    return render(request, "pages/accessibility/feedback_list.html", context)


@only_for(ActorKind.KEEPER)
def feedback_answer(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """One feedback whole, and what was answered: to note, or as it was noted."""
    ctx = context_of(request)
    feedback = get_accessibility_feedback(ctx.actor, feedback_id)
    form = FeedbackAnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            answer_accessibility_feedback(
                actor=ctx.actor, feedback_id=feedback_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), "pages:accessibility_feedback")
    context = {
        "feedback": feedback,
        "form": form,
        "is_late": feedback.is_open and feedback.due_on is not None and feedback.due_on < ctx.today,
        "back": reverse("pages:accessibility_feedback"),
    }
    return render(request, "pages/accessibility/feedback.html", context)
