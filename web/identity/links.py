"""Which providers are offered: to whoever logs in, and to whoever must prove anew who they are."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from common.levels import LogInLevel
from people.entering import Whom
from people.models import ExternalLogIn, User
from web.identity.providers import Provider


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """The way to a provider, by the name people know it by."""

    label: str
    url: str


def log_in_links(whom: Whom, next_url: str) -> list[ProviderLink]:
    """The providers for staff, or for clients; ``next_url``: where they go on, or ""."""
    asked = {"next": next_url} if next_url else {}
    return [_link(one, asked) for one in settings.IDENTITY_PROVIDERS if one.whom == whom]


def links_to_prove(request: HttpRequest, level: LogInLevel, next_url: str) -> list[ProviderLink]:
    """The providers at which whoever is logged in may prove anew who they are, as surely as asked.

    Those that know them, and that can prove so much. From there they come to ``next_url``.
    """
    if not isinstance(request.user, User):
        return []
    theirs = ExternalLogIn.objects.filter(user=request.user).values_list("issuer", flat=True)
    known = set(theirs)
    asked = {"next": next_url, "level": level.value}
    return [
        _link(one, asked)
        for one in settings.IDENTITY_PROVIDERS
        if one.issuer in known and one.asks_for(level.value)
    ]


def providers_of(user: User) -> list[str]:
    """The providers that say who this user is, by the names people know them by.

    One that the operator has taken out of the table is called by its address.
    """
    language = get_language() or settings.LANGUAGE_CODE
    names = {one.issuer: one.name_in(language) for one in settings.IDENTITY_PROVIDERS}
    theirs = ExternalLogIn.objects.filter(user=user).order_by("first_seen", "pk")
    return [names.get(issuer, issuer) for issuer in theirs.values_list("issuer", flat=True)]


def _link(provider: Provider, asked: dict[str, str]) -> ProviderLink:
    url = reverse("login:start", args=[provider.key])
    name = provider.name_in(get_language() or settings.LANGUAGE_CODE)
    return ProviderLink(name, f"{url}?{urlencode(asked)}" if asked else url)
