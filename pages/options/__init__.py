"""Options offered to the client, and what the client says to them."""
