"""Systems of the bodies that read by themselves: their keys, their proof, their token.

What the libraries check and what is ours stands in docs/adr/0037.
"""
