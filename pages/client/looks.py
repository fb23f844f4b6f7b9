"""Who has looked at the client's information, and asking about it."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from pages.answers import done, form_page
from pages.client.own_case import find_own_case, get_own_case
from pages.forms.parts import saved
from pages.forms.rights import QuestionForm
from rights.selectors import list_looks
from rights.services import ask_about_look
from web.access import only_for
from web.requests import actor_of, now_of


@only_for(ActorKind.CLIENT)
def access_log(request: HttpRequest) -> HttpResponse:
    """Who has opened my case, when and why; by day, newest first."""
    actor, now = actor_of(request), now_of(request)
    case = find_own_case(request)
    if case is None:
        return redirect("pages:my_plan")
    looks = list_looks(actor, case.pk, now=now)
    days = [(day, list(rows)) for day, rows in groupby(looks, key=lambda look: look.day)]
    return render(request, "pages/client/access_log.html", {"days": days})


@only_for(ActorKind.CLIENT)
def look_ask(request: HttpRequest, look: int) -> HttpResponse:
    """Ask why somebody looked; a responsible person must answer in time."""
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    the_look = next(
        (one for one in list_looks(actor, case.pk, now=now) if one.number == look), None
    )
    if the_look is None:
        raise NotVisible
    form = QuestionForm(request.POST or None)
    if saved(
        form,
        lambda words: ask_about_look(actor=actor, case=case, look=look, words=words, now=now),
    ):
        return done(request, _("Your question is sent. The answer comes here."), "pages:access_log")
    return form_page(
        request,
        form,
        heading=_("Ask about this"),
        intro=f"{the_look.who} {the_look.what}.",
        button=_("Send my question"),
        back=reverse("pages:access_log"),
        base="base_client.html",
    )
