"""Before a case: whom a body may know of, and by which rules.

Staff of a body with a ground for the fact, whose network covers the municipality. The right
is judged on the day of looking, not on the day asked about.
"""

from __future__ import annotations

from datetime import datetime

from common.actor import Actor
from common.clock import day_of
from consent.models import Fact
from consent.selectors import facts_before_case
from people.models import Municipality
from statutes.reader import Rule, Unit

_RESTS_ON = {
    Unit.PAID_DAYS: {Fact.PAID_DAY_COUNTS, Fact.BENEFITS_DETAIL},
    Unit.MONTHS: {Fact.UNEMPLOYMENT_SPELLS},
}


def facts_known_to(actor: Actor, *, now: datetime) -> frozenset[Fact]:
    """The register facts the actor's body may know about people without a case, today."""
    if not actor.is_worker:
        return frozenset()
    return facts_before_case(body=actor.body, network_id=actor.network_id, on=day_of(now))


def may_know(rule: Rule, facts: frozenset[Fact]) -> bool:
    """Whether those facts let somebody know that this rule is met."""
    return bool(_RESTS_ON[rule.unit] & facts)


def municipalities_of(actor: Actor) -> list[str]:
    """The municipality codes of the actor's network."""
    if actor.network_id is None:
        return []
    return list(
        Municipality.objects.filter(network_id=actor.network_id).values_list("code", flat=True)
    )
