"""Asking the client for a consent, and answering."""
