"""What the client is asked and decides, and what stands by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Body, Receiver
from common.history import History
from common.ids import new_id
from consent.models.category import Category
from consent.models.ground import PolicyText
from consent.models.party import OutsideParty
from people.models import Office

if TYPE_CHECKING:
    from consent.models.written_down import WrittenDown


class ConsentRequest(models.Model):
    """A worker asks the client to open some categories to a body, and says why and until when.

    Never a precondition of service. Answered by a :class:`Consent` that names it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consent_requests")
    receiver = models.CharField(max_length=20, choices=Body)
    categories = ArrayField(models.CharField(max_length=30, choices=Category))
    purpose = models.CharField(max_length=300)
    valid_to = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(categories__len__gte=1), name="consent_request_names_something"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="consent_request_says_why"),
        ]

    @property
    def category_labels(self) -> list[str]:
        return [str(Category(code).label) for code in self.categories]


class Choice(models.TextChoices):
    GRANTED = "granted", _("Agreed")
    DENIED = "denied", _("Said no")
    REVOKED = "revoked", _("Taken back")


class Scope(models.TextChoices):
    ALL = "all", _("Everything that is the client's choice")
    CATEGORIES = "categories", _("Chosen kinds of information")
    DOCUMENT = "document", _("One thing only")


class Method(models.TextChoices):
    ONLINE = "online", _("Online, with strong identification")
    PAPER = "paper", _("On paper, signed")
    ORAL = "oral", _("Orally, with a witness")


class DecidedFor(models.TextChoices):
    """What a decision is for where nobody wrote it: a code, said in the reader's language."""

    PLAN = "plan", _("the joint plan")
    ENDED = "ended", _("ended")


class Consent(models.Model):
    """One act of the client: what they agreed to, said no to or took back, and how it was heard.

    Never changed afterwards; what stands by it is in its lines. ``valid_from`` and ``valid_to``
    are inclusive days. ``policy`` is the text the client had read, in the language they read. What
    it is for, :attr:`what_for`, is what somebody wrote, or ``purpose_code``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    choice = models.CharField(max_length=10, choices=Choice)
    scope = models.CharField(max_length=12, choices=Scope)
    receiver = models.CharField(max_length=20, choices=Receiver)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    party = models.ForeignKey(
        OutsideParty, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=300, blank=True)
    purpose_code = models.CharField(max_length=10, choices=DecidedFor, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=Method)
    scan_reference = models.CharField(max_length=100, blank=True)
    witness = models.CharField(max_length=200, blank=True)
    policy = models.ForeignKey(PolicyText, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        ConsentRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(receiver=Receiver.OUTSIDE, office__isnull=True, party__isnull=False)
                | (~Q(receiver=Receiver.OUTSIDE) & Q(party__isnull=True)),
                name="consent_names_its_receiver",
            ),
            # What is told to it is told by law: there is nothing to agree to.
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.MUNICIPALITY), name="consent_is_to_those_who_see"
            ),
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.OUTSIDE, choice=Choice.GRANTED)
                | Q(valid_to__isnull=False),
                name="consent_to_outsiders_ends",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(method=Method.ONLINE, scan_reference="", witness="")
                | (Q(method=Method.PAPER) & ~Q(scan_reference=""))
                | (Q(method=Method.ORAL) & ~Q(witness="")),
                name="consent_says_how_it_was_heard",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") | ~Q(purpose_code=""), name="consent_says_what_for"
            ),
        ]

    @property
    def what_for(self) -> str:
        """What it is for, in the writer's words or in the language in force."""
        return self.purpose or str(DecidedFor(self.purpose_code).label)

    @property
    def as_written(self) -> WrittenDown | None:
        """How a worker wrote it down; None of what the client decided online."""
        return getattr(self, "written_down", None)

    @property
    def receiver_label(self) -> str:
        """The office or the party by name, else the body."""
        if self.party is not None:
            return self.party.label
        return self.office.name if self.office else str(Receiver(self.receiver).label)


class EndedCode(models.TextChoices):
    """Why a line ended though the client decided nothing: a code, said in the reader's language."""

    CASE_ENDED = "case_ended", _("The joint service has ended.")
    INVITATION_WITHDRAWN = "withdrawn", _("The invitation was taken back before it was taken up.")


class ConsentLine(models.Model):
    """What stands by a consent: one category, or one thing in it, for one receiver.

    ``denied`` lines are a no, and a no is stronger than a yes. At most one line stands for one
    target; a newer consent ends the older line, or ``ended_code`` says what else did.
    ``document`` is the id of the one thing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consent_lines")
    denied = models.BooleanField()
    receiver = models.CharField(max_length=20, choices=Receiver)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    party = models.ForeignKey(
        OutsideParty, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    category = models.CharField(max_length=30, choices=Category)
    document = models.UUIDField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="ended_lines"
    )
    ended_code = models.CharField(max_length=20, choices=EndedCode, blank=True, db_default="")

    history = History()

    only_changes: ClassVar[tuple[str, ...]] = ("ended_at", "ended_by", "ended_code")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "receiver", "category", "office", "party", "document"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="consent_line_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_code="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_code="")
                | Q(ended_at__isnull=False, ended_by__isnull=True) & ~Q(ended_code=""),
                name="consent_line_ended_at_and_by_together",
            ),
        ]

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)
