"""The append-only log. Its rows are chained by hash, one chain a case (or a person before one).

The database fills ``seq``, ``previous_hash`` and ``hash`` and refuses UPDATE, DELETE and
TRUNCATE (``migrations/0003_append_only.sql``). No foreign keys: see the room's docstring.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditKind(models.TextChoices):
    ACCESS = "access", _("Looked at")
    DISCLOSURE = "disclosure", _("Disclosed")
    CHANGE = "change", _("Changed")


class Purpose(models.TextChoices):
    """Why something was looked at: a code, so that no content can slip into the log."""

    ASSESS_NEED = "assess_need", _("to assess whether joint service is needed")
    KEEP_CASE = "keep_case", _("to work on the joint case")
    MAKE_PLAN = "make_plan", _("to make or review the joint plan")
    OWN_DATA = "own_data", _("to read own information")
    SEARCH = "search", _("to find a case of their own")
    FOLLOW_UP = "follow_up", _("to follow what was agreed")
    EXPLAIN = "explain", _("to explain who sees what")
    EMERGENCY = "emergency", _("an emergency")
    ASKED = "asked", _("access was asked for and given")
    SHARED = "shared", _("it has been shared with them")
    GRACE = "grace", _("they were the case manager until a moment ago")
    ANSWER = "answer", _("to answer a question or a request")


class AuditRow(models.Model):
    """One access, disclosure or change: who, when, which person or case, which categories, why.

    ``grounds`` says for each category on what ground it was shown: a section of law, ``consent``,
    or ``own`` for what the body recorded itself.
    """

    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField(default=0, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=AuditKind)
    actor_kind = models.CharField(max_length=12)
    actor = models.CharField(max_length=60)
    actor_body = models.CharField(max_length=20, blank=True)
    actor_office_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    categories = ArrayField(models.CharField(max_length=30), default=list)
    grounds = models.JSONField(default=dict)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    previous_hash = models.CharField(max_length=64, default="", editable=False)
    hash = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_row_once_in_chain"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case_id", "-at"], name="audit_by_case"),
            models.Index(fields=["person_id", "-at"], name="audit_by_person"),
            models.Index(fields=["subject_id"], name="audit_by_subject"),
        ]


class Checkpoint(models.Model):
    """What expiry leaves of a chain: up to which row it was removed, and that row's hash."""

    chain = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    removed = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_checkpoint_once"),
        ]


class ChainHead(models.Model):
    """The last row of each chain, so that a row cut off the end is missed too."""

    chain = models.CharField(primary_key=True, max_length=60)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
