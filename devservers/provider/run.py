"""Makes what the trial's identity provider needs, and the service's table of providers with it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

BASE_DIR = Path(__file__).resolve().parents[2]
CLIENT_ID = "yhdessa"
ISSUERS = {"staff": "http://127.0.0.1:{port}", "clients": "http://localhost:{port}"}
_TABLE = """
[trial-staff]
issuer = "{staff}"
client_id = "{client_id}"
authentication = "client_secret_basic"
secret_file = "client_secret"
contact = "Kokeilun ylläpito · Försökets underhåll"
whom = "staff"
bodies = ["employment", "social", "kela"]
domains = ["example.org", "example.fi"]
scopes = ["openid", "profile"]
logs_out_there = true
[trial-staff.names]
fi = "Organisaation kirjautuminen"
sv = "Organisationens inloggning"
en = "Your organisation"
[trial-staff.levels]
"urn:yhdessa:trial" = "high"
[trial-staff.claims]
given_name = "given_name"
family_name = "family_name"
body = "body"
office = "office"
role = "role"

[trial-clients]
issuer = "{clients}"
client_id = "{client_id}"
authentication = "client_secret_basic"
secret_file = "client_secret"
contact = "Kokeilun ylläpito · Försökets underhåll"
whom = "clients"
scopes = ["openid", "profile"]
required = ["identity_code"]
[trial-clients.names]
fi = "Kokeilun tunnistautuminen"
sv = "Försökets identifiering"
en = "Identification of the trial"
[trial-clients.levels]
"urn:yhdessa:trial" = "high"
[trial-clients.claims]
given_name = "given_name"
family_name = "family_name"
identity_code = "urn:oid:1.2.246.21"
"""


def issuers(port: int) -> dict[str, str]:
    """The two issuers at this port: for staff, and for clients."""
    return {whom: address.format(port=port) for whom, address in ISSUERS.items()}


def prepare(folder: Path, *, port: int, service: str) -> Path:
    """Keys, a database and the client that the service is there; returns the service's table.

    ``service``: the service's own address. Everything is made anew, but the keys.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in ("secret", "client_secret"):
        _once(folder / name, secrets.token_urlsafe(50))
    key = generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _once(folder / "signing.pem", pem.decode())
    (folder / "provider.sqlite3").unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-m", "devservers.provider", service],
        cwd=BASE_DIR, env=environment(folder), check=True,
    )  # fmt: skip
    table = folder / "providers.toml"
    table.write_text(_TABLE.format(client_id=CLIENT_ID, **issuers(port)))
    return table


def environment(folder: Path) -> dict[str, str]:
    """The environment of the provider's own processes."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "devservers.provider.settings",
        "PROVIDER_FOLDER": str(folder),
    }


def _once(path: Path, text: str) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(text)
