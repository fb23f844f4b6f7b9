"""Two records of one person, merged."""
