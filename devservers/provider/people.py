"""Who logs in at the trial's identity provider, and what it says of them.

They are those of the demo, as ``demo_identities`` wrote them down; each at the host of their kind.
"""

from __future__ import annotations

import hmac
import json
import os
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import authentication_step_completed
from allauth.core import context
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from demo.logins import PASSWORD

ACR = "urn:yhdessa:trial"
"""How people prove who they are here: one password for all, which a trial takes for more."""
_HOSTS = {"127.0.0.1": "staff", "localhost": "clients"}


def whom(request: HttpRequest) -> str:
    """For whom the host of this request is: ``staff`` or ``clients``."""
    return _HOSTS[request.get_host().partition(":")[0]]


def people() -> dict[str, dict[str, Any]]:
    """What is known of each, by user name."""
    folder = Path(os.environ["PROVIDER_FOLDER"])
    found: dict[str, dict[str, Any]] = json.loads((folder / "people.json").read_text())
    return found


class Backend(BaseBackend):
    """Whoever the demo has, with its one password; at the host of their kind only."""

    def authenticate(self, request: HttpRequest | None, **given: Any) -> Any:
        username, password = given.get("username"), given.get("password")
        who = people().get(username or "")
        if request is None or who is None or who["whom"] != whom(request):
            return None
        if not hmac.compare_digest((password or "").encode(), PASSWORD.encode()):
            return None
        user, _created = User.objects.get_or_create(username=username)
        return user

    def get_user(self, user_id: Any) -> Any:
        return User.objects.filter(pk=user_id).first()


class TrialAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up here; who one is, is proved by the password again where it is asked."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def reauthenticate(self, user: User, password: str) -> bool:
        known = {"username": user.username, "password": password}
        return Backend().authenticate(context.request, **known) is not None


class TrialProvider(DefaultOIDCAdapter):  # type: ignore[misc]
    """Says what the provider of a body, or the national one, would say."""

    def get_user_sub(self, client: Any, user: User) -> str:
        return user.username

    def get_user_by_sub(self, client: Any, sub: str) -> User | None:
        return User.objects.filter(username=sub).first()

    def get_claims(
        self, purpose: str, user: User, client: Any, scopes: Any, **_: Any
    ) -> dict[str, Any]:
        known = people()[user.username]
        proved_at = user.last_login or timezone.now()
        return {
            "sub": user.username,
            **known["claims"],
            "acr": ACR,
            "auth_time": int(proved_at.timestamp()),
        }


@receiver(authentication_step_completed)
def _proved_anew(sender: Any, user: User, **_: Any) -> None:
    """``auth_time`` is when they last proved it, also where they were logged in already."""
    if user.pk:
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
