"""The orders as they are shown: where each stands, and what its file holds, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from common.actor import Actor
from evaluation.extracts.access import (
    can_answer_extract,
    can_end_extract,
    can_take_out_extract,
    get_order,
    orders_visible_to,
)
from evaluation.extracts.making import at_least
from evaluation.extracts.models import ExtractOrder
from evaluation.extracts.sealing import mark_of


@dataclass(frozen=True, slots=True)
class ShownExtract:
    """One order with what this reader may do with it.

    ``mark``: of research, the mark of the certificate, to be compared with the environment's own.
    The counts are of people, and are told as counts of people are: one to four not apart.
    """

    order: ExtractOrder
    may_answer: bool
    may_take_out: bool
    may_end: bool
    mark: str = ""
    cases: str = ""
    k: int = 0
    generalised: str = ""
    left_out: str = ""

    @property
    def file_name(self) -> str:
        """What the file is called; it names nobody. Of research, CMS that the environment opens."""
        ending = "zip.p7m" if self.order.is_research else "zip"
        return f"extract-{self.order.asked_at:%Y-%m-%d}.{ending}"


def list_extracts(actor: Actor) -> list[ExtractOrder]:
    """Every order this reader answers for, the newest first."""
    orders = orders_visible_to(actor).select_related("network", "asked_by")
    return list(orders.order_by("-asked_at", "-pk"))


def open_extract(actor: Actor, order_id: UUID, *, now: datetime) -> ShownExtract:
    """One of them. Raises ``NotVisible`` otherwise."""
    order = get_order(actor, order_id)
    found = order.found
    return ShownExtract(
        order=order,
        may_answer=can_answer_extract(actor, order).allowed,
        may_take_out=can_take_out_extract(actor, order, now=now).allowed,
        may_end=can_end_extract(actor, order).allowed,
        mark=mark_of(order.certificate) if order.certificate else "",
        cases=at_least(found.get("cases", 0)),
        k=found.get("k", 0),
        generalised=at_least(found.get("generalised", 0)),
        left_out=at_least(found.get("left_out", 0)),
    )
