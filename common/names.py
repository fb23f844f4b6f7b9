"""The order of names: the Finnish and Swedish one, the same on every database server.

A database without ICU sorts Ä before Å, and each server's collation differs; so names are
sorted by a stored key of plain ASCII characters, compared byte by byte.
"""

from __future__ import annotations

import unicodedata

# Å, Ä and Ö are letters of their own, after Z; { | } follow z in ASCII and stand in no name.
_OWN_LETTERS = str.maketrans(
    {"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "œ": "}"}
    | {"ü": "y", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)


def sort_text(name: str) -> str:
    """One name as a key: lower case, other accents dropped, Å Ä Ö after Z.

    The letters to be searched by (``sort_text("Åberg") == "{berg"``) pass through the same
    function, so that a search finds what the list shows.
    """
    letters = unicodedata.normalize("NFC", name).casefold().translate(_OWN_LETTERS)
    plain = unicodedata.normalize("NFD", letters)
    kept = (c if c.isascii() and (c.isalnum() or c in "{|}") else " " for c in _bare(plain))
    return " ".join("".join(kept).split())


def sort_key(last_name: str, first_names: str) -> str:
    """The key of a person's name: last name, then first names.

    ``!`` sorts before every letter and is no letter, so "Aho, Ville" comes before "Ahola, Aatu".
    """
    return f"{sort_text(last_name)}!{sort_text(first_names)}"


def _bare(text: str) -> str:
    """Without accents, and with what joins the parts of a name ("D'Angelo") left out."""
    return "".join(c for c in text if not unicodedata.combining(c) and c not in "'\u2019")
