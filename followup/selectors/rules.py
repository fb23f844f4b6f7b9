"""The rules of reminders as they hold in the director's network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from common.actor import Actor
from common.reminders import ReminderKind
from followup.rules import Decided, rules_in
from statutes.reader import law_on


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


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the law asks of the network itself at intervals: in words, and where."""

    sentence: str
    section: str


def duties_on(day: date) -> list[Duty]:
    """What a network has to see to by the law of the day, beside its cases.

    Said only: the product keeps neither the day a steering group was appointed nor that of a check.
    """
    law = law_on(day)
    words = {
        "steering_group_years": _("The steering group is appointed for %(count)d years at a time"),
        "staffing_check_months": _(
            "Whether the bodies have put enough staff into the joint service is checked at least "
            "every %(count)d months"
        ),
    }
    set_that_day = {figure.name: figure for figure in law.figures}
    return [
        Duty(sentence % {"count": set_that_day[name].value}, set_that_day[name].section)
        for name, sentence in words.items()
        if name in set_that_day
    ]


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
