"""What every room may use and nobody owns: actors, decisions, the clock, ids, the personal identity code.

Must not know any other room, and holds no models.
"""
