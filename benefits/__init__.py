"""What the registers say, and what follows from it: spells, payment periods, counters, triggers.

Owns the register import and the counting of ``statutes``' triggers. Must not know a plan.
"""
