"""Asking for something recorded to be corrected, and answering."""
