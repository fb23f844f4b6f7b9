"""Messages of the team and the client."""
