"""The heads of the log: what its last seal was, day by day, signed and kept outside the database.

Somebody with every right in the database can write all of the log anew, with seals that fit. They
cannot sign: the key is the sealer's alone (``AUDIT_SIGNING_KEY``), and whoever verifies needs the
public one only. A head is a line of JSON; each holds the signature of the line before, so that no
line can be taken out of the middle. A head is signed when what it stands for has been verified:
what a later verification begins from is a signature and no row of the database.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

FILE = "heads.jsonl"


class NoKey(RuntimeError):
    """The key that is needed is not set where this runs."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal at a moment: its number and hash, and how many rows had been sealed by then.

    ``despite`` is empty for one that was signed because everything held; otherwise it says why
    somebody signed all the same (a backup was restored). ``previous`` is the signature before.
    """

    number: int
    hash: str
    rows: int
    at: str
    despite: str = ""
    previous: str = ""
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    @property
    def moment(self) -> datetime:
        """When it was signed."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Heads:
    """The lines that hold, oldest first, and the number of the first that does not, from one."""

    lines: list[Head]
    forged_at: int | None = None

    @property
    def last(self) -> Head | None:
        return self.lines[-1] if self.lines else None

    def to_be_compared(self) -> Iterator[Head]:
        """The heads that the log must still agree with: those from the last ``despite`` on."""
        begins = max((n for n, head in enumerate(self.lines) if head.despite), default=0)
        yield from self.lines[begins:]


def append(*, number: int, digest: str, rows: int, at: datetime, despite: str = "") -> Head:
    """Sign a head and put it at the end of the file. Raises :class:`NoKey`, and OSError."""
    key = _signing_key()
    folder = Path(settings.AUDIT_HEADS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = [line for line in file.read().splitlines() if line]
        head = Head(
            number, digest, rows, at.isoformat(), despite,
            previous=json.loads(before[-1])["signature"] if before else "",
        )  # fmt: skip
        signature = base64.b64encode(key.sign(head.signed)).decode()
        head = Head(**{**asdict(head), "signature": signature})
        file.write(json.dumps(asdict(head), sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return head


def read() -> Heads:
    """Every head, as far as each is signed and follows the one before. Raises :class:`NoKey`."""
    path = Path(settings.AUDIT_HEADS_DIR) / FILE
    if not path.exists():
        return Heads([])
    key = _public_key()
    lines: list[Head] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        head = _head(line)
        if head is None or not _follows(head, lines[-1] if lines else None, key):
            return Heads(lines, forged_at=number)
        lines.append(head)
    return Heads(lines)


def _head(line: str) -> Head | None:
    try:
        found: dict[str, Any] = json.loads(line)
        return Head(**found)
    except (ValueError, TypeError):
        return None


def _follows(head: Head, before: Head | None, key: Ed25519PublicKey) -> bool:
    if head.previous != (before.signature if before else ""):
        return False
    try:
        key.verify(base64.b64decode(head.signature), head.signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signing_key() -> Ed25519PrivateKey:
    if not settings.AUDIT_SIGNING_KEY:
        raise NoKey("AUDIT_SIGNING_KEY is not set: only the sealer's process signs heads.")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.AUDIT_SIGNING_KEY))


def _public_key() -> Ed25519PublicKey:
    if not settings.AUDIT_PUBLIC_KEY:
        raise NoKey("AUDIT_PUBLIC_KEY is not set: the signed heads cannot be read.")
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(settings.AUDIT_PUBLIC_KEY))
