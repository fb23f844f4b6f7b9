"""News of this room, received higher up. Sent inside the transaction of the write."""

from django.dispatch import Signal

#: What was written down of a client's decision waits no more. Gives ``written``
#: (:class:`consent.models.WrittenDown`) and ``now``.
written_settled = Signal()
