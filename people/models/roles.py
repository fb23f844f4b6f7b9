"""Who is to lead, direct or answer for data protection, from when: proposed and decided by two."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models.organisation import OF_A_NETWORK, Network, Office, Role

_WITHOUT_NETWORK = (Role.OFFICER, Role.KEEPER, Role.NATIONAL, Role.GRANTER)


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Waits for a second person")
    DONE = "done", _("In effect")
    TURNED_DOWN = "turned_down", _("Turned down")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RoleChange(models.Model):
    """From ``since`` one person has a role no more, another one has it, or both.

    ``role`` a caseworker's: to lead ``office``, which nobody leads. ``until``: the end of the term,
    where the role has one. ``proposed_by`` and ``decided_by`` empty where the installation's
    operator did it, by a command; ``decided_by`` also where there was nobody yet to be shown to
    anybody (``people.access.holds_nobody``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    role = models.CharField(max_length=20, choices=Role)
    network = models.ForeignKey(Network, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=100, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(leaver__isnull=False) | Q(successor__isnull=False),
                name="role_change_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.CASEWORKER, office__isnull=False, network__isnull=False)
                | Q(role__in=OF_A_NETWORK, office__isnull=True, network__isnull=False)
                | Q(role__in=_WITHOUT_NETWORK, office__isnull=True, network__isnull=True),
                name="role_change_place_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="role_change_ends_after_start",
            ),
            # Nobody begins a role of their own, and nobody decides what they have proposed.
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(successor__isnull=True)
                | ~Q(proposed_by=F("successor")),
                name="role_change_not_ones_own",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (
                    (Q(proposed_by__isnull=True) | ~Q(decided_by=F("proposed_by")))
                    & (Q(successor__isnull=True) | ~Q(decided_by=F("successor")))
                )
                | Q(state=ProposalState.WITHDRAWN),
                name="role_change_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, decided_at__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)),
                name="role_change_decided_fits_state",
            ),
        ]
