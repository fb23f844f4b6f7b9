"""What every row of client information shares, whichever room it belongs to.

Owns which rows a reader sees, how one is locked and written, the check against a stale edit, and
the access log of a reading. Knows no kind of row; must not know benefits, a plan, reminders.
"""
