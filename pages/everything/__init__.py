"""Everything recorded about the client, to read and to take along."""
