"""Troubles of the place and not of the program, each told in one line with the way out.

A full disk, a folder nobody may write, a database that does not answer: a traceback helps nobody
there. Anything else is a fault of the program and stays what it is.
"""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured

from devservers.processes import ServersFailed

_FULL = {errno.ENOSPC, errno.EDQUOT}
_UNUSABLE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG,
    errno.EISDIR, errno.ELOOP, errno.EEXIST,
}  # fmt: skip
_DISK_FULL = "53100"
_SPEAKS_OF_ROOM = ("No space left", "Check free disk space")
_NEARLY_FULL = 32 * 1024**2  # PostgreSQL writes its journal by 16 MB, and ends where it cannot
_OTHER_FOLDER = "choose another folder: VAR_DIR=/some/folder"


def told(error: BaseException, var_dir: Path) -> str | None:
    """The line, or None where it is no trouble of the place."""
    for cause in _chain(error):
        said = _told(cause, var_dir)
        if said:
            return said
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _told(error: BaseException, var_dir: Path) -> str | None:
    full = f"There is no space left on the disk of {var_dir}. Make room, or {_OTHER_FOLDER}"
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, ServersFailed):
        is_full = any(words in str(error) for words in _SPEAKS_OF_ROOM) or _is_full(var_dir)
        return full if is_full else str(error)
    if isinstance(error, psycopg.Error):
        if error.sqlstate == _DISK_FULL:
            return full
        # Only who cannot be reached has no SQLSTATE; where, the driver says without a password.
        if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
            if _is_full(var_dir):
                return full
            return f"The database does not answer. See DATABASE_URL. ({_first_line(error)})"
    if isinstance(error, redis.ConnectionError):
        return "Valkey or Redis does not answer. See REDIS_URL."
    if isinstance(error, OSError):
        return full if error.errno in _FULL else _unusable(error, var_dir)
    if isinstance(error, subprocess.CalledProcessError) and "manage.py" in " ".join(
        map(str, error.cmd)
    ):
        return (
            "That did not work; what is wrong stands above. Where a trial's data are older than"
            f" the project, begin anew: take {var_dir} away."
        )
    return None


def _is_full(folder: Path) -> bool:
    """Is the disk too full for a server to start or go on?"""
    try:
        return shutil.disk_usage(folder).free < _NEARLY_FULL
    except OSError:
        return False


def _unusable(error: OSError, var_dir: Path) -> str | None:
    if error.errno not in _UNUSABLE or not isinstance(error.filename, str | bytes | Path):
        return None
    path = Path(str(error.filename))
    if var_dir in (path, *path.parents) or path in var_dir.parents:
        return f"{var_dir} cannot be used: {error.strerror}. Please {_OTHER_FOLDER}"
    return None


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")
