"""Who asked for an extract, for what, by which decision; who approved it, when it is gone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Network


class ExtractUse(models.TextChoices):
    """Whose work an extract is for."""

    EVALUATION = "evaluation", _("Evaluation by the bodies themselves")
    RESEARCH = "research", _("Research by others")


class ExtractState(models.TextChoices):
    """How far an order is. Its file stands from being made until it ends."""

    ASKED = "asked", _("waits for a second person")
    TURNED_DOWN = "turned_down", _("turned down")
    APPROVED = "approved", _("approved, being made")
    MADE = "made", _("made")
    ENDED = "ended", _("ended, the file is gone")


class ExtractOrder(models.Model):
    """An extract of one network's cases, for one purpose, by one decision, until one day.

    ``begun_from`` to ``begun_to``: the days on which the cases began, both inclusive.
    ``expires_on``: the last day on which it can be taken out; the night after it is gone.
    ``decision_number`` with ``decided_on``: the controllers' decision, or of research the permit
    (Act 552/2019, to be checked in the statute); ``environment`` is then the one the permit names,
    and ``certificate`` the X.509 certificate (PEM) its file is encrypted to.

    ``key_encrypted``: the secret of this extract alone, from which its pseudonyms and the key of
    its file come; it is destroyed at the end, so that no copy of the file can be read or linked.
    ``found`` says in counts what the file holds; ``digest`` is the SHA-256 of what is taken out.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=12, choices=ExtractUse)
    purpose = models.TextField()
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    begun_from = models.DateField()
    begun_to = models.DateField()
    expires_on = models.DateField(db_index=True)
    environment = models.CharField(max_length=200, blank=True)
    certificate = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ExtractState, default=ExtractState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    turned_down_because = models.TextField(blank=True)
    key_encrypted = models.BinaryField(null=True)
    made_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    found = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="extract_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="extract_answered_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "made", "turned_down"])
                | Q(answered_by__isnull=False),
                name="extract_is_made_once_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "made"], key_encrypted__isnull=False)
                | (~Q(state__in=["approved", "made"]) & Q(key_encrypted__isnull=True)),
                name="extract_has_its_key_while_it_stands",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") ^ Q(ended_at__isnull=True),
                name="extract_ended_at_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="made") | Q(made_at__isnull=False) & ~Q(digest=""),
                name="extract_made_at_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="turned_down") ^ ~Q(turned_down_because=""),
                name="extract_turned_down_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(decision_number="") & ~Q(purpose=""),
                name="extract_rests_on_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(use="evaluation", environment="", certificate="")
                | Q(use="research") & ~Q(environment="") & ~Q(certificate=""),
                name="extract_for_research_goes_where_the_permit_says",
            ),
            models.CheckConstraint(
                condition=Q(begun_to__gte=F("begun_from")), name="extract_of_a_period"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["network", "-asked_at"], name="extract_asked")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        """Whether there is a file to take out."""
        return self.state == ExtractState.MADE

    @property
    def is_research(self) -> bool:
        return self.use == ExtractUse.RESEARCH
