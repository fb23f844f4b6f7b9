"""Joint meetings: who is asked, agenda, minutes, what is agreed; how a network meets.

Writes what a meeting agrees on through the services of ``plan``, which does not know it.
"""
