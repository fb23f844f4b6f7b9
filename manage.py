#!/usr/bin/env python
"""The project's command line.

In a trial, commands that read the database start the servers they need, and bring tables and texts
up to date. With ``PRODUCTION=1`` none does: they refuse, and say what is to be done.
"""

import os
import signal
import sys
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from config import env
from config.messages import compile_messages
from config.migrating import migrate_if_changed
from devservers.embedded import servers
from devservers.troubles import told

BASE_DIR = Path(__file__).resolve().parent
WITHOUT_DATABASE = {
    "bundle_stylesheets", "check", "collectstatic", "compilemessages", "draw_lifecycle", "help",
    "makemessages", "makemigrations",
    "spectacular", "--help", "--version", "version",
}  # fmt: skip
AS_OWNER = {"migrate", "prepare_practice", "sqlmigrate", "showmigrations", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    var_dir = env.folder("VAR_DIR", BASE_DIR / "var")
    try:
        _run(sys.argv[1] if len(sys.argv) > 1 else "help", var_dir)
    except Exception as error:
        line = told(error, var_dir)
        if line is None:
            raise
        print(line, file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _run(command: str, var_dir: Path) -> None:
    if command in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    if command in AS_OWNER:
        os.environ["DATABASE_AS_OWNER"] = "1"
    production = env.flag("PRODUCTION")
    env.require_sound()
    if production:
        _require_ready(command)
        execute_from_command_line(sys.argv)
        return
    # A polite end must run the ``finally`` that stops the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with servers(var_dir):
        if command not in AS_OWNER:
            migrate_if_changed(var_dir)
            compile_messages(BASE_DIR / "locale")
        execute_from_command_line(sys.argv)


def _require_ready(command: str) -> None:
    from config.checks import Part, require_sound  # noqa: PLC0415
    from config.database_checks import require_served_database  # noqa: PLC0415

    require_sound(Part.OWNER if command in AS_OWNER else Part.COMMAND)
    if command not in AS_OWNER:
        django.setup()
        require_served_database()


if __name__ == "__main__":
    main()
