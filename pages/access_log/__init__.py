"""Who has looked at the client's information, and asking about it."""
