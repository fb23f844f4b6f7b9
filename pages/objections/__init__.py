"""What the client says no to."""
