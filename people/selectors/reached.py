"""Whether somebody outside is reached where somebody of the service is."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from people.models import Position, Role, User


def is_address_of_staff(email: str, *, besides: UUID | None = None) -> bool:
    """Whether an e-mail address is that of somebody who works, or has worked, in the service.

    Or of ``besides``, whoever they are. Whatever its capitals.
    """
    with_it = User.objects.filter(email__iexact=email.strip())
    worked = Position.objects.filter(user=OuterRef("pk")).exclude(role=Role.OUTSIDE)
    return with_it.filter(Exists(worked) | Q(pk=besides)).exists()


def is_number_of_staff(phone: str) -> bool:
    """Whether a telephone number is one at which somebody in the service is reached.

    By its digits: written with a country's code or without it, it is the same.
    """
    number = _national(phone)
    numbers = Position.objects.exclude(phone="").values_list("phone", flat=True).distinct()
    return bool(number) and any(_national(theirs) == number for theirs in numbers)


def _national(phone: str) -> str:
    """The digits of a number without Finland's code or the zero in its place."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits.removeprefix("00").removeprefix("358").lstrip("0")


def account_of_staff(user_id: UUID) -> User | None:
    """An account that holds or has held a position; None for a client's, and for nobody's."""
    holds = Position.objects.filter(user=user_id)
    return User.objects.filter(Exists(holds), pk=user_id).first()
