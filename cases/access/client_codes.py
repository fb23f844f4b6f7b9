"""What whoever came in by a code on paper may confirm: nothing of the body that printed it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.models import Case, ClientCode
from common.actor import Actor
from common.bodies import Body
from common.decision import Decision
from common.levels import Act


def can_confirm_what_was_written(actor: Actor, case: Case, *, by: Body) -> Decision:
    """May this client confirm what a worker of that body wrote down in their name?

    At any log-in; but a worker who writes something down and prints a code could confirm it
    themselves. So a code opens nothing that its own body wrote: two bodies are asked, or a log-in
    that somebody else vouches for, or a paper.
    """
    if Act.GRANT_CONSENT in actor.proven:
        return Decision.yes()
    code = (
        ClientCode.objects.filter(person_id=case.person_id, used_at__isnull=False)
        .select_related("given_office")
        .order_by("-used_at")
        .first()
    )
    if code is None or code.given_office.body != by:
        return Decision.yes()
    return Decision.no(
        _(
            "The body that wrote this down also gave you the code to log in. Confirm it with "
            "strong identification, or on paper with somebody of another body."
        )
    )
