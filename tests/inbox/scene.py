"""What a scene of the inbox is: what has happened, before whom it stands, what deals with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cases.models import Case
from tests.personas import World

WORKERS = ("employment", "colleague", "social", "kela", "outsider")


@dataclass(frozen=True, slots=True)
class Happened:
    """What waits now: its key, or what it is about; and what deals with it, by a user name.

    ``over``: after how many days it has gone where nobody need do anything. ``night``: which
    reminder it is, of the joint case, that a night ninety days from now raises for its reader.
    """

    about: UUID
    deal: Callable[[str], object] | None = None
    over: int = 0
    night: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """``readers``: before whom of ``WORKERS`` it stands, whoever deals with it first.

    ``each``: whoever deals with it does so for their own part, or body, alone. ``own``: why nobody
    who stands in has it, and it stays with whoever had it when the case is handed over.
    ``stays``: why it stays with whoever had it, or goes, when the case is handed over.
    """

    readers: tuple[str, ...]
    happens: Callable[[World], Happened]
    each: bool = False
    own: str = ""
    stays: str = ""


def the_case(world: World) -> Case:
    return Case.objects.select_related("person").get(pk=world.case.pk)
