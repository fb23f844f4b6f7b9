"""Users, bodies, offices, networks, staff positions and persons.

Owns who exists and where they work. Must not know cases, plans or what anybody may see.
"""
