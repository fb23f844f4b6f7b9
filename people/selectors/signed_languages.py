"""Which languages clients may read in, and what of a language still waits for its reader."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from common.actor import AT_WORK, Actor
from common.decision import NotVisible
from people.access import can_keep_organisation
from people.languages import language_name
from people.models import LanguageSignature


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of a language as they stand: a digest of each, and one of all together."""

    digest: str
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class AddedLanguage:
    """A language beside those of the installation. ``changed``: how many texts are not as signed.

    ``catalogue`` is None where there are no texts; ``reader`` is empty until somebody has signed.
    """

    code: str
    name: str
    catalogue: Catalogue | None
    reader: str
    signed_on: date | None
    changed: int

    @property
    def is_open(self) -> bool:
        """Whether clients are offered it: signed, and not one text has changed since."""
        return bool(self.reader) and self.catalogue is not None and self.changed == 0


def catalogue_of(language: str) -> Catalogue | None:
    """The texts of a language that are in force; None where there are none."""
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / to_locale(language) / "LC_MESSAGES" / "django.mo"
        if path.exists():
            return _read(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Catalogue:
    with path.open("rb") as file:
        found: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    pairs = sorted(f"{key!r}\n{text}" for key, text in found.items() if key != "")
    each = [sha256(pair.encode()).hexdigest() for pair in pairs]
    return Catalogue(
        sha256("".join(each).encode()).hexdigest(), frozenset(one[:16] for one in each)
    )


def added_languages() -> list[AddedLanguage]:
    """The languages beside those of the installation. No question where there is none."""
    if not settings.MORE_LANGUAGES:
        return []
    newest = (
        LanguageSignature.objects.filter(language__in=settings.MORE_LANGUAGES)
        .order_by("language", "-recorded_at", "-pk")
        .distinct("language")
    )
    signed = {one.language: one for one in newest}
    return [_standing(code, signed.get(code)) for code in settings.MORE_LANGUAGES]


def list_added_languages(actor: Actor) -> list[AddedLanguage]:
    """The same for whoever keeps the installation. Raises ``NotVisible`` for anybody else."""
    if not can_keep_organisation(actor).allowed:
        raise NotVisible
    return added_languages()


def languages_offered(actor: Actor | None) -> list[str]:
    """The codes of the languages that this reader is offered, those of the installation first.

    Who is at work may look at one that is not open yet: somebody has to.
    """
    base = [code for code, _name in settings.LANGUAGES if code not in settings.MORE_LANGUAGES]
    at_work = actor is not None and actor.kind in AT_WORK
    return [*base, *(one.code for one in added_languages() if at_work or one.is_open)]


def _standing(code: str, signed: LanguageSignature | None) -> AddedLanguage:
    catalogue = catalogue_of(code)
    changed = 0
    if catalogue is not None and signed is not None and signed.digest != catalogue.digest:
        changed = max(len(catalogue.texts - set(signed.texts)), 1)  # one taken away, at the least
    return AddedLanguage(
        code,
        language_name(code),
        catalogue,
        signed.reader if signed else "",
        signed.signed_on if signed else None,
        changed,
    )
