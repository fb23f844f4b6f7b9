"""The file of an extract as it lies on the disk: never a line of it in the clear.

Its secret gives two keys: one makes the pseudonyms, the other seals the file frame by frame. With
the secret destroyed, what is left of the file, in a backup too, can be read by nobody.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options
from cryptography.x509 import Certificate, load_pem_x509_certificate

from common import crypto

_FRAME = 1 << 16
_SHORTEST_KEY = 2048


class Damaged(ValueError):
    """The file is not what was made: shortened, or changed."""


class NoCertificate(ValueError):
    """A text that is no certificate of an RSA key to which a file can be encrypted."""


def new_secret() -> bytes:
    """The secret of one extract, encrypted to be kept."""
    return crypto.encrypt(secrets.token_hex(32))


def _derived(kept: bytes | memoryview, what: bytes) -> bytes:
    return hmac.digest(bytes.fromhex(crypto.decrypt(kept)), what, "sha256")


def pseudonyms(kept: bytes | memoryview) -> Callable[[UUID], str]:
    """How this extract calls its cases: the same case is another one in every other extract."""
    key = _derived(kept, b"pseudonyms")
    return lambda case_id: hmac.digest(key, case_id.bytes, "sha256").hex()[:24]


class SealedWriter:
    """A file to write to: what is written leaves no trace in the clear. Close it at the end."""

    def __init__(self, stream: BinaryIO, kept: bytes | memoryview) -> None:
        self._stream, self._waits, self._digest = stream, bytearray(), sha256()
        self._cipher = Fernet(base64.urlsafe_b64encode(_derived(kept, b"file")))

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self._waits += data
        while len(self._waits) >= _FRAME:
            self._frame(bytes(self._waits[:_FRAME]))
            del self._waits[:_FRAME]
        return len(data)

    def flush(self) -> None:
        """What waits for a whole frame goes on waiting."""

    def close(self) -> str:
        """Write what is left. Gives the digest of all that was written."""
        self._frame(bytes(self._waits))
        return self._digest.hexdigest()

    def _frame(self, data: bytes) -> None:
        self._stream.write(self._cipher.encrypt(data) + b"\n")


def opened(path: Path, kept: bytes | memoryview, digest: str) -> Iterator[bytes]:
    """What was written, frame by frame. Raises :class:`Damaged` where it is not that any more."""
    cipher = Fernet(base64.urlsafe_b64encode(_derived(kept, b"file")))
    found = sha256()
    with path.open("rb") as stream:
        for line in stream:
            try:
                frame = cipher.decrypt(line.rstrip(b"\n"))
            except InvalidToken as fault:
                raise Damaged from fault
            found.update(frame)
            yield frame
    if found.hexdigest() != digest:
        raise Damaged


def certificate_in(text: str) -> Certificate:
    """The certificate somebody has pasted. Raises :class:`NoCertificate`."""
    try:
        found = load_pem_x509_certificate(text.strip().encode())
    except ValueError as fault:
        raise NoCertificate from fault
    key = found.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < _SHORTEST_KEY:
        raise NoCertificate
    return found


def mark_of(certificate: str) -> str:
    """What two people compare over the telephone: the certificate's SHA-256, in groups of four."""
    found = sha256(certificate_in(certificate).public_bytes(Encoding.DER)).hexdigest()
    return " ".join(found[at : at + 4] for at in range(0, len(found), 4))


def for_environment(content: bytes, certificate: str) -> bytes:
    """The content that only the environment can open (CMS enveloped data, as DER)."""
    builder = PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate_in(certificate))
    return builder.encrypt(Encoding.DER, [PKCS7Options.Binary])
