"""The tests: rules of the domain, run against real parts."""
