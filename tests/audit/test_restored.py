"""A log that comes from a backup is the log that was sealed."""

from __future__ import annotations

import io
import subprocess
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from devservers.postgres import binaries
from tests import servers
from tests.audit.sealed import sealed_and_signed
from tests.personas import World


@pytest.mark.deep
@pytest.mark.usefixtures("committed_db")
def test_a_restored_database_holds(login: Any) -> None:
    """Dumped and restored by PostgreSQL's own programs, into a database of its own."""
    world = World.load()
    login("kela").get(f"/cases/{world.case.pk}/")
    sealed_and_signed()
    before, name = connection.settings_dict["NAME"], servers.name_of("restored")
    connection.close()
    dump = run("pg_dump", "--no-password", f"--dbname={servers.url_of(before)}")
    servers.drop(name)
    servers.on_server(f"CREATE DATABASE {name}")
    connection.settings_dict["NAME"] = name
    try:
        run("psql", "--quiet", "--no-psqlrc", f"--dbname={servers.url_of(name)}", text=dump)
        out = io.StringIO()
        call_command("verify_audit", "--all", stdout=out)
        assert "seals over" in out.getvalue()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        servers.drop(name)


def run(program: str, *arguments: str, text: str | None = None) -> str:
    assert conninfo_to_dict(servers.url_of("postgres"))["host"]
    ran = subprocess.run(
        [str(binaries() / program), *arguments], input=text, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return ran.stdout
