"""How a process that must not start ends."""

from __future__ import annotations

import sys

# As gunicorn's own for "a worker cannot start": its master ends too, and does not try for ever.
REFUSED = 3


def refuse(*lines: str) -> None:
    """End the process, with these lines."""
    print("Yhdessä does not start.", *lines, sep="\n", file=sys.stderr, flush=True)
    raise SystemExit(REFUSED)
