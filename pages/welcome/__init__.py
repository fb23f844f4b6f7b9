"""A client's first log-in; and whoever no register knows."""
