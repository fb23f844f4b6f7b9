"""Taking up an invitation, and the cases of which something is shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from audit.models import Purpose
from caseplan.plan.selectors import open_case
from common.actor import ActorKind
from common.decision import NotAllowed
from consent.selectors import party_by_secret
from consent.services import take_up
from pages.answers import done
from pages.forms.outside import TakeUpForm, WithLogInForm
from pages.forms.parts import saved
from rights.selectors import shared_with
from web.access import only_for, open_to_all
from web.requests import actor_of, now_of

outside = only_for(ActorKind.OUTSIDE)


@open_to_all
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation: with a new log-in, or with the one an outside party has.

    Says nothing of whose case it is: whoever finds the address learns nothing from it.
    """
    party_by_secret(secret, now=now_of(request))
    actor = actor_of(request) if request.user.is_authenticated else None
    if actor is not None and actor.kind is not ActorKind.OUTSIDE:
        raise NotAllowed(_("Log out first. An invitation is for somebody outside the service."))
    form = WithLogInForm(request.POST or None) if actor else TakeUpForm(request.POST or None)

    def write(**data: Any) -> None:
        language = (get_language() or "fi")[:2]
        take_up(secret=secret, actor=actor, language=language, now=now_of(request), **data)

    if request.method == "POST" and saved(form, write):
        return done(request, _("The invitation is taken up."), "pages:shared")
    return render(request, "pages/outside/invitation.html", {"form": form, "known": bool(actor)})


@outside
def shared(request: HttpRequest) -> HttpResponse:
    """What clients have opened to me, and until when."""
    rows = shared_with(actor_of(request), now=now_of(request))
    return render(request, "pages/outside/shared.html", {"rows": rows})


@outside
def shared_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What of one case has been opened to me; nothing on it can be changed."""
    page = open_case(actor_of(request), case_id, purpose=Purpose.SHARED, now=now_of(request))
    context = {"page": page, "appears": frozenset()}
    return render(request, "pages/outside/case.html", context)
