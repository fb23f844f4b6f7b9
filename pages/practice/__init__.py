"""Practising among artificial people, and the network in which that is done."""
