"""An identity provider beside a trial: allauth's own, with the demo's people, in its own process.

Nothing of it is part of the service: its own settings, database, sessions and keys, as another
organisation's has. It stands at two hosts, which are two issuers: one for staff, one for clients.
Never where people are served: what is here lets anybody in who knows the one password of the demo.
"""
