"""The languages beside those of the installation: who has signed their texts, and signing them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from pages.forms import DayField, Form, identifies
from pages.responses import form_page, redirect_saved
from people.selectors import list_added_languages
from people.services import sign_language
from web.access import get_only, only_for
from web.requests import context_of


class SignatureForm(Form):
    reader = identifies(
        forms.CharField(
            label=_("Who has read the texts"),
            help_text=_("By name: somebody who reads the language as their own."),
            max_length=200,
        )
    )
    signed_on = DayField(label=_("The day they signed"))
    digest = forms.CharField(widget=forms.HiddenInput)


@only_for(ActorKind.KEEPER)
@get_only
def added_languages(request: HttpRequest) -> HttpResponse:
    """Each language, whether clients are offered it, and how many of its texts wait."""
    found = list_added_languages(context_of(request).actor)
    return render(request, "pages/installation/languages.html", {"languages": found})


@only_for(ActorKind.KEEPER)
def language_sign(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that a native reader has read every text of the language and stands by them."""
    ctx = context_of(request)
    found = next((one for one in list_added_languages(ctx.actor) if one.code == code), None)
    if found is None or found.catalogue is None:
        raise NotVisible
    form = SignatureForm(request.POST or None, initial={"digest": found.catalogue.digest})
    if form.is_valid():
        with form.refusals():
            sign_language(actor=ctx.actor, language=code, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("Saved. Clients are offered the language."), "pages:languages"
            )
    return form_page(
        request,
        form,
        heading=_("The texts of a language are signed"),
        intro=_("%(language)s: %(count)s texts, %(changed)s changed since they were signed.")
        % {
            "language": found.name,
            "count": len(found.catalogue.texts),
            "changed": found.changed,
        },
        button=_("They are signed"),
        back=reverse("pages:languages"),
    )
