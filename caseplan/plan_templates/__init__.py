"""Ready texts of a network: goals, actions and replies that a plan can begin with.

Writes into a plan through its services; the plan does not know where a text came from.
"""
