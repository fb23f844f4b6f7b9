"""The runs of the nights and the outbox."""
