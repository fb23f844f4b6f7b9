"""Pages travel compressed, save where their length could tell a stranger what is in them.

What is compressed is the shorter, the more of it repeats (BREACH): whoever makes a reader's browser
ask for a page with a text of their own choosing in it, and sees how long the answers are, could
guess at the rest letter by letter. docs/adr/0041 weighs it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_ELSEWHERE = frozenset({"cross-site", "same-site"})


class CompressingMiddleware(GZipMiddleware):
    """Django's, which adds up to 100 random bytes to each answer, for pages alone.

    A page that another site made the browser ask for with a query (the one place where it could put
    a text of its own choosing) is not compressed. Files and JSON are not either.
    """

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response  # type: ignore[no-any-return]
        if request.GET and request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
            return response  # type: ignore[no-any-return]
        return super().process_response(request, response)
