"""Where somebody is logged in, and what is written down of how accounts are used."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ids import new_id


class LogIn(AbstractBaseSession):
    """A browser's session, and whose log-in it is; nobody's before they have logged in.

    It is over at ``expire_date``, which the session store sets from ``began_at`` and
    ``last_used_at`` (``web.sessions``); a log-in that is ended is deleted. Its owner knows it by
    ``id``: the session's key is as good as a password and stands on no page. ``device`` is what
    the browser says of itself. ``issuer`` and ``issuer_session``: the identity provider they came
    from, and its own name of the log-in there, both "" for a password; a log-out there ends it.
    ``answered_at``: when a worker's own body last said that they are who they were, None where no
    body is asked; the log-in outlives it by an hour at most (docs/adr/0032).
    """

    # Not unique: while a session is given a new key, the row of the old one still stands.
    id = models.UUIDField(default=new_id, editable=False, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="log_ins"
    )
    began_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField()
    device = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=500, blank=True, db_default="", default="")
    issuer_session = models.CharField(max_length=255, blank=True, db_default="", default="")
    answered_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, began_at__isnull=True)
                | models.Q(user__isnull=False, began_at__isnull=False),
                name="log_in_began_with_a_user",
            ),
            models.CheckConstraint(
                condition=models.Q(issuer_session="") | ~models.Q(issuer=""),
                name="log_in_session_is_an_issuers",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store of this installation."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class AccountEvent(models.TextChoices):
    """What the log says of an account: the ``action`` of a row about a user.

    Read by whose account it is and by the data-protection officer, and by nobody else.
    """

    LOGGED_IN = "logged_in", _("Logged in")
    LOG_IN_FAILED = "log_in_failed", _("A log-in with a wrong password")
    LOG_IN_HELD = "log_in_held", _("Many wrong passwords: the next try had to wait")
    LOG_IN_REFUSED = "log_in_refused", _("A log-in by an identity provider was refused")
    SHOWN_ANEW = "log_in_shown_anew", _("Logged in more surely, or anew, for one thing")
    FACTOR_FAILED = "second_factor_failed", _("A wrong code or passkey")
    FACTOR_ADDED = "second_factor_added", _("A passkey or an app with codes was added")
    FACTOR_REMOVED = "second_factor_removed", _("A passkey or an app with codes was taken away")
    FACTOR_ENDED = (
        "second_factor_ended",
        _("A lost second factor was ended by somebody who keeps the account"),
    )
    RECOVERY_MADE = "recovery_codes_made", _("Recovery codes were made")
    RECOVERY_USED = "recovery_code_used", _("A recovery code was used")
    CODE_GIVEN = "log_in_code_given", _("A worker printed a code to log in with")
    CODE_USED = "log_in_code_used", _("A code on paper was used to log in")
    LOGGED_OUT = "logged_out", _("Logged out")
    LOG_IN_LINKED = (
        "log_in_linked",
        _("The log-in of one's own organisation was linked to the account"),
    )
    LET_IN = "let_in", _("Let in to work here")
    LOG_IN_ENDED = "log_in_ended", _("A log-in was ended from elsewhere")
    PRACTICE_BEGUN = "practice_begun", _("Began to practise: nobody there is real")
    PRACTICE_ENDED = "practice_ended", _("Ended practising")
    CREATED = "user_created", _("The account was made")
    LINK_SENT = "password_link_sent", _("A link to choose a password was sent to its address")
    LINK_PRINTED = (
        "password_link_printed",
        _("A link to choose a password was printed by the installation's operator"),
    )
    PASSWORD_ASKED = "password_asked", _("A new password was asked for at the log-in")
    ADDRESS_ASKED = "address_asked", _("A new address was asked for")
    ADDRESS_APPROVED = "address_approved", _("The new address was approved")
    ADDRESS_CHANGED = "address_changed", _("The address was changed")
    ADDRESS_STOPPED = "address_stopped", _("The change of address was stopped")
    PASSWORD_CHOSEN = "password_chosen", _("A password was chosen")
    LOOKED_AT = "log_ins_read", _("The data-protection officer looked at this list")
