"""Which language somebody is spoken to in, and which languages there are texts in.

A person's language is a code of the register, kept as it was given: ``se``, ``ru``, ``ar``.
Texts are in three languages. Where there are none in the person's own, they are in Finnish, and
what the person speaks stays known: an interpreter may be needed.
"""

from __future__ import annotations

import re

from django.conf.locale import LANG_INFO

from people.models import Language, Person, User

# What Django has no name for, and people here speak or sign.
_NAMES = {
    "se": "davvisámegiella",
    "smn": "anarâškielâ",
    "sms": "nuõrttsääʹmǩiõll",
    "fse": "suomalainen viittomakieli",
    "fss": "finlandssvenskt teckenspråk",
    "so": "soomaali",
    "ti": "ትግርኛ",
    "am": "አማርኛ",
    "ps": "پښتو",
    "prs": "دری",
    "ku": "kurdî",
    "zh": "中文",
    "tl": "Tagalog",
    "rom": "romani",
}
_CODE = re.compile(r"[a-z]{2,3}")


def parse_language(text: str) -> str:
    """The code of a language, two or three letters in any case, in small letters.

    Raises :class:`ValueError` for anything else; the error carries no text.
    """
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise ValueError("no code of a language")
    return code


def text_language(language: str) -> str:
    """The language of texts for whoever speaks this one: ``fi``, ``sv`` or ``en``."""
    return language if language in Language.values else Language.FINNISH.value


def language_of_person(person: Person) -> str:
    """The language a client reads: what they have chosen here, or else what the register says."""
    return person.chosen_language or text_language(person.language)


def language_of(user: User) -> str:
    """The language of pages and letters for a user. A client's is that of the person's record."""
    person: Person | None = getattr(user, "person", None)
    return language_of_person(person) if person else text_language(user.language)


def language_name(code: str) -> str:
    """A language by its own name; the code itself where nobody here knows one."""
    names = {**dict(Language.choices), **_NAMES}
    return names.get(code) or str(LANG_INFO.get(code, {}).get("name_local", code))


def languages_known() -> list[tuple[str, str]]:
    """The languages there is a name for, each with its code, by name: to be chosen from."""
    codes = {code for code in LANG_INFO if _CODE.fullmatch(code)} | _NAMES.keys()
    codes |= set(Language.values)
    return sorted(((code, language_name(code)) for code in codes), key=lambda one: one[1].lower())
