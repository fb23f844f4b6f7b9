"""What the installation lacks before its first client; and a letter, to try whether they arrive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import Refused
from operations.checklist import Checklist, LogInProvider
from operations.installation import installation_checks
from pages.forms import Form
from pages.installation.words import in_words
from pages.responses import redirect_refused, redirect_saved
from people.entering import Whom
from people.models import User
from people.selectors import accessibility_feedback_waiting, open_letter_trial
from people.services import send_trial_letter, type_trial_code
from web.access import get_only, only_for, post_only
from web.requests import Context, context_of

answers_for_it = only_for(ActorKind.KEEPER, ActorKind.DIRECTOR, ActorKind.OFFICER)


class LetterCodeForm(Form):
    code = forms.CharField(
        label=_("The code in the letter"),
        help_text=_("Eight digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def checklist_for(ctx: Context) -> Checklist:
    """What is checked, as this reader answers for it, with the operator's identity providers."""
    language = get_language() or settings.LANGUAGE_CODE
    providers = [
        LogInProvider(one.key, one.name_in(language), one.issuer, one.whom is Whom.CLIENTS)
        for one in settings.IDENTITY_PROVIDERS
    ]
    return installation_checks(ctx.actor, providers=providers, now=ctx.now)


@answers_for_it
@get_only
def installation(request: HttpRequest) -> HttpResponse:
    """Each thing that a network needs before its first client, and how far it is."""
    ctx = context_of(request)
    checks = checklist_for(ctx)
    said: list[tuple[Any, Any]] = [
        (one.network, [in_words(check, ctx.actor.kind, one.network) for check in one.checks])
        for one in checks.networks
    ]
    context = {
        "networks": said,
        "installation": [in_words(check, ctx.actor.kind, None) for check in checks.installation],
        "left": checks.left,
        "ready": checks.ready,
        "feedback": accessibility_feedback_waiting(ctx.actor, on=ctx.today)
        if ctx.actor.is_keeper
        else None,
    }
    return render(request, "pages/installation/installation.html", context)


@answers_for_it
def letter_trial(request: HttpRequest) -> HttpResponse:
    """Type the code of the letter that came; before that, have one sent."""
    ctx = context_of(request)
    form = LetterCodeForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            if type_trial_code(actor=ctx.actor, code=form.cleaned_data["code"], now=ctx.now):
                return redirect_saved(request, _("The letter has arrived."), "pages:installation")
            form.add_error("code", _("This is not the code of the last letter."))
    context = {
        "form": form,
        "waiting": open_letter_trial(ctx.actor.writer_id, now=ctx.now),
        "address": User.objects.get(pk=ctx.actor.writer_id).email,
    }
    return render(request, "pages/installation/letter_trial.html", context)


@answers_for_it
@post_only
def letter_trial_send(request: HttpRequest) -> HttpResponse:
    """Have a letter sent to one's own address."""
    ctx = context_of(request)
    try:
        send_trial_letter(actor=ctx.actor, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:letter_trial")
    return redirect_saved(request, _("A letter is on its way."), "pages:letter_trial")
