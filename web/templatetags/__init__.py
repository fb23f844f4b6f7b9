"""Template tags and filters that both faces of the pages share."""
