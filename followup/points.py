"""When somebody asks how things went after the joint service ended.

At three months, as a training workshop does in report 2020:40, Vaikuttavuuden arviointi 2.1; the
later points are our own choice.
"""

from __future__ import annotations

from uuid import UUID

from django.core import signing

# Whole months after the day on which the case ended.
POINTS_MONTHS = (3, 6, 12, 24)
LAST_POINT_MONTHS = POINTS_MONTHS[-1]
# So many days after its day a point can still be answered; then it stays without an answer.
ANSWER_DAYS = 60
# The path of the link by which a client answers without logging in.
LINK = "/how-are-things/{token}/"
_SALT = "followup.point"


def token_of(point_id: UUID) -> str:
    """The secret part of a point's link: the same however often it is sent, unguessable."""
    return signing.Signer(salt=_SALT).sign_object(str(point_id))


def point_of(token: str) -> UUID | None:
    """The point that a link is for; None for anything that was not made here."""
    try:
        return UUID(signing.Signer(salt=_SALT).unsign_object(token))
    except (signing.BadSignature, ValueError):
        return None
