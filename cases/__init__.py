"""The header of a case: person, network, the law it runs under, the team, the case manager.

Owns the first of the two access questions: *is this actor in this case?* Must not know
what a case contains (``caseplan``) nor which information a body may see (``consent``).
"""
