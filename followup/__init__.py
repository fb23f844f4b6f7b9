"""Reminders: what is due, for whom, and what ended it.

Reads ``caseplan`` and ``cases``; nothing below knows that anybody is being reminded.
"""
