"""The contact log of a case: calls, visits, letters."""
