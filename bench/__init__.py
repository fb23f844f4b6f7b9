"""Measures: each figure beside what it is held against, in one run, as a ratio.

``python -m bench`` starts servers of its own, makes artificial registers, and stops everything.
Stands outside the house: it calls the rooms, nothing calls it.
"""
