"""News of this room, received higher up. Sent inside the transaction of the write."""

from django.dispatch import Signal

#: A change in the client's life ended a case. Gives ``case`` (locked, ended), ``because``
#: (:class:`cases.lifecycle.ImmediateEnding`), ``journal``, ``actor`` and ``now``.
case_ended_immediately = Signal()

#: A case has begun. Gives ``case``, ``actor`` and ``now``.
case_begun = Signal()

#: A case has ended because the bodies assessed so together. Gives ``case``
#: (ended), ``actor`` and ``now``.
case_ended = Signal()
