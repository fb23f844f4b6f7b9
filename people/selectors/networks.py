"""Networks and their municipalities."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import get_language

from people.models import Municipality, Network


def all_networks() -> list[Network]:
    """The networks of this installation, by name."""
    return list(Network.objects.order_by("name", "pk"))


def municipality_names(network_id: UUID) -> list[tuple[str, str]]:
    """The codes and names of a network's municipalities, by name, in the reader's language."""
    field = "name_sv" if get_language() == "sv" else "name_fi"
    return list(
        Municipality.objects.filter(network_id=network_id)
        .order_by(field, "pk")
        .values_list("code", field)
    )


def municipality_shown(code: str) -> str:
    """A municipality's code with its name, in the reader's language; the code where none is known.

    Only the municipalities of this installation's networks have a name here.
    """
    field = "name_sv" if get_language() == "sv" else "name_fi"
    name = Municipality.objects.filter(code=code).values_list(field, flat=True).first()
    return f"{name} ({code})" if name else code
