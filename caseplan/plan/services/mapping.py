"""Writes of the mapping: how each party sees each area (Act 1369/2014 s. 3; 381/2023 s. 4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_type_clients_view, can_write_view
from caseplan.plan.models import Area, MappingView
from cases.models import Case
from cases.services import lock_case
from common.actor import Actor
from common.bodies import Party
from common.decision import NotAllowed
from records.services import add_row, require_text, save_row


@transaction.atomic
def write_view(
    *,
    actor: Actor,
    case: Case,
    area: Area,
    text: str,
    revision: int,
    now: datetime,
    for_client: bool = False,
) -> MappingView:
    """Write how the actor's party sees one area; ``revision`` 0 where it has no view yet.

    ``for_client``: a worker with the client beside them types the client's own view. Raises
    :class:`Stale` when the party's view changed meanwhile.
    """
    # The case's row: two first views of one body come one after the other.
    lock_case(case)
    can_write_view(actor, case, now=now).require()
    if for_client:
        can_type_clients_view(actor, case, now=now).require()
    party = Party.CLIENT if for_client else actor.party
    if party is None:
        raise NotAllowed(_("Only the client and the three bodies record here."))
    text = require_text(text, "text", _("Write how you see it."))
    return _write(actor, case, area, party, text, revision, now)


def _write(
    actor: Actor,
    case: Case,
    area: Area,
    party: Party,
    text: str,
    revision: int,
    now: datetime,
) -> MappingView:
    view = MappingView.objects.filter(case=case, area=area, recorded_for=party).first()
    if view is None:
        view = MappingView(case=case, area=area, category=area.category, text=text)
        return add_row(actor, view, now, for_party=party)
    view.case, view.text = case, text
    return save_row(actor, view, revision, now)
