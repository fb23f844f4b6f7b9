"""Assessments by experts and by the client, seen over time."""
