"""What a process says when something breaks: what broke and where, never with what.

The database repeats in its errors what it was given (DETAIL, CONTEXT, LINE, "Failing row"), and so
do errors of values and addresses, and Celery's reports of a task. What a client wrote would stand
in a log that whoever keeps the servers reads. So of an error stand here its class, of one of the
database its SQLSTATE and the rule it broke, and the lines of the program; never its message, an
argument or a local value. The same for web, worker, beat and commands: Django calls
:func:`configure` wherever it starts, Celery through ``config.celery``.
"""

from __future__ import annotations

import linecache
import logging
import logging.config
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

LEFT_OUT = "…"
SPOKEN = (ImproperlyConfigured, CommandError, ImportError)
"""Errors whose own words are the program's: they tell whoever runs it what to mend."""
OF_A_TASK = frozenset({"id", "name", "description", "hostname", "runtime"})
"""What of Celery's report of a task is said; not its arguments, its result or its error."""

_IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y](?![0-9A-Za-z])")
_OF_THE_DATABASE = re.compile(
    r"(?:\b(?:DETAIL|CONTEXT|HINT|STATEMENT|QUERY|PARAMETERS|LINE \d+):"
    r"|Key \(.*?\)=\(|Failing row contains|Traceback \(most recent).*",
    re.DOTALL,
)
_ASKED_FOR = re.compile(r"\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE) [^\s\"']+")
_ADDRESS = re.compile(r"(https?://[^\s/?#\"']+)[^\s\"']*")
_SHORTEST = 4
"""Words of an error shorter than this are not looked for in the message: they say nothing."""


def configure(settings: Mapping[str, Any]) -> None:
    """Set logging up (``LOGGING_CONFIG``), and what nobody catches is said the same way."""
    logging.config.dictConfig(dict(settings))
    # A record that cannot be written would be printed with everything in it.
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda args: _told(args.exc_value)


def _uncaught(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, None)
    else:
        _told(error)


def _told(error: BaseException | None) -> None:
    if error is not None:
        sys.stderr.write(f"{described(error)}\n")


class Sparing(logging.Formatter):
    """Writes a record without anything of what the program was given."""

    def format(self, record: logging.LogRecord) -> str:
        error = _error_of(record)
        spared = logging.makeLogRecord(record.__dict__)
        spared.message = _message_of(record, error)
        spared.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(spared)
        if error is not None:
            line = f"{line}\n{described(error)}"
        return _IDENTITY_CODE.sub(LEFT_OUT, line)


def named(error: BaseException) -> str:
    """An error by its class; of one from the database also its SQLSTATE and the rule it broke."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    if isinstance(error, SPOKEN):
        return f"{name}: {error}"
    found = _diagnosis_of(error)
    return f"{name} ({', '.join(found)})" if found else name


def described(error: BaseException) -> str:
    """An error and those it came from, the first one first, each with the lines it went through."""
    told = []
    for one in reversed(list(_chain_of(error))):
        told.append("\n".join(["Traceback (the last call last):", *_lines_of(one), named(one)]))
    return "\n\nand from it:\n\n".join(told)


def _message_of(record: logging.LogRecord, error: BaseException | None) -> str:
    if hasattr(record, "sql"):  # django.db.backends: its message is the statement itself
        return "A statement of the database."
    request = getattr(record, "request", None)
    try:
        args = _spared(record.args, request, with_error=error is not None)
        message = str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        message = LEFT_OUT
    for words in _words_of(error):
        message = message.replace(words, LEFT_OUT)
    message = _OF_THE_DATABASE.sub(LEFT_OUT, message)
    message = _ASKED_FOR.sub(rf"\1 {LEFT_OUT}", message)
    return _ADDRESS.sub(r"\1", message)


def _spared(args: Any, request: Any, *, with_error: bool) -> Any:
    """The arguments of a message: a task's without what it was given, a request's by its route."""
    if not args:
        return ()
    if isinstance(args, Mapping):
        return {key: args[key] if key in OF_A_TASK else LEFT_OUT for key in args}
    return tuple(_spared_one(arg, request, with_error=with_error) for arg in args)


def _spared_one(arg: Any, request: Any, *, with_error: bool) -> Any:
    if isinstance(arg, BaseException):
        return named(arg)
    if isinstance(arg, int | float):
        return arg
    text = str(arg)
    if request is not None and text.startswith("/"):
        match = getattr(request, "resolver_match", None)
        return f"/{match.route}" if match else LEFT_OUT
    # Beside an error, an argument is what the error is about; of a request's, the status in words.
    return LEFT_OUT if with_error and request is None else text


def _words_of(error: BaseException | None) -> list[str]:
    """What an error and those it came from say, the longest first: not to stand in the message."""
    words: set[str] = set()
    for one in _chain_of(error) if error is not None else ():
        if isinstance(one, SPOKEN):
            continue
        for said in (one, *one.args):
            words |= {str(said), repr(said), *str(said).splitlines()}
    return sorted((w for w in words if len(w) >= _SHORTEST), key=len, reverse=True)


def _error_of(record: logging.LogRecord) -> BaseException | None:
    found = record.exc_info[1] if isinstance(record.exc_info, tuple) else record.exc_info
    return found if isinstance(found, BaseException) else None


def _chain_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, each once, with all of a group."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        waiting.extend(getattr(one, "exceptions", ()) if _is_group(one) else ())


def _is_group(error: BaseException) -> bool:
    return isinstance(error, BaseExceptionGroup)


def _diagnosis_of(error: BaseException) -> list[str]:
    for one in (error, error.__cause__):
        found = getattr(one, "diag", None)
        state = getattr(one, "sqlstate", None) or getattr(found, "sqlstate", None)
        if state:
            rule = getattr(found, "constraint_name", None)
            return [f"SQLSTATE {state}", *([f"constraint {rule}"] if rule else [])]
    return []


def _lines_of(error: BaseException) -> Iterator[str]:
    """The lines of the program an error went through, outermost first."""
    step: Any = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        yield f'  File "{code.co_filename}", line {step.tb_lineno}, in {code.co_name}'
        if source := linecache.getline(code.co_filename, step.tb_lineno).strip():
            yield f"    {source}"
        step = step.tb_next
