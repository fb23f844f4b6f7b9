"""An import killed with SIGKILL leaves nothing half done, and goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from benefits.models import ImportState, RegisterImport, UnemploymentSpell
from benefits.services import work_on_import
from common import clock
from common.actor import system_actor
from tests import servers
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code, person

ROOT = Path(__file__).resolve().parents[2]
TEST = system_actor("test")


def test_a_killed_import_leaves_nothing_and_goes_on(committed_db: None, tmp_path: Path) -> None:
    """Killed with SIGKILL while it lays lines down, and once more while it writes."""
    people = [code(n) for n in range(900, 999)]
    (tmp_path / "persons.csv").write_text("\n".join([PERSONS, *map(person, people)]))
    spells = [f"{c};20{10 + n % 14}-0{1 + n % 9}-01;20{10 + n % 14}-0{1 + n % 9}-20"
              for n in range(126) for c in people]  # fmt: skip
    (tmp_path / "unemployment.csv").write_text("\n".join([SPELLS, *spells]))
    (tmp_path / "benefits.csv").write_text("\n".join([PAYMENTS]))
    now = clock.now()
    run = RegisterImport.objects.create(
        started_at=now, imported_by="test", folder=str(tmp_path), state=ImportState.WAITING
    )
    before = UnemploymentSpell.objects.count()
    for commit in (False, True):
        if commit:
            RegisterImport.objects.filter(pk=run.pk).update(state=ImportState.WRITING)
        killed_while_working(run, commit)
        run.refresh_from_db()
        assert UnemploymentSpell.objects.count() == before
        assert run.state == (ImportState.WRITING if commit else ImportState.READING)
        connection.close()
        work_on_import(actor=TEST, run_id=run.pk, commit=commit, now=now)
        run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert UnemploymentSpell.objects.count() == before + 99 * 126


def killed_while_working(run: RegisterImport, commit: bool) -> None:
    """Work in a process of its own, slowed so that it is in the middle when it is killed."""
    program = f"""
import os, time, uuid, django
django.setup()
from benefits.services import register, staging, work_on_import
from common import clock
from common.actor import system_actor
staging._BLOCK = 20_000
def slow(work):
    def slowed(*a, **k):
        found = work(*a, **k)
        print('in the middle', flush=True)
        time.sleep(60 if {commit} else 0.2)
        return found
    return slowed
if {commit}:
    register.judge_rows = slow(register.judge_rows)
else:
    staging._lay_down = slow(staging._lay_down)
work_on_import(
    actor=system_actor('test'), run_id=uuid.UUID('{run.pk}'), commit={commit}, now=clock.now()
)
"""
    env = {**os.environ, "DATABASE_URL": servers.url_of(connection.settings_dict["NAME"]),
           "DJANGO_SETTINGS_MODULE": "config.settings"}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(0.3)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert said.strip() == "in the middle"
