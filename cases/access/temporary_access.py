"""Who lets somebody from outside the team in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cases.access.visibility import managed_by
from cases.models import AccessRequest, Case, RequestKind, RequestState
from common.actor import Actor
from common.decision import Decision, NotVisible
from people.selectors import people_by_code


def get_access_request(actor: Actor, request_id: UUID, *, now: datetime) -> AccessRequest:
    """A request for access that this actor, the case manager, answers; locked.

    Raises :class:`NotVisible` for everybody else.
    """
    row = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("asked_by", "asked_office")
        .filter(
            pk=request_id,
            kind=RequestKind.ASK,
            state=RequestState.OPEN,
            code_hash__in=set(
                people_by_code(managed_by(actor, now=now).values_list("person_id", flat=True))
            ),
        )
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def can_be_given_access(request: AccessRequest, case: Case) -> Decision:
    """May whoever asked be let in to read a case? Not from another network."""
    if request.asked_network_id != case.network_id:
        return Decision.no(_("They work in another network. A case is not opened across networks."))
    return Decision.yes()
