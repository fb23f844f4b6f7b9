"""The floor of the joint plan: its rooms are the packages inside, layered (docs/adr/0013)."""
