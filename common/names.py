"""The order of names: the Finnish and Swedish one, the same on every database server.

A database without ICU sorts Ä before Å, and each server's collation differs; so names are sorted
by a stored key, compared by the number of each character. Names in other writing come after ours.
"""

from __future__ import annotations

import unicodedata

LONGEST_KEY = 400
# Å, Ä and Ö are letters of their own, after Z; { | } follow z in ASCII and stand in no name.
_OWN_LETTERS = str.maketrans(
    {"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "œ": "}"}
    | {"ü": "y", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | {"ŋ": "n", "ŧ": "t", "ħ": "h", "ǥ": "g", "ʒ": "z", "ə": "e"}
)
# Joins the parts of a name ("D'Angelo"), in all the ways keyboards and registers have for it.
_APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "'`\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb"
        "\u02ee\u0384\u055a\u05f3\u05f4\u07f4\u07f5\u1fbd\u1fbf\u1fef\u1ffd\u1ffe"
        "\u2018\u2019\u201a\u201b\u2032\u2035\u275b\u275c\ua78b\ua78c\uff07\uff40",
    )
)
# What two keyboards of one writing have for one letter, and what only draws a word out.
_SAME = str.maketrans({"\u06a9": "\u0643", "\u06cc": "\u064a", "\u0649": "\u064a", "\u0640": ""})
_UNSEEN = {"Mn", "Me", "Cf"}
"""Accents and points, and what only says how a text is laid out."""


def sort_text(name: str) -> str:
    """One name as a key: lower case, accents and apostrophes dropped, Å Ä Ö after Z.

    The letters of every writing are kept. What is searched by (``sort_text("Åberg") == "{berg"``)
    passes through the same function, so that a name copied from a list finds itself.
    """
    shaped = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES))
    folded = shaped.casefold().translate(_APOSTROPHES)  # "ŉ" has one in it
    letters = unicodedata.normalize("NFC", folded).translate(_OWN_LETTERS)
    plain = unicodedata.normalize("NFD", letters)
    bare = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    same = bare.translate(_OWN_LETTERS).translate(_SAME)
    kept = (c if _stands_in_a_key(c) else " " for c in same)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def sort_key(last_name: str, first_names: str) -> str:
    """The key of a person's name: last name, then first names; ``LONGEST_KEY`` signs at most.

    ``!`` sorts before every letter and is no letter, so "Aho, Ville" comes before "Ahola, Aatu".
    """
    return f"{sort_text(last_name)}!{sort_text(first_names)}"[:LONGEST_KEY]


def _stands_in_a_key(sign: str) -> bool:
    return sign.isalnum() or sign in "{|}" or unicodedata.category(sign) == "Mc"
