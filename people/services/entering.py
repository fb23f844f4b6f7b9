"""Whether, and as whom, somebody comes in whose identity a provider has proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.decision import Refused
from people.entering import VerifiedIdentity
from people.models import ExternalLogIn, User


class NotKnown(Refused):
    """Nobody here is known to be whom the provider named, or they may not come in any more."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The user who comes in. ``first``: for the first time by this provider."""

    user: User
    first: bool = False


@transaction.atomic
def enter(*, actor: Actor, identity: VerifiedIdentity, now: datetime) -> Entered:
    """Let in the user who is linked to this identity.

    The log-in itself, and its row of the log, is the caller's. Raises :class:`NotKnown` where
    nobody is linked to it, and where the account is closed: the answer is the same.
    """
    link = (
        ExternalLogIn.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(issuer=identity.issuer, subject=identity.subject, user__is_active=True)
        .first()
    )
    if link is None:
        raise NotKnown(
            _("You have identified yourself, but nobody is known here by this identity yet.")
        )
    link.last_seen = max(link.last_seen, now)
    link.save(update_fields=["last_seen"])
    return Entered(link.user)
