"""Users, networks, municipalities, offices, positions and persons."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id


class Language(models.TextChoices):
    """The languages there are texts in; what a person speaks may be another."""

    FINNISH = "fi", "suomi"
    SWEDISH = "sv", "svenska"
    ENGLISH = "en", "English"


is_language_code = RegexValidator(
    r"\A[a-z]{2,3}\Z", _("Give a language as two or three letters, such as fi or ru.")
)


class UserManager(BaseUserManager["User"]):
    """Makes users. There are no superusers: nobody has a back door into client information."""

    def create_user(self, username: str, password: str | None = None, **fields: str) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who logs in. What they may do follows from a position or from being a client."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=150, unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.FINNISH)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            # Log-ins are found whatever the case: two that differ only in it would let neither in.
            models.UniqueConstraint(Lower("username"), name="user_name_whatever_its_case"),
        ]

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Network(models.Model):
    """Municipalities and the three bodies that serve them together (Act 381/2023 s. 9)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality; belongs to at most one network of this installation."""

    code = models.CharField(primary_key=True, max_length=3)
    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="municipalities"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{3}$"), name="municipality_code_is_three_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi


class Office(models.Model):
    """An office of one body in one network: what a team or a log can name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="offices")
    body = models.CharField(max_length=20, choices=Body)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "body", "name"], name="office_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    DIRECTOR = "director", _("Director of the joint service")
    OFFICER = "officer", _("Data-protection officer")
    OUTSIDE = "outside", _("Outside party")


class Position(models.Model):
    """What a user works as, from ``since`` to before ``until``; one at a time.

    A caseworker sits in an office (and so in a body and a network); the director has a
    network and no office, having no line authority over the bodies (report 2020:40, Toimeenpano
    3.4.1). The data-protection officer answers for the whole installation and has neither, like
    somebody outside the three bodies, who sees only what a client has opened to them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    leads = models.BooleanField(_("Leads the office"), default=False, db_default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(leads=False) | Q(role=Role.CASEWORKER), name="position_leads_an_office"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.DIRECTOR, network__isnull=False, office__isnull=True)
                | Q(role=Role.CASEWORKER, network__isnull=False, office__isnull=False)
                | Q(
                    role__in=[Role.OFFICER, Role.OUTSIDE],
                    network__isnull=True,
                    office__isnull=True,
                ),
                name="position_office_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="position_ends_after_start",
            ),
            ExclusionConstraint(
                name="position_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class Person(models.Model):
    """Somebody a register knows. Being here says nothing about being a client of a case.

    The identity code can change and is never a key: it is kept encrypted, with a keyed hash
    to search by; those they had before are kept (:class:`FormerCode`). ``sort_key`` orders names
    the Finnish way on every server. ``language`` is the register's code, whether or not there are
    texts in it (``people.languages``); ``chosen_language`` is what the person has chosen to read
    here, empty where they have not: no register takes their choice away.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity_code_encrypted = models.BinaryField()
    identity_code_hash = models.CharField(max_length=64, unique=True)
    birth_date = models.DateField()
    last_name = models.CharField(max_length=100)
    first_names = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=400, db_index=True)
    language = models.CharField(
        max_length=3, validators=[is_language_code], default=Language.FINNISH.value
    )
    chosen_language = models.CharField(
        max_length=2, choices=Language, blank=True, default="", db_default=""
    )
    municipality_code = models.CharField(max_length=3, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    non_disclosure = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["sort_key"], name="person_name_trigram", opclasses=["gin_trgm_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(municipality_code__regex=r"^\d{3}$"),
                name="person_municipality_is_three_digits",
            ),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{2,3}$"), name="person_language_is_a_code"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.last_name}"

    @property
    def name_in_list(self) -> str:
        return f"{self.last_name}, {self.first_names}"

    @property
    def birth_year(self) -> int | None:
        """What tells two of one name apart in a list; None where the name is not open."""
        return self.birth_date.year if self.birth_date else None


class FormerCode(models.Model):
    """An identity code a person had before: whoever speaks of it still speaks of them.

    The database lets no code be a former one of two people, nor at the same time somebody's
    present one. ``changed_by`` is the label of the actor who wrote the change down.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_codes")
    identity_code_encrypted = models.BinaryField()
    identity_code_hash = models.CharField(max_length=64, unique=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)


class FormerName(models.Model):
    """A name a person had before: whoever remembers it still finds them.

    The database writes it whenever a name changes, by an import as by a page.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    last_name = models.CharField(max_length=100)
    first_names = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=400)
    changed_at = models.DateTimeField()


class ProtectionQuestion(models.Model):
    """A register says that a person's non-disclosure has ended; the protection stands meanwhile.

    Somebody confirms it on a page. The row goes when the register says again that there is a
    protection, or when the protection is taken away. ``answered_at``: somebody has looked and
    left the protection on; the same extract again does not ask them anew.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="protection_question"
    )
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="protection_answered_at_and_by_together",
            ),
        ]


class LifeKind(models.TextChoices):
    """What has changed in a person's life (docs/adr/0011)."""

    DIED = "died", _("Death")
    IDENTITY_CODE = "identity_code", _("Changed personal identity code")
    NAME = "name", _("Changed name")
    PROTECTED = "protected", _("Details are not to be disclosed")
    UNPROTECTED = "unprotected", _("Details may be disclosed again")
    MOVED = "moved", _("Moved to another municipality")
    LEFT = "left", _("The case ended because of a move")
    JOINED = "joined", _("Two records were one person")


NEEDS_SECOND = (LifeKind.IDENTITY_CODE, LifeKind.UNPROTECTED, LifeKind.JOINED)
"""What takes effect only when a second person has confirmed it."""


class LifeState(models.TextChoices):
    ASKED = "asked", _("Waits for a second person")
    DONE = "done", _("In effect")
    TURNED_DOWN = "turned_down", _("Turned down")
    UNDONE = "undone", _("Taken back")


class LifeEvent(models.Model):
    """One change in a person's life: who wrote it down, who confirmed it, what it changed.

    ``recorded_by`` is empty where a register said it. ``on`` is the day it happened, where that is
    not the day it was written down. ``words``: the
    reason, where one is asked. ``kept`` is encrypted: what is to be written while it waits for the
    second person; the journal of what it changed (``common.journal``) while it can be taken back,
    and nothing after that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="life_events")
    kind = models.CharField(max_length=20, choices=LifeKind)
    state = models.CharField(max_length=12, choices=LifeState)
    on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=LifeState.ASKED),
                name="life_event_asked_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=LifeKind.DIED, state=LifeState.DONE),
                name="life_event_one_death",
            ),
            # Nobody changes alone what would let them take a case to another person, or take away
            # a protection: the second person is another one.
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_SECOND)
                | Q(done_by__isnull=True)
                | ~Q(done_by=F("recorded_by")),
                name="life_event_second_person",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LifeState.ASKED, LifeState.TURNED_DOWN],
                    done_at__isnull=True,
                    done_by__isnull=True,
                )
                | Q(
                    state__in=[LifeState.DONE, LifeState.UNDONE],
                    done_at__isnull=False,
                    done_by__isnull=False,
                )
                | Q(
                    state__in=[LifeState.DONE, LifeState.UNDONE],
                    done_at__isnull=False,
                    recorded_by__isnull=True,
                ),
                name="life_event_done_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LifeState.ASKED, LifeState.DONE],
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(
                    state__in=[LifeState.TURNED_DOWN, LifeState.UNDONE],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="life_event_closed_fits_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-recorded_at"], name="life_event_of_person"),
        ]


class LifeEventSeen(models.Model):
    """A worker has seen a change in a client's life: it leaves their first page."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="life_event_seen_once"),
        ]


class Draft(models.Model):
    """What a user has begun to write on a page and not saved: given back when they come again.

    Theirs alone: nobody else reads it, it is no record of anybody, and it goes when the page is
    saved or after some days. ``page`` is the page's address; whoever may no longer open the page
    does not get the draft either.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "page"], name="draft_one_a_page"),
        ]


class SentForm(models.Model):
    """A form that was sent and did something: the same one sent again does nothing more.

    ``digest`` stands for who sent it, where, with which one-time key of the page and what was in
    it, and says none of them. ``answer`` is the address it led to, empty where a page was shown.
    Kept some days; no record of anybody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="sent_forms"
    )
    digest = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(db_index=True)
