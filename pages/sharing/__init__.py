"""Who sees what of the client's information, and deciding about it."""
