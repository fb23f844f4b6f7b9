"""The language and the password of whoever is logged in."""
