"""The clocks of what a client has asked: the answer is owed within a month (GDPR Art. 12(3))."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from followup.selectors import Clock
from followup.selectors.clocks import state_on
from rights.access import corrections_answered_by
from rights.models import Correction, Question
from statutes.reader import law_on


def answer_clocks(actor: Actor, case: Case, *, now: datetime) -> list[Clock]:
    """The open answers owed in a visible case: all of them to the client, to a worker their own.

    That and by when; not what was asked. Nobody can move them.
    """
    today = day_of(now)
    asked = list(case.corrections.filter(answered_at__isnull=True).order_by("due_on", "pk"))
    if asked and not actor.is_client:  # whose they are to answer is a long question
        mine = corrections_answered_by(actor, now=now).filter(case=case)
        asked = [row for row in asked if row in set(mine)]
    clocks = [_clock(_("A correction is answered"), row, today) for row in asked]
    if actor.is_client:
        clocks += [
            _clock(_("A question about who looked is answered"), row, today)
            for row in case.questions.filter(answered_at__isnull=True).order_by("due_on", "pk")
        ]
    return clocks


def _clock(name: str, row: Correction | Question, today: date) -> Clock:
    asked_on = day_of(row.asked_at)
    why = (
        _("Prolonged: %(why)s") % {"why": row.prolonged_why}
        if row.prolonged_why
        else _("Without delay, and at the latest within a month of the asking.")
    )
    return Clock(
        name,
        law_on(asked_on).figure("rights_answer_months").section,
        asked_on,
        row.due_on,
        row.due_on,
        state_on(today, row.due_on, []),
        why,
    )
