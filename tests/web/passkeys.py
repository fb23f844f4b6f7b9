"""A device that makes passkeys and shows them, as a phone does, without a browser around it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HERE = "testserver"
_PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Device:
    """One phone. ``asked`` is what a page asks of the browser (``context["passkey"]``)."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = field(default_factory=lambda: os.urandom(16))
    owner: str = ""

    def makes(self, asked: Any) -> str:
        """What the browser sends where a page asks for a new passkey."""
        self.owner = asked["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(bytes(16), self.name, public)
        flags = _PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(sha256(HERE.encode()).digest(), flags, 0, kept)
        said = self._said("webauthn.create", asked)
        made = {"attestationObject": AttestationObject.create("none", data, {})}
        return self._answer(said, **made)

    def shows(self, asked: Any) -> str:
        """What the browser sends where a page asks for a passkey that is there."""
        said = self._said("webauthn.get", asked)
        data = AuthenticatorData.create(sha256(HERE.encode()).digest(), _PRESENT_AND_VERIFIED, 1)
        signed = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            said, authenticatorData=data, signature=signed, userHandle=websafe_decode(self.owner)
        )

    def _said(self, kind: Any, asked: Any) -> CollectedClientData:
        challenge = asked["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, f"http://{HERE}")

    def _answer(self, said: CollectedClientData, **more: bytes) -> str:
        name = websafe_encode(self.name)
        response = {"clientDataJSON": said, **more}
        return json.dumps(
            {
                "id": name, "rawId": name, "type": "public-key",
                "response": {key: websafe_encode(value) for key, value in response.items()},
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )  # fmt: skip
