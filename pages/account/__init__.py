"""The first page, and what the system is."""
