"""Counts about the network, suppressed before they leave.

Reads as a named system actor. Must never return a name, an id of a person, or a cell under five.
"""
