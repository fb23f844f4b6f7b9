"""Who logs in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.ids import new_id


class Language(models.TextChoices):
    """The languages there are texts in; what a person speaks may be another."""

    FINNISH = "fi", "suomi"
    SWEDISH = "sv", "svenska"
    ENGLISH = "en", "English"


is_language_code = RegexValidator(
    r"\A[a-z]{2,3}\Z", _("Give a language as two or three letters, such as fi or ru.")
)


def address_key(address: str | Value) -> Lower:
    """What two addresses of one mailbox have in common; ``address``: a field's name or a value."""
    without_tag = Func(
        address, Value(r"\+[^@]*@"), Value("@"), function="regexp_replace",
        output_field=models.TextField(),
    )  # fmt: skip
    return Lower(without_tag)


class UserManager(BaseUserManager["User"]):
    """Makes users. There are no superusers: nobody has a back door into client information."""

    def create_user(self, username: str, password: str | None = None, **fields: str) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who logs in. What they may do follows from a position or from being a client.

    ``welcomed_at``: when a client was shown, at their first log-in, what this is; a worker, what
    helps in the first hour.
    ``own_code_hash``: the keyed hash of a worker's own identity code, where their body's directory
    tells it: their own case does not exist for them while they work.
    ``email_confirmed_at``: since when whoever reads ``email`` is known to be this user; a lost
    password is chosen anew by a letter there, and by none elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=150, unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.FINNISH)
    is_active = models.BooleanField(default=True)
    welcomed_at = models.DateTimeField(null=True, blank=True)
    own_code_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            # Log-ins are found whatever the case: two that differ only in it would let neither in.
            models.UniqueConstraint(Lower("username"), name="user_name_whatever_its_case"),
            # One address is one person's, with whatever case and tag: name+tag@ is name@.
            models.UniqueConstraint(
                address_key("email"), condition=~Q(email=""), name="user_address_is_one_persons"
            ),
        ]

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_new(self) -> bool:
        """Whether nobody has ever used this account: no password, no address, no other log-in."""
        used = self.has_usable_password() or self.email_confirmed_at is not None
        return not used and not self.logs_in_elsewhere

    @property
    def logs_in_elsewhere(self) -> bool:
        """Whether an identity provider says who this is: then no password is chosen here."""
        return self.external_log_ins.exists()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"
