"""A client gets a code on paper from their worker, and makes a way of their own to log in."""
