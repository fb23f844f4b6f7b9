"""Append-only log of access, disclosure and change; who did what when, never content.

Knows actors and subjects by opaque ids only: no foreign keys, so that nothing it
remembers can be lost with the thing remembered. Must not know any room but ``common``.
"""
