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

#: What is open of one worker in a case goes to another. Gives ``case``, ``giver_id``,
#: ``receiver_id`` (None: to nobody of the body yet), ``leaves`` (whether the giver is on the team
#: no more), ``actor`` and ``now``. Sent after the team has changed.
work_moved = Signal()

#: An office has named who of it works on a case. Gives ``case``, ``user_id``, ``actor`` and
#: ``now``.
seat_named = Signal()
