"""Secret keys: from the environment in production, made once into VAR_DIR where none is set."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_NAMES = ("SECRET_KEY", "IDENTITY_KEYS", "IDENTITY_HASH_KEY")


def load(var_dir: Path, *, production: bool) -> dict[str, str]:
    """The three secrets, from the environment.

    In production a missing one is empty, and ``config.checks`` refuses to start. Elsewhere they
    are made once and kept in ``secrets.json``, readable by its owner only.
    """
    given = {name: os.environ[name] for name in _NAMES if os.environ.get(name)}
    missing = [name for name in _NAMES if name not in given]
    if not missing:
        return given
    if production:
        return dict.fromkeys(_NAMES, "") | given
    return _made_once(var_dir / "secrets.json", _fresh) | given


def load_audit(var_dir: Path, *, production: bool) -> dict[str, str]:
    """The key that signs the heads of the log, and the public one that reads them.

    In production from the environment, the first in the sealer's alone; elsewhere made once and
    kept in ``audit-keys.json``. Both are the 32 bytes of an Ed25519 key, in base64.
    """
    names = ("AUDIT_SIGNING_KEY", "AUDIT_PUBLIC_KEY")
    given = {name: os.environ.get(name, "") for name in names}
    if production or any(given.values()):
        return given
    return _made_once(var_dir / "audit-keys.json", _audit_pair)


def _audit_pair() -> dict[str, str]:
    key = Ed25519PrivateKey.generate()
    return {
        "AUDIT_SIGNING_KEY": base64.b64encode(key.private_bytes_raw()).decode(),
        "AUDIT_PUBLIC_KEY": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
    }


def _fresh() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEYS": Fernet.generate_key().decode(),
        "IDENTITY_HASH_KEY": secrets.token_urlsafe(32),
    }


def _made_once(path: Path, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    if path.exists():
        known: dict[str, str] = json.loads(path.read_text())
        return known
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = make()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(fresh))
    try:
        os.link(draft, path)  # two first starts at once: the first one's keys stand
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    kept: dict[str, str] = json.loads(path.read_text())
    return kept
