"""The contact log: calls, visits and letters outside the service, answered or not.

Owns who records one, what came of it, and on which day somebody is to be in touch next. Knows no
plan and no message.
"""
