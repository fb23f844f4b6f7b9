"""Why joint service was proposed to the client."""
