"""News of every row, received higher up. Sent inside the transaction of the write."""

from __future__ import annotations

from django.dispatch import Signal

#: A row was written. Gives ``row``, a :class:`consent.models.ClientInformation`, and ``now``.
row_written = Signal()

#: What was closed is open again. Gives ``row``, ``since`` (when it had been closed) and ``now``.
row_reopened = Signal()
