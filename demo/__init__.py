"""An artificial network with its people, built through the services of the rooms.

Holds artificial data only (identity codes 900-999). Nothing may import it.
"""
