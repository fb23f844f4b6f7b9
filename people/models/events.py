"""What happened in the organisation, for those whom it is news: offices, networks, roles."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models.organisation import Municipality, Network, Office, Role


class OrganisationKind(models.TextChoices):
    ROLE_BEGAN = "role_began", _("Somebody begins in a role")
    ROLE_ENDED = "role_ended", _("Somebody leaves a role")
    NETWORK_FOUNDED = "network_founded", _("A network is founded")
    NETWORK_RENAMED = "network_renamed", _("A network has another name")
    NETWORK_ENDED = "network_ended", _("A network ends")
    TOWN_JOINED = "town_joined", _("A municipality joins a network")
    TOWN_LEFT = "town_left", _("A municipality leaves a network")
    TOWNS_MERGED = "towns_merged", _("Municipalities merge")
    OFFICE_MADE = "office_made", _("A new office")
    OFFICE_CHANGED = "office_changed", _("An office has another name or phone")
    OFFICE_CLOSED = "office_closed", _("An office closes")
    OFFICES_MERGED = "offices_merged", _("An office is merged into another")
    STAFF_LISTED = "staff_listed", _("Staff from a file")
    MACHINE_BEGAN = "machine_began", _("A system begins to read")
    MACHINE_ENDED = "machine_ended", _("A system reads no more")
    MACHINE_KEY = "machine_key", _("A system has another key")


class OrganisationEvent(models.Model):
    """One change of the organisation, from a day on: about offices and staff, never about a client.

    Told to whom it concerns (``people.selectors.list_organisation_news``) until each has read it.
    ``network`` and ``office``: whose people read it; without either, those who answer for the whole
    installation. ``words``: what the sentence needs besides, such as the name before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    network = models.ForeignKey(Network, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="+"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="organisation_event_newest")]


class OrganisationEventSeen(models.Model):
    """Somebody has read it: it leaves their first page."""

    event = models.ForeignKey(OrganisationEvent, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="organisation_event_seen_once"),
        ]
