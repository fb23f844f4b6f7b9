"""What a user has of their own to log in with beside a password: passkeys, one-time codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from common.crypto import decrypt, encrypt
from people.models import Position, User
from web import throttle

KIND = Authenticator.Type


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted at rest; a passkey is of this service's own address."""

    def encrypt(self, text: str) -> str:
        return encrypt(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode())

    def get_totp_issuer(self) -> str:
        return "Yhdessä"

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        if settings.PRODUCTION:
            entity["id"] = urlsplit(settings.PUBLIC_URL).hostname or entity["id"]
        return {**entity, "name": "Yhdessä"}

    def is_mfa_enabled(self, user: User, types: Any = None) -> bool:
        """Whether a second factor is asked of them: of who works here, after the password.

        A client's password is another way in beside the passkey, of the same low level.
        """
        return works_here(user) and bool(super().is_mfa_enabled(user, types))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The log and one's own page say it; letters go through the outbox."""


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has: passkeys, an app that gives codes, recovery codes that are left."""

    passkeys: int = 0
    app: bool = False
    recovery_codes: int = 0

    def __bool__(self) -> bool:
        return bool(self.passkeys or self.app)

    @property
    def types_codes(self) -> bool:
        """Whether there is a code that can be typed: of the app, or one for recovery."""
        return bool(self.app or self.recovery_codes)


def works_here(user: User) -> bool:
    """Whether somebody was let in by a position, whichever; a client by none."""
    return Position.objects.filter(user_id=user.pk).exists()


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user_id=user.pk))
    codes = next((row for row in rows if row.type == KIND.RECOVERY_CODES), None)
    return Factors(
        passkeys=sum(row.type == KIND.WEBAUTHN for row in rows),
        app=any(row.type == KIND.TOTP for row in rows),
        recovery_codes=len(RecoveryCodes(codes).get_unused_codes()) if codes else 0,
    )


@dataclass(frozen=True, slots=True)
class OwnWays:
    """By which ways somebody gets in: a provider, passkeys, a password.

    ``no_letter_helps``: who has only a password, and forgets it, has no address for a link to it.
    """

    elsewhere: bool
    passkeys: int
    password: bool
    no_letter_helps: bool

    @property
    def any(self) -> bool:
        return bool(self.elsewhere or self.passkeys or self.password)


def ways_of(user: User) -> OwnWays:
    """By which ways this user gets in now."""
    password, elsewhere = user.has_usable_password(), user.logs_in_elsewhere
    return OwnWays(
        elsewhere=elsewhere,
        passkeys=factors_of(user).passkeys,
        password=password,
        no_letter_helps=password and not (user.email and user.email_confirmed_at),
    )


def is_right_code(request: HttpRequest, user: User, code: str) -> str:
    """Which kind of code it is, of the app or for recovery; empty where it is neither.

    Guessed no faster than a password. Raises ``throttle.TooManyTries``.
    """
    attempt = throttle.begin(request, name=f"second factor:{user.pk}")
    typed = "".join(code.split())
    for row in Authenticator.objects.filter(
        user_id=user.pk, type__in=(KIND.TOTP, KIND.RECOVERY_CODES)
    ):
        found = TOTP(row) if row.type == KIND.TOTP else RecoveryCodes(row)
        if found.validate_code(typed) and (row.type != KIND.TOTP or _uses(user, typed)):
            attempt.succeeded()
            row.refresh_from_db()
            row.record_usage()
            return str(row.type)
    return ""


def _uses(user: User, code: str) -> bool:
    """Use up a right code of the app; False where it was used before, in all the time it is right.

    A code is right in its own half minute and in the ones beside it (RFC 6238, 5.2), so that who
    types as it changes is not refused; the library forgets a used one after half a minute.
    """
    seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    key = salted_hmac("web.factors.used", f"{user.pk} {code}", algorithm="sha256").hexdigest()
    return bool(cache.add(f"used:{key}", True, seconds))


def passkey_asked(user: User | None) -> Any:
    """What the browser is asked for: a passkey of this user, or of whoever has one."""
    return plain(passkeys.begin_authentication(user))


def passkey_of(answer: dict[str, Any], user: User | None) -> Authenticator | None:
    """The passkey that a browser has answered with, or None where it is not right."""
    try:
        whose = user or passkeys.extract_user_from_response(answer)
        passkeys.parse_authentication_response(answer)
        found = passkeys.complete_authentication(whose, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    found.record_usage()
    return found


def new_passkey_asked(user: User) -> Any:
    """What the browser is asked for: to make a passkey, which then logs in without a name."""
    return plain(passkeys.begin_registration(user, passwordless=True))


def add_passkey(user: User, answer: dict[str, Any]) -> int | None:
    """Keep the passkey that a browser has made, and give its id; None where it is not right."""
    try:
        passkeys.parse_registration_response(answer)
        passkeys.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    key_id: int = passkeys.WebAuthn.add(user, "", answer).instance.pk
    return key_id


def row_of(user: User, kind: str) -> Authenticator:
    """The row of the one app, or of the recovery codes, that somebody has."""
    return Authenticator.objects.get(user_id=user.pk, type=kind)


def list_factors(user: User) -> list[Authenticator]:
    """The passkeys and the app of a user, the oldest first."""
    rows = Authenticator.objects.filter(user_id=user.pk).exclude(type=KIND.RECOVERY_CODES)
    return list(rows.order_by("created_at", "pk"))


def take_away(user: User, which: str) -> bool:
    """Take away one of several; False for the last one, and for what is nobody's or another's."""
    rows = list_factors(user)
    found = next((row for row in rows if str(row.pk) == which), None)
    if found is None or len(rows) == 1:
        return False
    found.delete()
    return True


def list_passkeys(user: User) -> list[tuple[Authenticator, str]]:
    """The passkeys of a user, the oldest first, with what they call each."""
    keys = Authenticator.objects.filter(user_id=user.pk, type=KIND.WEBAUTHN)
    return [(row, row.data.get("name", "")) for row in keys.order_by("created_at", "pk")]


def name_passkey(user: User, which: str, name: str) -> bool:
    """Call one of one's own passkeys something; False for what is nobody's or another's."""
    found = next((row for row, _name in list_passkeys(user) if str(row.pk) == which), None)
    if found is None:
        return False
    found.data["name"] = name
    found.save(update_fields=["data"])
    return True


def may_lose_one(user: User) -> bool:
    """Whether a client who takes a passkey away can still get in by another way of their own."""
    ways = ways_of(user)
    return ways.passkeys > 1 or ways.password or ways.elsewhere


def take_passkey_away(user: User, which: str) -> bool:
    """Take away a client's passkey; False for the only way in, and for what is not theirs."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once would each see the other's
    found = next((row for row, _name in list_passkeys(user) if str(row.pk) == which), None)
    if found is None or not may_lose_one(user):
        return False
    found.delete()
    return True


def new_secret() -> str:
    return str(generate_totp_secret())


def secret_shown(user: User, secret: str) -> tuple[str, str]:
    """The secret as an address for the app, and as a picture of it."""
    adapter = FactorAdapter()
    url: str = adapter.build_totp_url(user, secret)
    return url, adapter.build_totp_svg(url)


def add_app(request: HttpRequest, user: User, secret: str, code: str) -> bool:
    """Keep an app's secret once the app has shown a right code. Raises ``TooManyTries``."""
    attempt = throttle.begin(request, name=f"second factor:{user.pk}")
    typed = "".join(code.split())
    if not validate_totp_code(secret, typed) or not _uses(user, typed):
        return False
    attempt.succeeded()
    TOTP.activate(user, secret)
    return True


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that each work once; those from before work no more. Shown now and never again."""
    Authenticator.objects.filter(user_id=user.pk, type=KIND.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def read_answer(text: str) -> dict[str, Any]:
    """What a browser answered, out of the form; empty where it is nothing of the kind."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def plain(options: Any) -> Any:
    """The library's options as JSON writes them."""
    if hasattr(options, "items"):
        return {str(k): plain(v) for k, v in options.items() if v is not None}
    if isinstance(options, (list, tuple)):
        return [plain(one) for one in options]
    return getattr(options, "value", options)
