"""What a rule of reminding is: every room says with these what of its own falls due.

A room's rules stand in its ``reminders.py``; ``followup`` collects and asks them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What is reminded of, whichever room it is about."""

    PLAN_DUE = "plan_due", _("The plan is to be made")
    REVIEW_DUE = "review_due", _("The plan is to be reviewed")
    REVIEW_ASKED = "review_asked", _("The client asked to review the plan")
    CORRECTION_DUE = "correction_due", _("A request for correction waits for an answer")
    QUESTION_DUE = "question_due", _("A question about processing waits for an answer")
    ACTION_DUE = "action_due", _("An action is due soon")
    ACTION_OVERDUE = "action_overdue", _("An action is overdue")
    REQUEST_WAITS = "request_waits", _("A request to the body waits for an answer")
    MESSAGE_WAITS = "message_waits", _("A message waits for an answer")
    MEETING_NEXT = "meeting_next", _("A meeting is near")
    CONSENT_ASKED = "consent_asked", _("A request for consent waits for an answer")
    CONSENT_ENDS = "consent_ends", _("A consent ends soon")
    CONSENT_WAITS = "consent_waits", _("What was written down waits for confirmation")
    WRITTEN_ENDS = "written_ends", _("A consent that was written down ends soon")
    TRIGGER_COMING = "trigger_coming", _("The client will reach a trigger")
    COVER_ENDS = "cover_ends", _("A cover ends soon")
    CONTACT_NEXT = "contact_next", _("Be in touch again")
    NO_CONTACT = "no_contact", _("Nobody has been in contact")
    CHECK_IN = "check_in", _("How is it going?")
    HELP_WANTED = "help_wanted", _("The client said that it does not go well")
    POINT_DUE = "point_due", _("A follow-up point")
    GO_ON_WAITS = "go_on_waits", _("Whoever is asked to go on with the client has not answered")
    OWN_REQUEST_WAITS = "own_request_waits", _("Somebody who asks for joint service waits")
    CONSULTATION_WAITS = "consultation_waits", _("A consultation without a case waits")
    SEAT_WAITS = "seat_waits", _("An office has not named its person for a case")
    CLIENT_UNTOLD = "client_untold", _("The client has not been told that a case has begun")
    GOAL_STALLED = "goal_stalled", _("A goal has not moved")
    LONG_SERVICE = "long_service", _("The joint service has gone on for long")
    ALL_ON_CLIENT = "all_on_client", _("Every open action is the client's")
    SAME_AGAIN = "same_again", _("The same service again")


@dataclass(frozen=True, slots=True)
class DueRule:
    """One kind of reminder: what is due, for whom, and its national figures; all in days.

    ``notice``: raised so many days before the due day; -1 is the day after it. ``allowed``: how
    long something may last before it is due, where the rule counts. ``leader_after`` and
    ``director_after``: so many days after the due day it goes up; None: never. ``statutory``
    rules cannot be turned off.

    ``sql`` gives rows of *case, subject, due day, worker, client* and names tables of the rule's
    own room and of rooms below it. Beside them it may use ``open_case`` (id, network, person,
    manager, client, started_on, opened_at), ``ended_case`` (being followed up), ``standing`` (who
    works where now), ``allowed`` (network, kind, days), ``plan_law`` and ``%(on)s``.
    """

    kind: ReminderKind
    sql: str
    notice: int
    allowed: int | None = None
    leader_after: int | None = None
    director_after: int | None = None
    statutory: bool = False


def counted(kind: ReminderKind) -> str:
    """The part of a rule that counts: what the network allows, as ``n.days``."""
    return f"JOIN allowed n ON n.network = c.network AND n.kind = '{kind}'"
