"""Categories, grounds and the grants of a client: who may see what, and why.

Owns the second of the two access questions: *which of the information of a case may the
body of this actor see, on what ground?* Must not know plans or benefits; they ask it.
"""
