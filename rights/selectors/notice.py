"""What everybody is told of how their information is handled (GDPR Arts. 13, 14 and 26).

In plain words, put together from the law of the day, the table of grounds and the offices: who
answers for what, the essence of the joint controllers' arrangement, how long, whom to turn to. It
tells of no client, so nothing is logged. In full: ``rights.selectors.processing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language

from common.bodies import Body
from common.clock import day_of
from consent.models import Category
from people.selectors import Contact, contacts_of, officer_contacts
from rights.selectors.processing import HOLDS, SAID, RetentionPeriod, kept_by
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class JointNotice:
    """The notice on one day. ``sections``: where the law says what; empty where it does not.

    ``state_centre``: what the keeper of the national register is called; ``answer_months`` and
    ``longer_months``: by when one is answered, and how much longer it may take with reasons told.
    """

    act: str
    sections: dict[str, str]
    state_centre: str
    bodies: list[tuple[Body, list[Contact]]]
    officers: list[Contact]
    holds: list[tuple[Category, Promise]]
    kept: list[RetentionPeriod]
    answer_months: int
    longer_months: int


def joint_notice(*, now: datetime) -> JointNotice:
    """Who answers for what, as of today, in the reader's language."""
    today = day_of(now)
    law = law_on(today)
    language = (get_language() or "fi").split("-")[0]
    return JointNotice(
        act=law.act,
        sections={name: law.section_of(name) for name in SAID},
        state_centre=law.name_of("state_centre", language=language),
        bodies=[(body, contacts_of(body, now=now)) for body in Body],
        officers=list(dict.fromkeys(officer_contacts(now=now))),
        holds=list(HOLDS.items()),
        kept=kept_by(law),
        answer_months=law.figure("rights_answer_months").value,
        longer_months=law.figure("rights_longer_months").value,
    )
