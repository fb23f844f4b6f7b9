"""How it goes, and how things are after the end."""
