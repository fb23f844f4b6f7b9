"""How surely somebody has shown who they are, and which act asks for how much and how lately.

The words of the levels are those of eIDAS (Regulation 910/2014, Article 8). Which act needs which
is our own choice, a row an act; the report and the law ask only that the client be identified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LogInLevel(Enum):
    """How surely a log-in shows who somebody is. Compared by :meth:`reaches` alone."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def reaches(self, needed: LogInLevel) -> bool:
        """Whether this is at least as sure as what is needed."""
        order = list(LogInLevel)
        return order.index(self) >= order.index(needed)


class Act(Enum):
    """What asks for more than being logged in."""

    ACCEPT_PLAN = "accept_plan"
    GRANT_CONSENT = "grant_consent"
    TAKE_EVERYTHING_OUT = "take_everything_out"
    READ_SHARED = "read_shared"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    EXPORT_MANY = "export_many"
    SIGN_GROUND = "sign_ground"
    CHANGE_OWN_LOG_IN = "change_own_log_in"
    CHANGE_OWN_PASSKEYS = "change_own_passkeys"


@dataclass(frozen=True, slots=True)
class Need:
    """The level an act asks for, how long it counts from the log-in on, and what is said then."""

    level: LogInLevel
    lasts: timedelta
    said: Promise


HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)

NEEDED: dict[Act, Need] = {
    # The client's own, who has logged in with a code on paper alone: these wait, or go by paper.
    Act.ACCEPT_PLAN: Need(
        LogInLevel.SUBSTANTIAL, HOUR, _("Log in with strong identification to accept the plan.")
    ),
    Act.GRANT_CONSENT: Need(
        LogInLevel.SUBSTANTIAL, HOUR, _("Log in with strong identification to decide this.")
    ),
    Act.TAKE_EVERYTHING_OUT: Need(
        LogInLevel.SUBSTANTIAL, HOUR,
        _("Log in with strong identification to take out everything recorded about you."),
    ),
    # A passkey opens no more than the log-in it was made with: that one, shown lately.
    Act.CHANGE_OWN_PASSKEYS: Need(
        LogInLevel.LOW, QUARTER, _("Log in once more to change how you log in.")
    ),
    # An outside party's.
    Act.READ_SHARED: Need(
        LogInLevel.SUBSTANTIAL, HOUR,
        _("Log in with strong identification to read what is shared with you."),
    ),
    # Of those who work here.
    Act.OPEN_IN_EMERGENCY: Need(
        LogInLevel.SUBSTANTIAL, HOUR,
        _("Log in with strong identification to open a case in an emergency."),
    ),
    Act.EXPORT_MANY: Need(
        LogInLevel.SUBSTANTIAL, HOUR,
        _("Log in with strong identification to take out a list of clients."),
    ),
    Act.SIGN_GROUND: Need(
        LogInLevel.SUBSTANTIAL, QUARTER, _("Log in with strong identification to sign a ground.")
    ),
    Act.CHANGE_OWN_LOG_IN: Need(
        LogInLevel.SUBSTANTIAL, QUARTER, _("Log in once more to change how you log in.")
    ),
}  # fmt: skip

EVERY_ACT = frozenset(Act)
