"""Somebody of the list opened in place: every reason explained, the days drawn, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from benefits.access import can_enter
from benefits.models import ManualEntryKind
from benefits.selectors import Explanation, explain_person, flags_of
from caseplan.plan.selectors import case_elsewhere
from common.decision import NotVisible
from pages.triggers.forms import DeclineTriggerForm
from pages.triggers.timeline import Timeline, timeline
from people.models import Network, Person
from web.requests import context_of


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's reasons and what may be done. ``first``: on which a case would begin, if any."""

    person: Person
    reasons: list[Explanation]
    first: Explanation
    can_decide: bool
    may_enter: bool
    elsewhere: Network | None
    drawing: Timeline | None
    decline_form: DeclineTriggerForm

    @property
    def url(self) -> str:
        """The page of the first reason, which stays an address of its own."""
        return reverse("pages:trigger", args=[self.person.pk, self.first.rule])


def opened_person(
    request: HttpRequest, person_id: UUID, *, rules: list[str] | None = None
) -> Opened:
    """The explanation of what stands of somebody; logged. Raises ``NotVisible``.

    ``rules``: of these reasons, which the list shows; else all that stand.
    """
    ctx = context_of(request)
    standing = [row.rule for row in flags_of(ctx.actor, person_id, now=ctx.now)]
    asked = list(dict.fromkeys(rules or standing))
    found = explain_person(ctx.actor, person_id, rules=asked, now=ctx.now)
    if not found:
        raise NotVisible
    kinds = [kind for kind in ManualEntryKind if can_enter(ctx.actor, kind, now=ctx.now)]
    with_rows = [one for one in found if one.rows]
    return Opened(
        person=found[0].person,
        reasons=found,
        first=next((one for one in found if not one.is_signal), found[0]),
        can_decide=bool(standing),
        may_enter=bool(kinds) and any(not one.is_signal for one in found),
        elsewhere=case_elsewhere(ctx.actor, person_id, now=ctx.now),
        drawing=timeline(*with_rows) if with_rows else None,
        decline_form=DeclineTriggerForm(),
    )
