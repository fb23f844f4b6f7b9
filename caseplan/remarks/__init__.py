"""Remarks: what the client says of anything in the plan, and steps they propose themselves.

Owns the client's words, and the worker's answer beside them: none is left without one.
"""
