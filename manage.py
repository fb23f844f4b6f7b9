#!/usr/bin/env python
"""The project's command line. Commands that read the database start the servers they need."""

import os
import signal
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from config import env
from config.embedded import servers
from config.migrating import migrate_if_changed

WITHOUT_DATABASE = {
    "check", "collectstatic", "compilemessages", "draw_lifecycle", "help", "makemessages",
    "makemigrations",
    "spectacular", "--help", "--version", "version",
}  # fmt: skip
AS_OWNER = {"migrate", "sqlmigrate", "showmigrations", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    if command in AS_OWNER:
        os.environ["DATABASE_AS_OWNER"] = "1"
    # A polite end must run the ``finally`` that stops the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    var_dir = env.folder("VAR_DIR", Path(__file__).resolve().parent / "var")
    with servers(var_dir):
        if command not in AS_OWNER:
            migrate_if_changed(var_dir)
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
