"""An installation that lacks something says all it lacks, by name, and does not start."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from common.database_roles import KEEPER, SEALER, WEB
from config import checks, database_checks, env
from config.log_ins import derived
from config.messages import compile_messages, uncompiled
from config.refusing import REFUSED
from tests import servers
from tests.personas import World

ROOT = Path(__file__).resolve().parents[2]
SOUND = {
    "PRODUCTION": "1",
    "SECRET_KEY": "a-Secret-of-the-tests-0123456789-abcdefghij-KLMNOP",
    "IDENTITY_KEYS": Fernet.generate_key().decode(),
    "IDENTITY_HASH_KEY": "another-Secret-of-the-tests-9876543210-qwertyuiop",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DATABASE_URL": "postgresql://nobody:p%40ss@127.0.0.1:1/none",
    "ALLOWED_HOSTS": "yhdessa.example.org",
    "PUBLIC_URL": "https://yhdessa.example.org",
    "TRUSTED_PROXIES": "1",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_FROM": "Yhdessä <yhdessa@example.org>",
}


# And what the process of the night has besides.
NIGHT = {
    "DATABASE_SEALER_URL": "postgresql://yhdessa_sealer:p%40ss@127.0.0.1:1/none",
    "DATABASE_KEEPER_URL": "postgresql://yhdessa_keeper:p%40ss@127.0.0.1:1/none",
    "AUDIT_SIGNING_KEY": base64.b64encode(bytes(32)).decode(),
    "AUDIT_PUBLIC_KEY": base64.b64encode(bytes(range(32))).decode(),
    "AUDIT_HEADS_DIR": "/srv/heads",
}


def environment(folder: Path, **changed: str) -> dict[str, str]:
    """As in production: nothing of the tests' own."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**plain, **SOUND, "VAR_DIR": str(folder), **changed}


def runs(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


Faults = Callable[..., str]


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Faults:
    """What is said where one thing of a sound installation is otherwise."""
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, False, False
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    monkeypatch.setattr(env, "faults", [])

    def said(part: checks.Part = checks.Part.WEB, **changed: str) -> str:
        for name, value in {**SOUND, "DAYS_AHEAD_FILE": "", **changed}.items():
            monkeypatch.setenv(name, value)
        settings.ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
        settings.CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
        settings.PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")
        settings.EMAIL_HOST = env.text("EMAIL_HOST", "")
        settings.DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "yhdessa@localhost")
        settings.IDENTITY_HASH_KEY = env.text("IDENTITY_HASH_KEY", "")
        return " ".join(f"{fault.msg} {fault.hint}" for fault in checks.faults(part))

    return said


def test_a_sound_installation_has_no_fault(faults: Faults) -> None:
    for part in set(checks.Part) - {checks.Part.OWNER, checks.Part.WORKER}:
        assert faults(part) == ""
    assert faults(checks.Part.WORKER, **NIGHT) == ""


@pytest.mark.parametrize("name", [*sorted(NIGHT)])
def test_whoever_does_the_night_has_what_it_is_done_with(faults: Faults, name: str) -> None:
    said = faults(checks.Part.WORKER, **{**NIGHT, name: ""})
    assert f"{name} is not set" in said
    if name.endswith("_KEY"):
        assert f"{name} is no key" in faults(checks.Part.WORKER, **{**NIGHT, name: "abc"})


@pytest.mark.parametrize(
    "name",
    ["AUDIT_SIGNING_KEY", "DATABASE_KEEPER_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL"],
)
def test_whoever_answers_people_has_nothing_of_it(faults: Faults, name: str) -> None:
    said = faults(checks.Part.WEB, **{name: NIGHT.get(name, "postgresql://owner@host/name")})
    assert f"{name} is set" in said


def test_a_web_log_in_that_may_too_much_is_refused(world: World) -> None:
    """Each way by which somebody could undo the database's own rules."""
    own = {**conninfo_to_dict(servers.url_of(connection.settings_dict["NAME"]))}

    def may(log_in: dict[str, Any]) -> list[str]:
        with psycopg.connect(make_conninfo(**log_in)) as session:
            (found,) = session.execute(database_checks._LOG_IN).fetchall()
        return [said for may, said in zip(found, database_checks._MAY, strict=True) if may]

    assert may(derived(own, WEB)) == []
    assert "owns tables" in may(own)
    tester = conninfo_to_dict(os.environ["DATABASE_TESTER_URL"])
    with psycopg.connect(make_conninfo(**tester), autocommit=True) as session:
        session.execute("DROP ROLE IF EXISTS yhdessa_test_too_much")
        session.execute("CREATE ROLE yhdessa_test_too_much LOGIN PASSWORD 'x'")
        log_in = {**own, "user": "yhdessa_test_too_much", "password": "x"}
        try:
            for role, said in (
                (str(own["user"]), "may become the owner of the tables"),
                (KEEPER, "may become the sealer or the keeper"),
                (SEALER, "may become the sealer or the keeper"),
            ):
                session.execute(f"GRANT {role} TO yhdessa_test_too_much")
                assert may(log_in) == [said]
                session.execute(f"REVOKE {role} FROM yhdessa_test_too_much")
            session.execute("ALTER ROLE yhdessa_test_too_much CREATEROLE")
            assert may(log_in) == ["may make roles, or pass by the rules of rows"]
        finally:
            session.execute("DROP ROLE yhdessa_test_too_much")


def test_such_a_log_in_ends_the_process(
    world: World, settings: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests' own connection is one."""
    settings.PRODUCTION = True
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(SystemExit) as ended:
        database_checks.require_own_log_in()
    assert ended.value.code == REFUSED
    assert "DATABASE_URL is a log-in that may too much" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""), ("SECRET_KEY", "abc"), ("SECRET_KEY", "a" * 60),
        ("IDENTITY_HASH_KEY", ""), ("IDENTITY_HASH_KEY", "abc"),
        ("IDENTITY_HASH_KEY", SOUND["SECRET_KEY"]),
        ("IDENTITY_KEYS", ""), ("IDENTITY_KEYS", "abc"), ("IDENTITY_KEYS", "A" * 43 + "="),
        ("DATABASE_URL", ""), ("REDIS_URL", ""),
        ("ALLOWED_HOSTS", ""), ("ALLOWED_HOSTS", "*"), ("ALLOWED_HOSTS", "a.example.org,*"),
        ("ALLOWED_HOSTS", "other.example.org"),
        ("PUBLIC_URL", ""), ("PUBLIC_URL", "http://yhdessa.example.org"),
        ("PUBLIC_URL", "https://127.0.0.1:8000"), ("PUBLIC_URL", "https://localhost"),
        ("PUBLIC_URL", "https://[::1]/"), ("PUBLIC_URL", "https://0.0.0.0"),
        ("EMAIL_HOST", ""), ("EMAIL_FROM", ""), ("EMAIL_FROM", "yhdessa@localhost"),
        ("EMAIL_FROM", "yhdessa"), ("TRUSTED_PROXIES", ""), ("DAYS_AHEAD_FILE", "/tmp/days"),
        ("TRUSTED_ORIGINS", "http://yhdessa.example.org"),
    ],
)  # fmt: skip
def test_each_fault_names_its_setting_and_the_way_out(
    faults: Faults, name: str, value: str
) -> None:
    said = faults(**{name: value})
    assert name in said
    assert not value or value in SOUND.values() or len(value) < 4 or value not in said


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_what_is_for_trying_out_is_refused(faults: Faults, settings: Any, name: str) -> None:
    setattr(settings, name, True)
    assert f"Take {name} away" in faults()


def test_whoever_changes_the_tables_must_own_them(faults: Faults) -> None:
    assert "DATABASE_OWNER_URL" in faults(checks.Part.OWNER)
    assert faults(checks.Part.OWNER, DATABASE_OWNER_URL="postgresql://owner@host/name") == ""


def test_pages_without_their_style_sheets_do_not_start(faults: Faults, settings: Any) -> None:
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert "collectstatic" in faults()
    assert faults(checks.Part.WORKER, **NIGHT) == ""


def test_texts_that_are_not_compiled_do_not_start(
    faults: Faults, settings: Any, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    for part in checks.Part:
        assert "compilemessages" in faults(part)
    compile_messages(tmp_path / "locale")
    assert faults() == ""
    # Another text, whatever the clocks of the two files say.
    source = tmp_path / "locale" / "fi" / "LC_MESSAGES" / "django.po"
    before = source.stat()
    source.write_text(source.read_text("utf-8") + '\nmsgid "New"\nmsgstr "Uusi"\n', "utf-8")
    os.utime(source, (before.st_atime, before.st_mtime - 86400))
    assert uncompiled(tmp_path / "locale") == [source]
    assert "compilemessages" in faults()


def test_every_setting_is_told_of_where_an_installation_is_made() -> None:
    """What the settings read, and nothing that is not read any more."""
    read = "".join(
        (ROOT / "config" / f"{name}.py").read_text() for name in ("settings", "keys", "log_ins")
    )
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read)) | {"SECRET_KEY", "IDENTITY_KEYS"}
    names |= set(re.findall(r'"((?:DATABASE|AUDIT)_[A-Z_]+)"', read))
    told = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs" / "install.md").read_text("utf-8")))
    # A command's own; a trial's.
    own = {"DATABASE_AS_OWNER", "PORT", "MIRRORED_LANGUAGE", "STATICS_COLLECTED"}
    assert names - told == own
    assert {name for name in told if name not in read} == set()


WRONG = {
    "SECRET_KEY": "abc", "DEMO": "1", "DEBUG": "1", "DATABASE_URL": "", "EMAIL_HOST": "",
    "PUBLIC_URL": "http://127.0.0.1:8000", "EMAIL_PORT": "no", "ALLOWED_HOSTS": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "nightly"),
        ("manage.py", "migrate"),
        ("-m", "celery", "--quiet", "-A", "config.celery", "worker"),
        ("-m", "celery", "--quiet", "-A", "config.celery", "beat"),
        ("-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"),
    ],
)
def test_every_part_tells_all_at_once_and_ends(tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = runs(environment(tmp_path, **WRONG), *command)
    assert ended.returncode == REFUSED
    for name in WRONG:
        assert name in ended.stderr
    assert "Traceback" not in ended.stderr
    # No server, no table, no key was made; beat opens its own schedule before it asks.
    assert {path.stem for path in tmp_path.iterdir()} <= {"celerybeat-schedule"}


@pytest.mark.usefixtures("running_servers")
def test_a_command_in_production_starts_and_migrates_nothing(tmp_path: Path) -> None:
    """A database of its own, with nothing in it; and one that does not answer."""
    name = servers.name_of("empty")
    servers.drop(name)
    servers.on_server(f"CREATE DATABASE {name}")
    try:
        compile_messages(ROOT / "locale")
        told = runs(
            environment(tmp_path, DATABASE_URL=servers.url_of(name)), "manage.py", "nightly"
        )
        assert told.returncode == REFUSED
        assert "The database is not up to date" in told.stderr
        assert "manage.py migrate" in told.stderr
    finally:
        servers.drop(name)
    silent = runs(environment(tmp_path), "manage.py", "nightly")
    assert silent.returncode == 1
    assert "DATABASE_URL" in silent.stderr and "ss@" not in silent.stderr
    assert "Traceback" not in told.stderr + silent.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("setting", list(database_checks._QUIET))
def test_a_database_whose_log_would_hold_words_is_not_served(
    db: None, settings: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """An error's statement and detail hold the values of a row: the server must leave them out."""
    settings.PRODUCTION = True
    monkeypatch.setattr(connection, "close", lambda: None)
    database_checks.require_quiet_database()
    # The servers of the tests are set as they should be: so something else is asked of them.
    monkeypatch.setitem(database_checks._QUIET, setting, ("otherwise",))
    with pytest.raises(SystemExit) as ended:
        database_checks.require_quiet_database()
    assert ended.value.code == REFUSED
    assert f"ALTER SYSTEM SET {setting} = " in capsys.readouterr().err
    settings.PRODUCTION = False
    database_checks.require_quiet_database()


def test_the_installation_is_made_without_any_secret(tmp_path: Path) -> None:
    """Texts and style sheets are made when a package is built, where no key is at hand."""
    bare = {"PATH": os.environ["PATH"], "PRODUCTION": "1", "VAR_DIR": str(tmp_path)}
    for command in (["compilemessages"], ["collectstatic", "--noinput"]):
        assert runs(bare, "manage.py", *command).returncode == 0
    static = tmp_path / "static"
    assert (static / "staticfiles.json").exists()
    # What a browser asks for, under a name with the hash of what is in it, and packed; no more.
    assert list(static.glob("css/bundles/client.*.css.gz"))
    assert list(static.glob("django_htmx/htmx-2.min.*.js.gz"))
    assert {path.name for path in static.iterdir()} == {
        *("css", "django_htmx", "img", "js", "vendor", "staticfiles.json"),
    }


def test_wrong_values_are_told_together_outside_production_too(tmp_path: Path) -> None:
    wrong = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "v"), "PORT": "0",
             "TRUSTED_PROXIES": "one", "DEBUG": "perhaps"}  # fmt: skip
    told = runs(wrong, "manage.py", "check")
    assert told.returncode == 1
    for name in ("PORT must be 1 to 65535", "TRUSTED_PROXIES must be", "DEBUG must be 1 or 0"):
        assert name in told.stderr
