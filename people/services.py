"""Writes about users, the organisation and persons."""
