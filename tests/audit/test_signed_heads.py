"""The heads of the log that are signed outside the database."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit import heads
from audit.sealing import attest, seal
from audit.verification import Tampering
from common.clock import day_of, machine_now
from config.keys import load_audit
from tests.audit.sealed import (
    changes,
    found,
    intruder,
    kinds,
    sealed_and_signed,
)
from tests.personas import World

# The signed heads


def lines() -> tuple[Path, list[str]]:
    path = Path(settings.AUDIT_HEADS_DIR) / heads.FILE
    return path, path.read_text("utf-8").splitlines()


def with_another_number(kept: list[str]) -> list[str]:
    head = json.loads(kept[0])
    return [json.dumps({**head, "number": head["number"] - 1}), *kept[1:]]


@pytest.mark.parametrize(
    "write",
    [
        with_another_number,
        lambda kept: [kept[0], kept[2]],  # one taken out of the middle
        lambda kept: kept[1:],
        lambda kept: [*kept[:2], kept[2].replace('"', "'")],
    ],
)
def test_a_head_that_was_written_anew_is_found(
    world: World, write: Callable[[list[str]], list[str]]
) -> None:
    for _time in range(3):
        changes(world, 1)
        sealed_and_signed()
    path, kept = lines()
    path.write_text("\n".join(write(kept)) + "\n", "utf-8")
    assert Tampering.HEAD_FORGED in kinds()


def test_heads_signed_with_another_key_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changes(world, 1)
    other = load_audit(tmp_path, production=False)["AUDIT_SIGNING_KEY"]
    with monkeypatch.context() as stolen:
        stolen.setattr(settings, "AUDIT_SIGNING_KEY", other)
        sealed_and_signed()
    assert Tampering.HEAD_FORGED in kinds()


def test_whoever_has_the_public_key_only_can_verify_and_not_sign(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes(world, 1)
    sealed_and_signed()
    monkeypatch.setattr(settings, "AUDIT_SIGNING_KEY", "")
    assert found() == []
    with pytest.raises(CommandError, match="AUDIT_SIGNING_KEY is not set"):
        call_command("sign_audit", stdout=io.StringIO())


def test_nothing_is_signed_that_does_not_hold(world: World) -> None:
    rows = changes(world, 2)
    seal()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [rows[0]])
    with pytest.raises(CommandError, match="1 places"):
        call_command("sign_audit", stdout=io.StringIO())
    assert heads.read().last is None


def test_after_a_backup_was_restored_somebody_signs_and_says_why(world: World) -> None:
    """What was lost is told for ever by the heads; nights after it hold again."""
    changes(world, 2)
    sealed_and_signed()
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:  # what the backup does not have
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [rows])
        cursor.execute("DELETE FROM audit_seal WHERE number = %s", [number])
    assert kinds() == {Tampering.END_CUT}
    call_command("sign_audit", "--despite", "Restored from Tuesday", stdout=io.StringIO())
    assert kinds() == set()
    assert [head.despite for head in heads.read().lines] == ["", "", "Restored from Tuesday"]
    changes(world, 1)
    sealed_and_signed()
    assert kinds() == set()


def test_a_head_says_the_night_it_was_signed_and_attest_gives_what_it_read(world: World) -> None:
    changes(world, 1)
    seal()
    now = machine_now()
    attested = attest(on=day_of(now), now=now)
    last = heads.read().last
    assert last is not None
    assert (last.moment, last.rows, last.despite) == (now, attested.rows, "")
