"""People by the identity codes they have or had."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from people.models import FormerCode, Person


def filter_by_code(code_hash: str, person: str = "person") -> Q:
    """Narrows to whoever has this identity code, or had it before. ``person``: the path to them.

    One person at most: the database keeps a code from being two people's. An empty ``person`` is
    for a query of people themselves.
    """
    path = f"{person}__" if person else ""
    had = FormerCode.objects.filter(identity_code_hash=code_hash).values("person")
    return Q(**{f"{path}identity_code_hash": code_hash}) | Q(**{f"{path}pk__in": had})


def codes_of(person: Person) -> set[str]:
    """The hashes of every identity code a person has or had: whoever spoke of them used one."""
    former = FormerCode.objects.filter(person=person).values_list("identity_code_hash", flat=True)
    return {person.identity_code_hash, *former}


def people_by_code(person_ids: Iterable[UUID]) -> dict[str, UUID]:
    """The hash of every identity code that some people have or had, and whose it is."""
    ids = list(person_ids)
    now = Person.objects.filter(pk__in=ids).values_list("identity_code_hash", "pk")
    former = FormerCode.objects.filter(person__in=ids).values_list(
        "identity_code_hash", "person_id"
    )
    return {**dict(former), **dict(now)}


def tell_apart(persons: Iterable[Person]) -> None:
    """Mark those of one list whom name and year of birth do not tell apart. No query.

    Whose name was not read is shown nowhere, and is left as it is.
    """
    found: dict[tuple[str, str, int | None], dict[UUID, list[Person]]] = {}
    for person in persons:
        if not {"last_name", "first_names", "birth_date"} <= vars(person).keys():
            continue
        names = (person.last_name.casefold(), person.first_names.casefold(), person.birth_year)
        found.setdefault(names, {}).setdefault(person.pk, []).append(person)
    for alike in found.values():
        for same in alike.values() if len(alike) > 1 else ():
            for person in same:
                person.shares_name = bool(person.last_name)


def anonymised_person(person: Person) -> Person:
    """The same person without a name or anything else to know them by, to be shown in its place."""
    return Person(
        pk=person.pk,
        last_name="",
        first_names="",
        sort_key="",
        language=person.language,
        municipality_code="",
        user_id=person.user_id,
    )
