"""Whom a register knows, with the codes and names they had."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from common.ids import new_id
from people.models.users import Language, User, is_language_code


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

    shares_name = False
    """Whether another of the same name and year stands in the same list: then the day is told."""

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
