"""The page of a case, the same as its client's own page, and what pages under a case share."""
