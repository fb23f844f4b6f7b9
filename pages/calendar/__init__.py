"""A worker's week and month."""
