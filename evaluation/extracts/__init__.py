"""Rows for an evaluation, apart from the figures: an extract, who may order it, what is made of it.

What leaves here is about people whom nobody names (``docs/adr/0045-extracts-for-evaluation.md``).
"""
