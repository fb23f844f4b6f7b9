"""How a personal identity code is kept: encrypted to be read back, hashed to be found again.

The keys come from the settings: ``IDENTITY_KEYS`` (Fernet keys, the first encrypts, all
decrypt, so that keys can be changed) and ``IDENTITY_HASH_KEY`` (which can not be changed
without hashing every code again). Knows nothing of what a code means.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=2)
def _cipher(keys: tuple[str | bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> bytes:
    """Encrypt with the newest key. Two encryptions of one text differ."""
    return _cipher(tuple(settings.IDENTITY_KEYS)).encrypt(text.encode())


def decrypt(token: bytes | memoryview) -> str:
    """The text again. Raises ``cryptography.fernet.InvalidToken`` where no key fits."""
    return _cipher(tuple(settings.IDENTITY_KEYS)).decrypt(bytes(token)).decode()


def search_hash(text: str) -> str:
    """Keyed hash (HMAC-SHA256, 64 hexadecimal digits), the same every time for one text.

    Without the key the codes, of which there are few enough to try all, cannot be found
    from their hashes.
    """
    key = settings.IDENTITY_HASH_KEY
    return hmac.digest(key.encode() if isinstance(key, str) else key, text.encode(), "sha256").hex()
