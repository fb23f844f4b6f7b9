"""Somebody asks for themselves: "I need more than one place's help".

A row of the one body it is sent to (Act 381/2023 s. 12: nothing joint is recorded before the
assessment begins). It always has somebody who answers and a day by which they do; the person is
told, and the row is gone some time after the answer.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.ids import new_id
from people.models import Office, Person


class AskedHelp(models.TextChoices):
    """With what somebody says that they need help, in everyday words."""

    WORK = "work", _("Finding work or studies")
    HEALTH = "health", _("Health or ability to work")
    MONEY = "money", _("Money, debts or benefits")
    DAILY_LIFE = "daily_life", _("Everyday life or housing")
    ALONE = "alone", _("Loneliness or the situation of the family")
    MANY_PLACES = "many_places", _("I am sent from place to place")


class RequestWay(models.TextChoices):
    PORTAL = "portal", _("In this service")
    PAPER = "paper", _("On paper")


class OwnRequestState(models.TextChoices):
    OPEN = "open", _("Waits for an answer")
    BEGUN = "begun", _("The joint assessment has begun")
    REFUSED = "refused", _("Joint service is not begun")
    WITHDRAWN = "withdrawn", _("Taken back")
    CLOSED = "closed", _("Closed without an answer")


class WhyNot(models.TextChoices):
    """Why joint service is not begun, in words the person reads (Act 381/2023 s. 3)."""

    ONE_PLACE = "one_place", _("One place can help you with this.")
    NOT_UNEMPLOYED = "not_unemployed", _("Joint service is for people who are out of work.")
    PLACES_AGREE = "places_agree", _("It is enough that the places agree about it with each other.")
    NOT_HERE = "not_here", _("You live in an area that another joint service looks after.")
    OTHER = "other", _("There is another reason.")


class HelpInstead(models.TextChoices):
    """What else helps: each refusal names something."""

    EMPLOYMENT = "employment", _("Employment services")
    SOCIAL = "social", _("Social services")
    KELA = "kela", _("Kela")
    HEALTH_CARE = "health_care", _("Your health centre")
    DEBT_ADVICE = "debt_advice", _("Financial and debt advice")
    ASSOCIATION = "association", _("An association or peer support")
    YOUTH = "youth", _("Guidance for people under 30 (Ohjaamo)")


class OwnRequest(models.Model):
    """One request, to one office; ``answer_by`` is the last day to answer, inclusive.

    ``handler`` answers: whoever leads the office, until they have named somebody
    (``named_at``). ``recorded_by``: the worker who wrote a paper down, which is kept in
    ``paper_place``. ``request_text`` is in the person's own words. ``why_not`` and ``why`` say why
    joint service is not begun, ``instead`` what else helps. ``case``: what it led to. ``read_at``:
    the person has read the answer. ``gone_on``: the first day on which the row is no longer there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_requests")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    helps = ArrayField(models.CharField(max_length=20, choices=AskedHelp))
    request_text = models.TextField(blank=True)
    way = models.CharField(max_length=10, choices=RequestWay)
    asked_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper_place = models.CharField(max_length=100, blank=True)
    answer_by = models.DateField()
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="own_requests_to_answer"
    )
    named_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OwnRequestState, default=OwnRequestState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_not = models.CharField(max_length=20, choices=WhyNot, blank=True)
    why = models.TextField(blank=True)
    instead = ArrayField(
        models.CharField(max_length=20, choices=HelpInstead), default=list, blank=True
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="own_requests"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    gone_on = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "office"],
                condition=Q(state=OwnRequestState.OPEN),
                name="own_request_one_open_an_office",
            ),
            models.CheckConstraint(
                condition=Q(helps__len__gte=1), name="own_request_says_with_what"
            ),
            models.CheckConstraint(
                condition=Q(way=RequestWay.PORTAL, recorded_by__isnull=True, paper_place="")
                | Q(way=RequestWay.PAPER, recorded_by__isnull=False) & ~Q(paper_place=""),
                name="own_request_paper_is_kept_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state=OwnRequestState.OPEN, answered_at__isnull=True, gone_on=None)
                | ~Q(state=OwnRequestState.OPEN)
                & Q(answered_at__isnull=False, gone_on__isnull=False),
                name="own_request_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state=OwnRequestState.REFUSED, instead__len__gte=1)
                & ~Q(why_not="")
                & ~Q(why="")
                | ~Q(state=OwnRequestState.REFUSED) & Q(why_not="", why=""),
                name="own_request_refused_says_why_and_what_helps",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(state=OwnRequestState.BEGUN),
                name="own_request_led_to_a_case",
            ),
            # Nobody answers what they have written down themselves on paper.
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True)
                | Q(answered_by__isnull=True)
                | ~Q(answered_by=F("recorded_by"))
                | ~Q(state=OwnRequestState.REFUSED),
                name="own_request_refused_by_another_than_its_writer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["handler"],
                condition=Q(state=OwnRequestState.OPEN),
                name="own_request_waiting",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == OwnRequestState.OPEN

    @property
    def helps_in_words(self) -> list[str]:
        """With what, as it is read."""
        return [str(AskedHelp(help_with).label) for help_with in self.helps]

    @property
    def instead_in_words(self) -> list[str]:
        """What else helps, as it is read."""
        return [str(HelpInstead(other).label) for other in self.instead]
