"""The client's rights over their own information, and what follows from using them.

Owns: seeing the page as another would, who has looked and the questions about it, correction
requests, everything recorded about somebody in one answer, and the record of processing.
Reads everything below; must not know how any of it is drawn.
"""
