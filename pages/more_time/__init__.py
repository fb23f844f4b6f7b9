"""More time for a step of the client's: asking for it, taking that back, and answering."""
