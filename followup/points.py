"""When somebody asks how things went after the joint service ended (report L4908-4911; ours)."""

from __future__ import annotations

# Whole months after the day on which the case ended.
POINTS_MONTHS = (3, 6, 12, 24)
LAST_POINT_MONTHS = POINTS_MONTHS[-1]
