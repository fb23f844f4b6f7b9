"""The client writes on a worker's screen."""
