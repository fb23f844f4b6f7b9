"""The accessibility statement, feedback on it, and its list for whoever keeps the service."""
