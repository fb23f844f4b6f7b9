"""The client writes on a worker's screen, or on a paper that a worker types."""
