"""Identity providers: how somebody who proved who they are elsewhere comes in, and goes out again.

Owns the operator's table of providers, the OpenID Connect protocol as its client, and the pages of
the way there and back. Who the one so proved is here, and whether they come in, is said by
``people``.
"""
