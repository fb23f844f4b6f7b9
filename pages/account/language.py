"""The choice of language in the head of every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language

from people.models import Language
from people.services import choose_language
from web.access import open_to_all
from web.requests import context_of


@open_to_all
def language(request: HttpRequest) -> HttpResponseBase:
    """Kept with whoever is logged in, wherever they log in next; else with this browser."""
    ctx = context_of(request)
    response = set_language(request)
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in Language.values:
        choose_language(actor=ctx.actor, language=chosen, now=ctx.now)
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
