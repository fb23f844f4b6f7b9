"""News of this room, received higher up. Sent inside the transaction of the write."""

from django.dispatch import Signal

#: Something that waited before a case is answered, or waits no more. Gives ``subject_id`` and
#: ``now``.
answered = Signal()
