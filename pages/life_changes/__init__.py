"""Changes in a client's life: code, name, move, non-disclosure, death."""
