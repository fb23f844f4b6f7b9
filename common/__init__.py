"""What every room may use and nobody owns: actors, decisions, the clock, ids, identity codes.

Must not know any other room, and holds no models.
"""
