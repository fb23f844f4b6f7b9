"""What both faces share: the access marker, the actor of a request, middleware, log-in.

Must not know which pages exist.
"""
