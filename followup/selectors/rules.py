"""The rules of reminders as they hold in the director's network."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.actor import Actor
from followup.models import ReminderKind
from followup.rules import Decided, rules_in


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule for a page: what holds, and whether the network has changed it."""

    kind: ReminderKind
    holds: Decided
    is_own: bool

    @property
    def counted(self) -> str:
        """What is counted, in words: days, or for one rule actions."""
        count = self.holds.allowed
        if count is None:
            return "–"
        if self.kind == ReminderKind.ALL_ON_CLIENT:
            return _("from %(count)d actions") % {"count": count}
        return str(count)


def rules_of(actor: Actor) -> list[RuleRow]:
    """Every rule of the actor's network, in the order of the core."""
    return [
        RuleRow(
            ReminderKind(one.rule.kind),
            one,
            (one.is_on, one.notice, one.allowed, one.leader_after, one.director_after)
            != (
                True,
                one.rule.notice,
                one.rule.allowed,
                one.rule.leader_after,
                one.rule.director_after,
            ),
        )
        for one in rules_in([actor.working_network_id])
    ]
