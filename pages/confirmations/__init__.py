"""Confirming what a worker wrote down of a client's decision, or saying that it is not so."""
