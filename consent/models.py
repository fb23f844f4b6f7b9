"""Categories, the dated ground table, consents, and what a row of client information carries."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Body, Party, Receiver
from common.history import History
from common.ids import new_id
from people.models import Language, Network, Office


class Category(models.TextChoices):
    """The closed list of Act 381/2023 s. 11 (1369/2014 s. 9), and what is beyond it."""

    IDENTITY_CONTACT = "identity_contact", _("Name and contact details")
    CASE_HANDLING = "case_handling", _("How the case is handled")
    EDUCATION_WORK = "education_work", _("Education and work")
    SOCIAL_SITUATION = "social_situation", _("Social situation")
    HEALTH_WORK_ABILITY = "health_work_ability", _("Health and work ability")
    SERVICE_NEEDS = "service_needs", _("Need for services")
    PLAN_FOLLOW_UP = "plan_follow_up", _("Plan and its follow-up")
    SELF_ASSESSMENT = "self_assessment", _("Own assessments")
    BENEFITS_DETAIL = "benefits_detail", _("Details of benefits")


CLOSED_LIST = frozenset(Category) - {Category.SELF_ASSESSMENT, Category.BENEFITS_DETAIL}


class Fact(models.TextChoices):
    """Register facts a body may know before a case.

    To the end of 2024 Kela gave the count of paid days (1369/2014 2 §); since, nothing is
    recorded before the case has started (381/2023 12 §). The dated table says who knows what.
    """

    UNEMPLOYMENT_SPELLS = "unemployment_spells", _("Unemployment spells")
    PAID_DAY_COUNTS = "paid_day_counts", _("Number of paid days")
    BENEFIT_PERIODS = "benefit_periods", _("Benefit periods")


class Basis(models.TextChoices):
    """Why a body sees a category."""

    STATUTE = "statute", _("The law")
    CONSENT = "consent", _("The client's consent")


class Ground(models.Model):
    """One row of the ground table: this receiver gets this category on this ground, in these days.

    ``valid_from`` and ``valid_to`` are both inclusive days. A row without ``network`` is
    national; a network's own row comes beside it (its own decision). A row counts only once
    the data-protection officer has signed it: consent, or a network's decision, does not widen
    a closed list by itself. Signed, it stands still but for its last day; unsigned, it is a
    draft. Outside parties receive by consent only, on the same rows everywhere; the home
    municipality is told facts from before a case by law only, and never here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds"
    )
    category = models.CharField(max_length=30)
    receiver = models.CharField(max_length=20, choices=Receiver)
    basis = models.CharField(max_length=10, choices=Basis)
    section = models.CharField(max_length=100)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(category__in=[*Category.values, *Fact.values]),
                name="ground_category_is_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="ground_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="")
                | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="ground_signed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.OUTSIDE)
                | Q(basis=Basis.CONSENT, category__in=Category.values, network__isnull=True),
                name="ground_outside_by_consent_only",
            ),
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.MUNICIPALITY)
                | Q(basis=Basis.STATUTE, category__in=Fact.values, network__isnull=True),
                name="ground_municipality_by_law_only",
            ),
            ExclusionConstraint(
                name="ground_one_at_a_time",
                condition=Q(signed_at__isnull=False),
                expressions=[
                    ("category", RangeOperators.EQUAL),
                    ("receiver", RangeOperators.EQUAL),
                    (
                        Func(
                            F("network"),
                            Value("00000000-0000-0000-0000-000000000000"),
                            function="COALESCE",
                            template="%(function)s(%(expressions)s::uuid)",
                            output_field=models.UUIDField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def category_label(self) -> str:
        if self.category in Category.values:
            return str(Category(self.category).label)
        return str(Fact(self.category).label)

    def state_on(self, day: date) -> str:
        """``draft``, ``to_come``, ``in_force`` or ``ended`` on a day."""
        if not self.is_signed:
            return "draft"
        if self.valid_from > day:
            return "to_come"
        return "ended" if self.valid_to is not None and self.valid_to < day else "in_force"


class PolicyText(models.Model):
    """What a client reads before deciding: one numbered version in one language, never changed."""

    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "language"], name="policy_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="policy_text_says_something"),
        ]


class OutsideKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    REHABILITATION = "rehabilitation", _("Rehabilitation provider")
    WORKPLACE = "workplace", _("Workplace")
    HEALTH = "health", _("Contact in health care")
    TRUSTED = "trusted", _("Person of trust")


class OutsideParty(models.Model):
    """Somebody outside the three bodies, invited to one case by a consent of its client.

    Named by the client (or a worker beside them). The invitation is a secret that works once,
    kept as its hash; taking it up ties a user to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outside_parties")
    kind = models.CharField(max_length=20, choices=OutsideKind)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    secret_hash = models.CharField(max_length=64, blank=True)
    secret_until = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outside_parties",
    )
    taken_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, taken_up_at__isnull=True)
                | Q(user__isnull=False, taken_up_at__isnull=False, secret_hash=""),
                name="outside_party_secret_works_once",
            ),
            models.UniqueConstraint(
                fields=["secret_hash"],
                condition=~Q(secret_hash=""),
                name="outside_party_secret_is_unique",
            ),
        ]

    @property
    def label(self) -> str:
        """The name, with the organisation where there is one."""
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


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
    def receiver_label(self) -> str:
        """The office or the party by name, else the body."""
        if self.party is not None:
            return self.party.label
        return self.office.name if self.office else str(Receiver(self.receiver).label)


class ConsentLine(models.Model):
    """What stands by a consent: one category, or one thing in it, for one receiver.

    ``denied`` lines are a no, and a no is stronger than a yes. At most one line stands for one
    target; a newer consent ends the older line. ``document`` is the id of the one thing.
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

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "receiver", "category", "office", "party", "document"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="consent_line_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="consent_line_ended_at_and_by_together",
            ),
        ]

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)


class ClientInformation(models.Model):
    """What every row of client information carries, so that the gate can judge it in SQL.

    Whoever recorded a row answers for it (Act 1369/2014 s. 9 last para.) and keeps seeing it.
    ``document_field`` names the column by which a client shares one such thing alone.
    """

    document_field: ClassVar[str] = "id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    category = models.CharField(
        _("What it concerns"),
        max_length=30,
        choices=Category,
        default=Category.PLAN_FOLLOW_UP,
    )
    recorded_for = models.CharField(max_length=20, choices=Party)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    with_client = models.BooleanField(
        _("Written with the client present"), default=False, db_default=False
    )

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """The thing in a few words, for a list of different things."""
        raise NotImplementedError
