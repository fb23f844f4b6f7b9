"""The list of cases, and the same as a file."""
