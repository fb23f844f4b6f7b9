"""A client's first log-in: language, how they are told, what this is, what is voluntary.

One short page at a time; each can be gone past, and all of it is changed later on other pages.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.bodies import Body
from common.decision import NotVisible
from followup.selectors import contact_choice_of
from followup.services import choose_contact
from pages.notifications.forms import ContactForm
from pages.notifications.views import FIELDS
from pages.responses import redirect_saved
from pages.welcome.forms import LanguageForm, MunicipalityForm
from people import services
from people.selectors import contacts_of, municipalities_served
from web.access import get_only, only_for
from web.requests import context_of
from web.sessions import NEWCOMER

client = only_for(ActorKind.CLIENT)


@client
def welcome_language(request: HttpRequest) -> HttpResponse:
    """In which language this is read."""
    ctx = context_of(request)
    form = LanguageForm(request.POST or None, initial={"language": ctx.actor.language})
    if form.is_valid():
        with form.refusals():
            services.choose_language(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            response = redirect("pages:welcome_telling")
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
            return response
    return _page(request, 1, form=form, heading=_("Which language do you read?"))


@client
def welcome_telling(request: HttpRequest) -> HttpResponse:
    """By which ways they are told that something waits."""
    ctx = context_of(request)
    choice = contact_choice_of(ctx.actor)
    form = ContactForm(
        request.POST or None, is_client=True,
        initial={name: getattr(choice, name) for name in FIELDS},
    )  # fmt: skip
    if form.is_valid():
        with form.refusals():
            choose_contact(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect("pages:welcome_what")
    return _page(
        request, 2, form=form, heading=_("How do we tell you?"),
        intro=_(
            "When something waits for you here, we can send a short message. It never says what it "
            "is about. You need not choose any."
        ),
        past="pages:welcome_what",
    )  # fmt: skip


@client
@get_only
def welcome_what(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return _page(request, 3, heading=_("What is this?"), past="pages:welcome_choice")


@client
def welcome_choice(request: HttpRequest) -> HttpResponse:
    """What is voluntary; then their own page."""
    ctx = context_of(request)
    if request.method == "POST":
        services.welcome(user_id=ctx.actor.writer_id, now=ctx.now)
        return redirect("pages:home")
    return _page(request, 4, heading=_("What do you decide yourself?"))


@only_for(ActorKind.STRANGER)
def introduce(request: HttpRequest) -> HttpResponse:
    """Whoever no register knows says where they live, and may ask for help then."""
    ctx = context_of(request)
    newcomer = request.session.get(NEWCOMER, "")
    if not newcomer:
        raise NotVisible
    form = MunicipalityForm(request.POST or None, municipalities=municipalities_served(ctx.today))
    if form.is_valid():
        with form.refusals():
            services.introduce(actor=ctx.actor, newcomer=newcomer, now=ctx.now, **form.cleaned_data)
            del request.session[NEWCOMER]
            return redirect_saved(
                request, _("Saved. Now you can ask for help."), "pages:own_request_new"
            )
    context = {
        "form": form,
        "contacts": [one for body in Body for one in contacts_of(body, now=ctx.now)],
    }
    return render(request, "pages/welcome/introduce.html", context)


def _page(request: HttpRequest, step: int, **shown: Any) -> HttpResponse:
    context = {"form": None, "intro": "", "past": "", **shown, "step": step, "steps": 4}
    return render(request, "pages/welcome/step.html", context)
