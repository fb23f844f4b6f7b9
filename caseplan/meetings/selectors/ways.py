"""How a network works together on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from caseplan.meetings.models import (
    CooperationForm,
    MeetingRole,
    WayOfWorking,
)


def way_on(network_id: UUID, day: date) -> WayOfWorking:
    """How a network works together on a day.

    Where it has decided nothing: by joint meetings of the three bodies with the client, who
    takes part in making the plan (Act 381/2023 s. 5).
    """
    decided = (
        WayOfWorking.objects.filter(network=network_id, since__lte=day)
        .order_by("-since", "-pk")
        .first()
    )
    return decided or WayOfWorking(
        network_id=network_id,
        form=CooperationForm.MEETING,
        roles=[MeetingRole.EMPLOYMENT, MeetingRole.SOCIAL_WORK],
        client_takes_part=True,
        one_service=False,
        since=day,
    )


def ways_of(network_id: UUID) -> list[WayOfWorking]:
    """What a network has decided over time, the newest first."""
    rows = WayOfWorking.objects.filter(network=network_id).select_related("decided_by")
    return list(rows.order_by("-since", "-pk"))
