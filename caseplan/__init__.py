"""What a case contains: the joint plan with its goals, actions, measures, and its agreement.

Owns how a plan comes about and into force. May read ``benefits``; must not know reminders.
"""
