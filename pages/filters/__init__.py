"""Saved filters: beside whatever list there is, one partial and one set of pages."""
