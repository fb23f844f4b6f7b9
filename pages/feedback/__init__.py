"""How it has gone: told by a client at a milestone, read by the team in groups."""
