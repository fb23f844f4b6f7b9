"""The client says how it goes, and, by a link, how things are afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from common.actor import ActorKind
from followup import services
from followup.access import can_check_in
from pages.answers import done, form_page
from pages.client.own_case import get_own_case
from pages.forms.followup import CheckInForm, ClientPointForm
from pages.forms.parts import saved
from web.access import only_for, open_to_all
from web.requests import actor_of, now_of, today_of


@only_for(ActorKind.CLIENT)
def check_in(request: HttpRequest) -> HttpResponse:
    """How is it going? One choice, and words for whoever wants."""
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    can_check_in(actor, case).require()
    form = CheckInForm(request.POST or None)
    if saved(form, lambda **data: services.check_in(actor=actor, case=case, now=now, **data)):
        return done(request, _("Thank you. Your team sees it."), "pages:my_plan")
    return form_page(
        request,
        form,
        heading=_("How is it going?"),
        intro=_("If you are stuck or need help, your case manager is told to be in touch."),
        button=_("Tell"),
        back=reverse("pages:my_plan"),
        base="base_client.html",
    )


@open_to_all
@never_cache
def how_are_things(request: HttpRequest, token: str) -> HttpResponse:
    """The two questions of a point, by the link of a letter; nothing of anybody is shown."""
    services.invitation_for(token, on=today_of(request))
    form = ClientPointForm(request.POST or None)
    if request.method == "POST" and saved(
        form,
        lambda **data: services.answer_by_link(token=token, now=now_of(request), **data),
    ):
        return render(request, "pages/how_are_things.html", {"answered": True})
    return render(request, "pages/how_are_things.html", {"form": form})
