"""Dated scores of instruments, and the experts' ratings of work ability.

Owns what may be scored and on which scale, and how scores are recorded, corrected and imported.
Knows no plan.
"""
