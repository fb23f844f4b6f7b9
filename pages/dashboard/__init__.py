"""The director's page: counts, never names."""
