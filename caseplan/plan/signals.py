"""News of this room, received higher up. Sent inside the transaction of the write."""

from __future__ import annotations

from django.dispatch import Signal

#: A version came into force. Gives ``case_id`` and ``now``.
plan_agreed = Signal()
#: An ending was a mistake, and the case goes on. Gives ``case`` and ``now``.
ending_corrected = Signal()
