"""News of this room, received higher up. Sent inside the transaction of the write."""

from django.dispatch import Signal

#: A change in a person's life took effect. Gives ``event``, ``actor``, ``now`` and ``journal``, the
#: :class:`common.journal.Journal` by which whatever follows is written, so that it can be undone.
life_changed = Signal()
#: It was taken back, all of it. Gives ``event``, ``journal`` (what was restored), ``actor`` and
#: ``now``.
life_change_undone = Signal()
#: Two records are one person: whatever hangs on ``other`` is to hang on ``person``. Gives
#: ``person``, ``other``, ``journal`` and ``now``.
records_merged = Signal()
#: A letter about an account is to be sent. Gives ``letter`` (:class:`people.models.AccountLetter`),
#: ``user_id`` (None: to nobody, and what follows takes the same steps), ``about``, which with the
#: first two tells it from every other, and ``now``.
letter_wanted = Signal()
