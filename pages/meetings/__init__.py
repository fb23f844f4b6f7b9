"""Meetings: called, held, written up."""
