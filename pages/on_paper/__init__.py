"""The plan, the people and who sees what, each on a sheet of paper in the client's language."""
