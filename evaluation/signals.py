"""News of this room, received by its own tasks."""

from django.dispatch import Signal

#: An extract has been approved and waits to be made. Gives ``order_id``.
extract_approved = Signal()
