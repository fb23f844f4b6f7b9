"""The history of the plan."""
