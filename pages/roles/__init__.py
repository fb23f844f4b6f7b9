"""Who has which role, who begins and ends it, and who let whom in."""
