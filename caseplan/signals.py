"""News of this room, received higher up. Sent inside the transaction of the write."""

from django.dispatch import Signal

#: A row was written. Gives ``row``, a :class:`consent.models.ClientInformation`, and ``now``.
row_written = Signal()
#: A version came into force. Gives ``case_id`` and ``now``.
plan_agreed = Signal()
