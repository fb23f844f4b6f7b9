"""The policy text of the network."""
