"""Extracts for an evaluation: asked for, approved by a second person, taken out, ended."""
