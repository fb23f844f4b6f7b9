"""How somebody who works or is served here is told of what waits for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from followup import services
from followup.selectors import contact_choice_of
from pages.notifications.forms import ContactForm
from pages.responses import form_page, redirect_saved
from web.access import only_for
from web.requests import context_of

FIELDS = ("email", "sms", "suomifi", "quiet_from", "quiet_until")


@only_for(
    ActorKind.WORKER, ActorKind.CLIENT, ActorKind.DIRECTOR, ActorKind.OFFICER, ActorKind.GRANTER
)
def contact(request: HttpRequest) -> HttpResponse:
    """Choose the channels and the quiet hours."""
    ctx = context_of(request)
    choice = contact_choice_of(ctx.actor)
    form = ContactForm(
        request.POST or None,
        is_client=ctx.actor.is_client,
        initial={name: getattr(choice, name) for name in FIELDS},
    )
    if form.is_valid():
        with form.refusals():
            services.choose_contact(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:contact")
    return form_page(
        request,
        form,
        heading=_("Notifications"),
        intro=_(
            "A notification says only that something is waiting for you here, never what it is. "
            "Everything is on your own page, whatever you choose."
        ),
        button=_("Save"),
        back=reverse("pages:home"),
        base="base_client.html" if ctx.actor.is_client else "base_worker.html",
    )
