"""People outside the bodies, whom the client has invited."""
