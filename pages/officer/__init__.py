"""The pages of the data-protection officer: the ground table, policy texts, questions."""
