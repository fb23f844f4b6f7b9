"""The pages of a client."""
