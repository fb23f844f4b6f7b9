"""Servers beside the project for trying out and for tests, and ``make run`` that starts it all.

Stands on top: it starts what ``config`` wires. Nothing that serves people in earnest needs it.
"""
