"""Coming in: assessing a need, and what one body sends another before a case."""
