"""Letters about an account itself: a link to choose a password, a new address, what has changed.

The link is made when the letter is handed over and stands nowhere else. Each goes to the person's
own address, or to the new one that is to be confirmed, and says nothing but what the account is
called.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from followup.models import Notice, Notification
from people.languages import language_of
from people.models import AddressChange, EntryRequest, EntryState, LetterTrial, User
from people.selectors import accounts_at, chooses_password
from people.services import link_of_change, mailed_link, trial_code

PASSWORD_LINK = "/password/{key}/{token}/"  # noqa: S105
CONFIRM_LINK = "/address/{token}/"
STOP_LINK = "/address/{token}/stop/"
LOG_INS = "/log-ins/"
ASKS_IN = "/letting-in/"

Written = tuple[tuple[str, str] | None, str]


def account_letter(notification: Notification) -> Written:
    """Subject and text, or None where nothing is left to tell; and the address, empty for none."""
    user = notification.user
    assert user is not None
    if not user.is_active or not _may_be_written_to(user):
        return None, ""
    with override(language_of(user)):
        if notification.notice == Notice.PASSWORD:
            return _password(user)
        if notification.notice == Notice.ADDRESS:
            return _new_address(user, UUID(notification.about))
        if notification.notice == Notice.TRIAL:
            return _trial(UUID(notification.about))
        return _changed(user, notification.about)


def _password(user: User) -> Written:
    if not chooses_password(user) or not (user.is_new or user.email_confirmed_at):
        return None, ""
    link = mailed_link(user)
    path = PASSWORD_LINK.format(key=link.user_key, token=link.token)
    lines = [
        _("Choose a password for Yhdessä here:"),
        settings.PUBLIC_URL + path,
        _("The link works once, for 24 hours. Your user name is %(name)s.")
        % {"name": user.username},
        _("If you did not ask for this, do nothing."),
    ]
    return (_("Choose a password"), "\n".join(lines)), user.email


def _new_address(user: User, change_id: UUID) -> Written:
    change = AddressChange.objects.filter(pk=change_id, closed_at__isnull=True).first()
    if change is None or _is_somebody_elses(change):
        return None, ""
    lines = [
        _("This address was given for a log-in to Yhdessä. If it is yours, confirm it here:"),
        settings.PUBLIC_URL + CONFIRM_LINK.format(token=link_of_change(change)),
        _("If you do not know what this is about, do nothing."),
    ]
    return (_("Confirm your address"), "\n".join(lines)), change.address


def _trial(trial_id: UUID) -> Written:
    trial = LetterTrial.objects.filter(pk=trial_id, arrived_at__isnull=True).first()
    if trial is None:
        return None, ""
    code = trial_code(trial)
    lines = [
        _("This letter was sent to try whether letters from Yhdessä arrive. Its code is"),
        f"{code[:4]} {code[4:]}",
        _("Type it on the page Installation. If you did not ask for this, do nothing."),
    ]
    return (_("A trial letter"), "\n".join(lines)), trial.address


def _changed(user: User, about: str) -> Written:
    """To the address that stands: so that what somebody else did is seen and can be stopped."""
    what, _colon, which = about.partition(":")
    text = _("Something has changed in how you log in to Yhdessä. See what:")
    lines = [text, settings.PUBLIC_URL + LOG_INS]
    if what in ("asks_in", "let_in"):
        return _of_letting_in(what, UUID(which), user)
    if what == "address":
        change = AddressChange.objects.filter(pk=UUID(which), closed_at__isnull=True).first()
        if change is None:
            return None, ""
        lines = [
            _("Another address was given for your log-in to Yhdessä. If it is not yours, stop it:"),
            settings.PUBLIC_URL + STOP_LINK.format(token=link_of_change(change, stop=True)),
        ]
    person = getattr(user, "person", None)
    to = user.email or (person.email if person else "")
    return (_("A change in your log-in"), "\n".join(lines)), to


def _of_letting_in(what: str, request_id: UUID, user: User) -> Written:
    """To whoever lets in, while somebody waits; and to whoever was let in."""
    if what == "let_in":
        lines = [_("You have been let in to Yhdessä. Log in as you did before:")]
        return (_("You have been let in"), "\n".join([*lines, settings.PUBLIC_URL])), user.email
    waits = EntryRequest.objects.filter(pk=request_id, state=EntryState.WAITING)
    if not waits.exists():
        return None, ""
    lines = [_("Somebody of your own organisation asks to be let in to Yhdessä. See who:")]
    return (
        (_("Somebody asks to be let in"), "\n".join([*lines, settings.PUBLIC_URL + ASKS_IN])),
        user.email,
    )


def _is_somebody_elses(change: AddressChange) -> bool:
    return accounts_at(change.address).exclude(pk=change.user_id).exists()


def _may_be_written_to(user: User) -> bool:
    """Nobody under non-disclosure is written to by e-mail, and nobody who has died."""
    person = getattr(user, "person", None)
    return person is None or (person.died_on is None and not person.non_disclosure)
