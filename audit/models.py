"""The append-only log: a row a page view and a row a change, sealed afterwards batch by batch.

The database says when a row was written and refuses UPDATE, DELETE and TRUNCATE
(``migrations/0005_one_row_a_view.sql``). No foreign keys: see the room's docstring.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models.functions import Now
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
    BREACH = "breach", _("to look into a suspected data breach")
    EVALUATE = "evaluate", _("to evaluate the joint service, without names")


class AuditRow(models.Model):
    """One page view, disclosure or change: who, when, whom it was about, what of them, why.

    A view is about everybody it showed: the columns ``subjects``, ``shown_as`` and ``palette`` say
    of each what was shown and on what ground, a section of law, ``consent``, or ``own`` for what
    the body recorded itself (``audit.shown``); read them with ``accesses_in``. A change is about
    one thing: ``case_id``, ``person_id``, ``subject_type``, ``subject_id``, ``categories`` are its.

    ``at`` is the moment of the request, by the clock that everything in it went by; ``written_at``
    that of the database, which nobody who writes can set.
    """

    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    kind = models.CharField(max_length=12, choices=AuditKind)
    actor_kind = models.CharField(max_length=12)
    actor = models.CharField(max_length=60)
    actor_body = models.CharField(max_length=20, blank=True)
    actor_office_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    subjects = ArrayField(models.UUIDField(), default=list)
    shown_as = ArrayField(models.IntegerField(), default=list)
    palette = models.TextField(blank=True)
    categories = ArrayField(models.CharField(max_length=30), default=list)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(shown_as__len=models.F("subjects__len")),
                name="audit_row_says_what_of_each",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["subjects"], name="audit_by_whom"),
            models.Index(
                fields=["case_id", "-at"],
                condition=models.Q(case_id__isnull=False),
                name="audit_by_case",
            ),
            models.Index(
                fields=["person_id", "-at"],
                condition=models.Q(person_id__isnull=False),
                name="audit_by_person",
            ),
            models.Index(
                fields=["subject_id"],
                condition=models.Q(subject_id__isnull=False),
                name="audit_by_subject",
            ),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ]


class MultiRangeField(models.Field):  # type: ignore[type-arg]
    """A set of whole numbers, kept by PostgreSQL as its stretches."""

    def db_type(self, connection: Any) -> str:
        return "int8multirange"


class Seal(models.Model):
    """A batch of rows that nobody changes any more unnoticed, and the seal before it.

    Made by the database's function ``audit_seal_rows``, which only the sealer may call.
    ``ids`` are the rows', with the gaps that transactions left which were not at their end;
    a later seal holds those. ``top`` is the highest row sealed so far. ``digest`` is taken over
    the rows in the order of their ids, ``hash`` over the seal with the ``previous_hash``.
    ``laid_down``: rows of an artificial past, whose moments are not those of writing.
    """

    number = models.BigIntegerField(primary_key=True)
    ids = MultiRangeField()
    top = models.BigIntegerField()
    row_count = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    laid_down = models.BooleanField(default=False)
    sealed_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["ids"], name="audit_seal_of_row")]
