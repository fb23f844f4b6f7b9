"""Several questions in one round trip, each put into words once.

A page of one case asks a dozen questions whose form hardly ever changes. To put such a question
into SQL takes the ORM several times longer than the database takes to answer it; so the forms are
written once, kept, and asked together, with what differs each time put into their holes
(docs/adr/0008-questions-asked-together.md).

Knows the ORM and no model. Who may see what is in the querysets it is given; a form is made from
its shape and the holes alone, so that nothing of one asking can be left in the words of another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

from common.actor import Actor

CASE, ROW, PERSON, USER, OFFICE, NETWORK = (UUID(int=number) for number in range(1, 7))
NOW = datetime.min.replace(tzinfo=UTC)
"""What stands in a form for a case, a row, a client, a reader, their office, and the moment."""
HOLES = frozenset({CASE, ROW, PERSON, USER, OFFICE, NETWORK, NOW})

KEPT = 256
"""How many shapes are kept in words: a body has one for each page, more where choices differ."""

Shape = TypeVar("Shape", bound=Hashable)
Forms = Callable[[Shape], Mapping[str, QuerySet[Any, Any]]]


def anybody_like(actor: Actor) -> Actor:
    """The same sort of actor with holes for who it is: what it makes of the form of a question."""
    return Actor(
        kind=actor.kind,
        name="",
        user_id=USER if actor.user_id else None,
        body=actor.body,
        office_id=OFFICE if actor.office_id else None,
        network_id=NETWORK if actor.network_id else None,
        person_id=PERSON if actor.person_id else None,
    )


def holes_of(actor: Actor, *, now: datetime) -> dict[Any, Any]:
    """What an actor puts in the holes of :func:`anybody_like`, and the moment."""
    return {
        USER: actor.user_id,
        OFFICE: actor.office_id,
        NETWORK: actor.network_id,
        PERSON: actor.person_id,
        NOW: now,
    }


class _Written(NamedTuple):
    """Forms in words: the compilers that read the answers, the SQL, and what stands in it."""

    readers: dict[str, SQLCompiler | None]
    sql: str
    params: list[Any]


def ask(forms: Forms[Shape], shape: Shape, given: Mapping[Any, Any]) -> dict[str, list[Any]]:
    """The answers to the questions of ``forms(shape)``, by their names; one round trip.

    ``forms``: a function of a module, of its shape alone, that gives querysets of models.
    ``given``: what goes into each hole. Raises ``KeyError`` for a hole that is given nothing.
    """
    written = _written(forms, shape)
    params = [given[p] if _is_hole(p) else p for p in written.params]
    answers: dict[str, list[Any]] = {name: [] for name in written.readers}
    asked = [(name, reader) for name, reader in written.readers.items() if reader is not None]
    if not asked:
        return answers
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        for name, reader in asked:
            answers[name] = _read(reader, cursor.fetchall())
            cursor.nextset()
    return answers


@lru_cache(maxsize=KEPT)
def _written(forms: Forms[Shape], shape: Shape) -> _Written:
    readers: dict[str, SQLCompiler | None] = {}
    words: list[str] = []
    params: list[Any] = []
    for name, queryset in forms(shape).items():
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, given = compiler.as_sql()
        except EmptyResultSet:  # none of them exists for this shape: there is nothing to ask
            readers[name] = None
            continue
        compiler.connection = None  # it is that of whoever asks, each time
        readers[name] = compiler
        words.append(sql)
        params.extend(given)
    return _Written(readers, ";\n".join(words), params)


def _is_hole(param: object) -> bool:
    return isinstance(param, UUID | datetime) and param in HOLES


def _read(reader: SQLCompiler, rows: list[tuple[Any, ...]]) -> list[Any]:
    """The rows as the ORM makes them into objects, without it asking anything."""
    if not rows:
        return []
    compiler = copy(reader)
    compiler.connection = connection
    compiler.execute_sql = lambda *args, **kwargs: [rows]  # type: ignore[assignment]
    query = copy(reader.query)
    query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
    return list(ModelIterable(QuerySet(query.model, query)))
