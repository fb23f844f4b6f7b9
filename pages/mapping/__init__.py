"""The mapping of services that are needed."""
