"""The law as dated data, one file an Act in ``acts/``, and its typed reader.

Owns every figure the law sets (thresholds, intervals, retention) with its section and
its validity. Must not know persons, cases or the database: it has no models.
"""
