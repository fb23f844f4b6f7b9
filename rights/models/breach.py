"""A breach of personal data: what one account was shown is examined, recorded, and told of.

GDPR Art. 33 (the authority within 72 hours, and a record of the breach whatever is told) and
Art. 34 (a letter to each person in plain language).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Language, Person

AUTHORITY_HOURS = 72
"""How long after it became known a breach is told to the authority (GDPR Art. 33(1))."""


class Examination(models.Model):
    """An officer looks at everything one account was shown or did between two moments, and why.

    From ``since`` to before ``until``. Kept for good: who examines staff is itself examined. The
    database refuses one's own account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="examinations"
    )
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="examination_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="examination_says_why"),
            models.CheckConstraint(
                condition=~Q(account=F("made_by")), name="examination_never_of_oneself"
            ),
        ]


class AuthorityTold(models.TextChoices):
    """What was decided about telling the supervisory authority (GDPR Art. 33(1))."""

    TOLD = "told", _("The authority has been told")
    NOT_NEEDED = "not_needed", _("Not told: no risk to anybody is likely")


class Breach(models.Model):
    """The record of one breach: facts, effects and measures (GDPR Art. 33(5)).

    ``known_at``: when the controller learnt of it; the authority's 72 hours run from there.
    ``authority_why``: why it is not told, or why it was told late.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    examination = models.OneToOneField(Examination, on_delete=models.PROTECT, related_name="breach")
    known_at = models.DateTimeField()
    facts = models.TextField()
    effects = models.TextField()
    measures = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    authority = models.CharField(max_length=12, choices=AuthorityTold, blank=True)
    authority_at = models.DateTimeField(null=True, blank=True)
    authority_why = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(effects="") & ~Q(measures=""),
                name="breach_says_facts_effects_measures",
            ),
            models.CheckConstraint(
                condition=Q(authority="", authority_at__isnull=True)
                | (~Q(authority="") & Q(authority_at__isnull=False)),
                name="breach_authority_told_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(authority=AuthorityTold.NOT_NEEDED) | ~Q(authority_why=""),
                name="breach_not_told_says_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_why="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_why="")),
                name="breach_closed_at_by_and_why",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def authority_due_at(self) -> datetime:
        """The last moment at which the authority is told in time."""
        return self.known_at + timedelta(hours=AUTHORITY_HOURS)

    def is_overdue(self, now: datetime) -> bool:
        """Whether the authority's hours are over and nothing was decided."""
        return not self.authority and now > self.authority_due_at


class BreachText(models.Model):
    """What every letter about a breach says in one language, between what is each person's own."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2, choices=Language)
    happened = models.TextField()
    may_follow = models.TextField()
    done = models.TextField()
    can_do = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["breach", "language"], name="breach_text_once_a_language"
            ),
        ]


class LetterWay(models.TextChoices):
    """How a letter went to somebody."""

    PORTAL = "portal", _("In this service")
    POST = "post", _("By post")


class BreachLetter(models.Model):
    """One person whose information the account was shown, and the letter that tells them.

    ``text`` is empty while it is a draft, and stays as it was sent. Goes with the person's record.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="breach_letters")
    categories = ArrayField(models.CharField(max_length=30), default=list)
    text = models.TextField(blank=True)
    way = models.CharField(max_length=10, choices=LetterWay, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True, way="", text="")
                | (Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(way="") & ~Q(text="")),
                name="breach_letter_sent_at_by_how_and_what",
            ),
        ]
