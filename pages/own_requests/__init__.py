"""Somebody asks for joint service themselves; one named person of one body answers."""
