"""The joint plan: goals, actions, services, versions and their agreement, and how a case ends.

Owns how a plan comes about and into force. May read ``benefits`` and ``assessments``; must not
know meetings, ready texts, reminders.
"""
