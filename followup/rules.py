"""The national core of reminders: what every room below says falls due, in one list.

Each rule is one part of a question to the database that gives rows of *kind, case, subject, due
day, worker, client*; ``followup.services.reminding`` asks them all together for a range of cases.
A network may change the figures (:class:`followup.models.ReminderRule`) and, where no statute
asks, turn a rule off. A room above may supply rules of its own (:func:`supply`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from benefits.reminders import RULES as OF_BENEFITS
from caseplan.contacts.reminders import RULES as OF_CONTACTS
from caseplan.intake.reminders import RULES as OF_INTAKE
from caseplan.meetings.reminders import RULES as OF_MEETINGS
from caseplan.messages.reminders import RULES as OF_MESSAGES
from caseplan.plan.reminders import RULES as OF_THE_PLAN
from cases.reminders import COVERS, SEATS
from cases.reminders import RULES as OF_CASES
from common.reminders import DueRule, ReminderKind
from consent.reminders import RULES as OF_CONSENTS
from followup.models.rule import ReminderRule
from followup.reminders import RULES as OF_FOLLOW_UP

CORE: tuple[DueRule, ...] = (
    *OF_THE_PLAN,
    *OF_MESSAGES,
    *OF_CONTACTS,
    *OF_MEETINGS,
    *OF_CONSENTS,
    *OF_BENEFITS,
    *OF_CASES,
    *OF_FOLLOW_UP,
)
# About no case: asked once a night, not case by case.
BESIDE_CASES: tuple[DueRule, ...] = (COVERS, SEATS, *OF_INTAKE)
_supplied: dict[ReminderKind, DueRule] = {}


def supply(rules: Iterable[DueRule]) -> None:
    """Add the rules that a room above owns. Called once, when the applications are ready."""
    _supplied.update({rule.kind: rule for rule in rules})


def all_rules() -> list[DueRule]:
    """Every rule that asks about cases, in a fixed order."""
    return [*CORE, *_supplied.values()]


def rule_of(kind: ReminderKind) -> DueRule:
    """The rule of a kind, as the national core has it."""
    return next(rule for rule in (*all_rules(), *BESIDE_CASES) if rule.kind == kind)


def may_wait(kind: ReminderKind) -> bool:
    """May a reminder of this kind be put off by whoever it reaches? Not one of a day of the law."""
    return not rule_of(kind).statutory


@dataclass(frozen=True, slots=True)
class Decided:
    """A rule with what one network has decided; figures in days, as in :class:`DueRule`."""

    network: UUID
    rule: DueRule
    is_on: bool
    notice: int
    allowed: int | None
    leader_after: int | None
    director_after: int | None


def rules_in(networks: Iterable[UUID]) -> list[Decided]:
    """Every rule as it holds in each of the networks. One query."""
    newest = {
        (row.network_id, row.kind): row
        for row in ReminderRule.objects.filter(network__in=list(networks)).order_by(
            "network", "kind", "decided_at"
        )
    }
    return [
        _decided(network, rule, newest.get((network, rule.kind)))
        for network in networks
        for rule in (*all_rules(), *BESIDE_CASES)
    ]


def rule_in(network: UUID, kind: ReminderKind) -> Decided:
    """One rule as it holds in a network. One query."""
    rule = next(one for one in (*all_rules(), *BESIDE_CASES) if one.kind == kind)
    own = ReminderRule.objects.filter(network=network, kind=kind).order_by("-decided_at").first()
    return _decided(network, rule, own)


def _decided(network: UUID, rule: DueRule, own: ReminderRule | None) -> Decided:
    if own is None:
        own = ReminderRule(network_id=network, kind=rule.kind)
    return Decided(
        network=network,
        rule=rule,
        is_on=own.is_on or rule.statutory,
        notice=_first(own.notice, rule.notice),
        allowed=own.allowed if own.allowed is not None else rule.allowed,
        leader_after=own.leader_after if own.leader_after is not None else rule.leader_after,
        director_after=(
            own.director_after if own.director_after is not None else rule.director_after
        ),
    )


def _first(own: int | None, core: int) -> int:
    return core if own is None else own
