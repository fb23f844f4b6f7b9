"""Secret keys: from the environment in production, made once into VAR_DIR where none is set."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

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
    return _kept(var_dir / "secrets.json") | given


def _kept(path: Path) -> dict[str, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEYS": Fernet.generate_key().decode(),
        "IDENTITY_HASH_KEY": secrets.token_urlsafe(32),
    }
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
