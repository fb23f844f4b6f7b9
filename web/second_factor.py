"""Who works here and came in by a password alone has nothing open before a second factor is made.

One gate, before every view. Whoever their own organisation vouches for has come in otherwise, and a
client's log-in is of a low level by itself. In a trial a password is enough.
"""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from common.actor import AT_WORK, ActorKind
from people.models import User
from web.requests import context_of

OPEN_MEANWHILE = frozenset(
    {
        "pages:second_factor",
        "pages:second_factor_app",
        "account_logout",
        "set_language",
        "pages:about",
        "pages:processing",
        "pages:processing_body",
        "change_password",
    }
)
"""The addresses that are open to whoever has a password alone."""

ASKED_FOR_ONE = frozenset((*AT_WORK, ActorKind.OUTSIDE))
"""Who is asked for one: everybody who is here by a position, whichever."""


def is_missing(request: HttpRequest) -> bool:
    """Whether whoever asks works here and has shown a password alone in this session."""
    if not settings.SECOND_FACTOR or not isinstance(request.user, User):
        return False
    if context_of(request).actor.kind not in ASKED_FOR_ONE:
        return False
    shown = {record.get("method") for record in get_authentication_records(request, request.user)}
    return shown <= {"password"}
