"""Reads about the codes on paper by which clients get in: by case, and by who gave them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.models import Case, ClientCode
from common.actor import Actor
from people.selectors import LET_IN_SHOWN, LetIn

_A_CLIENT = _("A client")
_CODE_USED = _("A code on paper was given to log in, and was used")
_CODE_NOT_USED = _("A code on paper was given to log in, and was not used")


def codes_given(case: Case) -> list[ClientCode]:
    """The codes on paper that were printed for the client of a case, the newest first."""
    return list(
        case.client_codes.select_related("given_by", "given_office").order_by("-given_at", "-pk")
    )


def list_codes_let_in(actor: Actor, *, now: datetime) -> list[LetIn]:
    """The codes on paper of a year, for the data-protection officer: which worker gave them.

    Without the client's name: whom a worker has served is read where an account is examined, with
    its reason and its row in the client's log.
    """
    if not actor.is_officer:
        return []
    given = ClientCode.objects.filter(given_at__gt=now - LET_IN_SHOWN)
    return [
        LetIn(
            row.given_at,
            _CODE_USED if row.used_at else _CODE_NOT_USED,
            f"{row.given_by.full_name}, {row.given_office.name}",
            _A_CLIENT,
        )
        for row in given.select_related("given_by", "given_office").order_by("-given_at", "-pk")
    ]
