"""The outbox: who is told, by which channel, when at the earliest, and whether it was handed over.

A notification holds no text: it is written when it is handed over, from its kind and the
reader's language, and says nothing of anybody's case.
"""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    SUOMIFI = "suomifi", _("Suomi.fi messages")


class Notice(models.TextChoices):
    """What somebody is told."""

    DIGEST = "digest", _("What waits for a worker today")
    NEWS = "news", _("Something new waits for the client")
    MESSAGE = "message", _("A new message from the team")
    POINT = "point", _("How are things, after the joint service")
    INVITED = "invited", _("An invitation to somebody outside")
    ENDED = "ended", _("What was shared outside has ended")
    PASSWORD = "password", _("A link to choose a password")
    ADDRESS = "address", _("A link to confirm a new address")
    ACCOUNT = "account", _("Something changed in how somebody logs in")
    TRIAL = "trial", _("A trial whether letters arrive")


AT_ONCE = (Notice.PASSWORD, Notice.ADDRESS, Notice.ACCOUNT, Notice.TRIAL)
"""What is handed over at any hour: somebody waits for it, or is to stop something."""


class NotificationState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    NEEDLESS = "needless", _("Nothing was left to tell")
    PARKED = "parked", _("Failed: somebody must look into it")


class Notification(models.Model):
    """One thing to hand over to one channel for one user, once.

    An invitation is for an outside party who has no log-in yet: ``about`` names them, and which of
    their invitations it is.
    ``about``: the day, the message or the point it tells of; with the kind, the user and the
    channel its unique key, so that no night and no restart makes it twice. Its own id is the
    message's id for the receiving side. ``not_before`` keeps to the reader's quiet hours, and holds
    it while somebody hands it over. ``handings``: how often that was begun and never answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    channel = models.CharField(max_length=10, choices=Channel)
    notice = models.CharField(max_length=10, choices=Notice)
    about = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=NotificationState, default=NotificationState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    handings = models.PositiveSmallIntegerField(default=0, db_default=0)
    failure = models.CharField(max_length=100, blank=True, db_default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "channel", "notice", "about"],
                nulls_distinct=False,
                name="notification_once",
            ),
            models.CheckConstraint(
                condition=Q(notice=Notice.INVITED, user__isnull=True)
                | ~Q(notice=Notice.INVITED) & Q(user__isnull=False),
                name="notification_is_for_a_user_or_invites",
            ),
            models.CheckConstraint(
                condition=Q(state=NotificationState.WAITING, closed_at__isnull=True)
                | (~Q(state=NotificationState.WAITING) & Q(closed_at__isnull=False)),
                name="notification_closed_fits_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "not_before"],
                condition=Q(state=NotificationState.WAITING),
                name="notification_waiting",
            ),
        ]


class ContactChoice(models.Model):
    """How one user wants to be told, and when not: nothing is handed over in the quiet hours.

    ``quiet_from`` to before ``quiet_until``, by the clock in Finland; the same twice is none. What
    is new always stands on their own page too.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="contact_choice",
    )
    email = models.BooleanField(_("By e-mail"), default=True)
    sms = models.BooleanField(_("By text message"), default=False)
    suomifi = models.BooleanField(_("By Suomi.fi messages"), default=False)
    quiet_from = models.TimeField(_("Not after"), default=time(20, 0))
    quiet_until = models.TimeField(_("Not before"), default=time(8, 0))
