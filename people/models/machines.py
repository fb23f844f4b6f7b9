"""A system of a body that reads by itself: what it is registered for, its keys, its tokens."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from audit.models import Purpose
from common.bodies import Body
from common.ids import new_id
from common.scopes import MachineScope
from people.models.organisation import Network
from people.models.roles import ProposalState

READS_FOR: dict[Purpose, frozenset[MachineScope]] = {
    Purpose.KEEP_CASE: frozenset({MachineScope.CASES, MachineScope.PLANS, MachineScope.PROTECTED}),
    Purpose.MAKE_PLAN: frozenset({MachineScope.CASES, MachineScope.PLANS, MachineScope.PROTECTED}),
    Purpose.FOLLOW_UP: frozenset({MachineScope.CASES, MachineScope.PLANS, MachineScope.PROTECTED}),
    Purpose.ASSESS_NEED: frozenset(
        {MachineScope.CASES, MachineScope.EXPLANATIONS, MachineScope.PROTECTED}
    ),
}
"""For which purposes a system may be registered, and what it may read for each; nothing else."""

LONGEST_DAYS = 731
"""How long a registration lasts at most: two years, then two people look at it again."""


class AgreedByTwo(models.Model):
    """What one person proposes and another decides on, and what somebody ends some day.

    Only what was agreed on can end. The names of its rules begin with those of the table's.
    """

    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def _agreed_by_two(name: str) -> list[models.BaseConstraint]:
    """The rules of ``AgreedByTwo`` in the table whose rules are called ``name``."""
    second = (
        (
            Q(state=ProposalState.DONE)
            & Q(decided_by__isnull=False)
            & ~Q(decided_by=F("proposed_by"))
        )
        | (Q(state=ProposalState.TURNED_DOWN) & ~Q(decided_by=F("proposed_by")))
        | Q(state__in=[ProposalState.WAITING, ProposalState.WITHDRAWN])
    )
    decided = Q(state=ProposalState.WAITING, decided_at__isnull=True) | (
        ~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)
    )
    ended = Q(ended_at__isnull=True, ended_by__isnull=True) | Q(
        ended_at__isnull=False, ended_by__isnull=False, state=ProposalState.DONE
    )
    return [
        models.CheckConstraint(condition=second, name=f"{name}_second_person"),
        models.CheckConstraint(condition=decided, name=f"{name}_decided_fits_state"),
        models.CheckConstraint(condition=ended, name=f"{name}_ended_once_it_began"),
    ]


class Machine(AgreedByTwo):
    """One system of one body in one network, registered to read for one purpose.

    Both days are inclusive. ``addresses``: the networks it calls from (``192.0.2.0/24``), one at
    least. What it is registered for stands still
    (``migrations/0008_organisation_log_ins_machines.sql``): whoever wants it otherwise registers it
    anew, and two people look again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    body = models.CharField(max_length=20, choices=Body)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    scopes = ArrayField(models.CharField(max_length=30, choices=MachineScope))
    addresses = ArrayField(models.CharField(max_length=50))
    contact_name = models.CharField(max_length=100)
    contact_email = models.EmailField()
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        constraints: ClassVar = [
            *_agreed_by_two("machine"),
            models.CheckConstraint(
                condition=Q(purpose__in=list(READS_FOR)), name="machine_purpose_is_one_of_these"
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gte=1) & Q(scopes__contained_by=list(MachineScope.values)),
                name="machine_reads_something_known",
            ),
            models.CheckConstraint(
                condition=Q(addresses__len__gte=1), name="machine_calls_from_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="machine_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MachineKey(AgreedByTwo):
    """The public half of a key by which a system shows who it is; two at a time, for rolling over.

    ``jwk``: the public key alone, as RFC 7517 writes it; the database refuses a private half.
    ``thumbprint``: RFC 7638, what a person compares. ``kind``: such as ``RSA 3072`` or ``P-256``.
    Another key opens what the system may read to whoever holds it: two people for each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    machine = models.ForeignKey(Machine, on_delete=models.PROTECT, related_name="keys")
    slot = models.PositiveSmallIntegerField()
    thumbprint = models.CharField(max_length=43)
    kind = models.CharField(max_length=20)
    jwk = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            *_agreed_by_two("machine_key"),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="machine_key_one_of_two"),
            models.UniqueConstraint(
                fields=["machine", "slot"],
                condition=Q(
                    state__in=[ProposalState.WAITING, ProposalState.DONE], ended_at__isnull=True
                ),
                name="machine_two_keys_at_a_time",
            ),
            # The same key of two systems would let one call itself the other.
            models.UniqueConstraint(
                fields=["thumbprint"],
                condition=Q(
                    state__in=[ProposalState.WAITING, ProposalState.DONE], ended_at__isnull=True
                ),
                name="machine_key_is_one_machines",
            ),
            models.CheckConstraint(
                condition=~Q(jwk__has_any_keys=["d", "p", "q", "dp", "dq", "qi", "oth", "k"]),
                name="machine_key_is_public",
            ),
        ]


class MachineToken(models.Model):
    """By what a system reads for some minutes: only its keyed hash is kept, and whose it is.

    Bound to the registration and to the key it was asked with: it ends with either.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="tokens")
    key = models.ForeignKey(MachineKey, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30, choices=MachineScope))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="machine_token_ends"
            ),
        ]


class MachineAssertion(models.Model):
    """A proof that a system has used: none counts twice. Kept as long as it could still count."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="+")
    jti_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["machine", "jti_hash"], name="machine_assertion_counts_once"
            ),
        ]
