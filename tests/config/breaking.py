"""Errors with a client's words in them, raised where errors are raised: a view, a task, a command.

Run as a program it does so with the installation's own logging: ``web``, ``command``. Celery loads
it beside the tasks of the installation.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import django
from celery import shared_task
from django.apps import apps
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

WORDS = "kertoi masennuksesta"
NAME = "Salainen"
CODE = "010180-999X"
PLANTED = (WORDS, "masennuksesta", CODE, NAME, "Failing row", "DETAIL", "CONTEXT", "LINE 1")


def _person(**fields: Any) -> Any:
    return apps.get_model("people", "Person")(
        identity_code_encrypted=b"x", last_name=NAME, first_names=WORDS, sort_key=CODE,
        **{"identity_code_hash": CODE, "birth_date": date(1980, 1, 1), "municipality_code": "430"}
        | fields,
    )  # fmt: skip


def twice() -> None:
    """DETAIL: Key (username)=(...) already exists."""
    with transaction.atomic():  # also where no test takes it back: in a process of its own
        for _ in range(2):
            apps.get_model("people", "User").objects.create(
                username=WORDS, first_name=NAME, last_name=CODE
            )


def a_row_that_fails() -> None:
    """DETAIL: Failing row contains (...)."""
    _person(municipality_code="x y").save()


def too_long() -> None:
    _person(municipality_code=WORDS).save()


def a_nul_in_json() -> None:
    """CONTEXT: JSON data, line 1: ..."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb", [f'{{"a": "{WORDS} {CODE}\\u0000"}}'])


def a_line_of_sql() -> None:
    """LINE 1: SELECT '...'::uuid, and invalid input syntax for type uuid: "..."."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{WORDS} {CODE}'::uuid")


def a_rule_of_ours() -> None:
    """A trigger's own words, with HINT and DETAIL."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DO $$ BEGIN RAISE EXCEPTION '{WORDS}' USING DETAIL = '{CODE}', HINT = '{WORDS}'; "
            "END $$"
        )


def a_value_refused() -> None:
    raise ValidationError("%(value)s is not a day.", params={"value": f"{WORDS} {CODE}"})


def nobody_of_that_name() -> None:
    raise apps.get_model("people", "User").DoesNotExist(
        f"{WORDS} matching query does not exist: {CODE}"
    )


def a_key() -> None:
    {"a": 1}[f"{WORDS} {CODE}"]  # type: ignore[index]


def one_from_another() -> None:
    try:
        a_row_that_fails()
    except Exception as error:
        error.add_note(WORDS)
        try:
            raise LookupError(WORDS)
        except LookupError:
            raise RuntimeError(f"{CODE}: {error}") from error


def several() -> None:
    raise ExceptionGroup(WORDS, [ValueError(CODE), ExceptionGroup(WORDS, [KeyError(WORDS)])])


def an_address() -> None:
    raise SuspiciousOperation(f"/cases/?q={CODE} {WORDS}")


KINDS: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (
        twice, a_row_that_fails, too_long, a_nul_in_json, a_line_of_sql, a_rule_of_ours,
        a_value_refused, nobody_of_that_name, a_key, one_from_another, several, an_address,
    )
}  # fmt: skip
# What the log must say of each: an error nobody can look into helps nobody.
SAID = {
    "twice": ("django.db.utils.IntegrityError", "SQLSTATE 23505", "constraint people_user_"),
    "a_row_that_fails": ("SQLSTATE 23514", "constraint person_municipality_is_three_digits"),
    "too_long": ("django.db.utils.DataError", "SQLSTATE 22001"),
    "a_nul_in_json": ("SQLSTATE 22P05",),
    "a_line_of_sql": ("SQLSTATE 22P02",),
    "a_rule_of_ours": ("SQLSTATE P0001",),
    "a_value_refused": ("django.core.exceptions.ValidationError",),
    "nobody_of_that_name": ("people.models.users.User.DoesNotExist",),
    "a_key": ("KeyError",),
    "one_from_another": ("RuntimeError", "SQLSTATE 23514", "and from it"),
    "several": ("ExceptionGroup", "ValueError", "KeyError"),
    "an_address": ("django.core.exceptions.SuspiciousOperation",),
}


@shared_task(name="tests.break")  # type: ignore[untyped-decorator]
def task(kind: str, *, words: str = "") -> None:
    KINDS[kind]()


def view(request: Any, kind: str, words: str = "") -> Any:
    KINDS[kind]()


def _urlpatterns() -> list[Any]:
    ours = import_module("config.urls").urlpatterns
    return [
        path("break/<str:kind>/", view, name="break"),
        path("break/<str:kind>/<str:words>/", view, name="break_with_words"),
        *ours,
    ]


def __getattr__(name: str) -> Any:
    if name == "urlpatterns":
        return _urlpatterns()
    raise AttributeError(name)


def _in_views() -> None:
    with override_settings(ROOT_URLCONF="tests.config.breaking"):
        client = Client(raise_request_exception=False)
        for kind in KINDS:
            for address in (f"/break/{kind}/?q={CODE}", f"/break/{kind}/{WORDS} {CODE}/"):
                answer = client.post(address, {"text": WORDS}, content_type="application/json")
                assert answer.status_code >= 400
                sys.stdout.write(answer.content.decode())
        client.get(f"/nowhere/{CODE}/{WORDS}/?hetu={CODE}")
        client.post("/login/", HTTP_REFERER=f"https://x.invalid/{WORDS}", HTTP_ORIGIN="null")


def _in_commands() -> None:
    for raises in KINDS.values():
        try:
            raises()
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            log = logging.getLogger("somebody.elses")
            log.error("Could not do it: %s", error)
            log.error(f"Could not do it: {error!r}", exc_info=True)
            log.exception("Could not do %r", {"text": WORDS})
            log.error(*("%s and %s", error))  # a record nobody can write
        connection.close()
    logging.getLogger("django.db.backends").error(
        "(%.3f) %s", 0.1, f"SELECT '{WORDS}'", extra={"sql": WORDS, "params": [CODE]}
    )
    logging.getLogger("django.server").error('"GET /cases/?q=%s HTTP/1.1" 500', CODE)
    thread = threading.Thread(target=KINDS["a_key"])
    thread.start()
    thread.join()
    KINDS["one_from_another"]()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    {"web": _in_views, "command": _in_commands}[sys.argv[1]]()
