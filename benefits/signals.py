"""News of this room, received higher up or by its own tasks."""

from django.dispatch import Signal

#: An import waits to be read (``commit`` False) or written (True). Gives ``run_id``, ``commit``.
import_asked = Signal()
