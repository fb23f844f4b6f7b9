"""The dialogue of a case: threads, messages and the files sent with them.

Owns who writes in which thread, what waits for whom, and looking into files. Knows no plan.
"""
