"""Looking into a sent file for malware: the local scanner, and where another one goes.

``settings.ATTACHMENT_SCANNER`` names a function that takes the bytes of a file and gives the name
of what it found, or an empty text. It raises when it cannot look: the file is then not taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

# The agreed test file of scanners (EICAR), in two parts so that no scanner stops at this one.
_TEST_FILE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def known_test_file(content: bytes) -> str:
    """Find the test file every scanner knows, and nothing else: shows that scanning works."""
    return "EICAR test file" if _TEST_FILE in content else ""


def scan(content: bytes) -> str:
    """What the installation's scanner finds in a file; empty where it finds nothing."""
    scanner = cast("Callable[[bytes], str]", import_string(settings.ATTACHMENT_SCANNER))
    return scanner(content)
