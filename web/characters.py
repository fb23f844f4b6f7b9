"""Characters that no text of the database can hold are left out of whatever is sent.

NUL and halves of a pair come with what is pasted from PDFs and old systems; nobody sees them and
nobody misses them, and what was written around them is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    QueryDict,
    UnreadablePostError,
)
from django.utils.datastructures import MultiValueDict

from web.errors import is_for_programs, not_there

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class CharacterMiddleware:
    """Once, for every field, field name, query and cookie, before anybody reads them.

    An address with such a character in it is the address of nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _NO_TEXT.search(request.path_info):
            return not_there(request, Http404())
        request.COOKIES = {holdable(k): holdable(v) for k, v in request.COOKIES.items()}
        if not is_for_programs(request.path_info):  # a program is told what it got wrong
            request.GET = _holdable_query(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> None:
        """What was posted is read here, before the first who asks for it."""
        if request.method != "POST":
            return
        try:
            request.POST = _holdable_query(request.POST)  # type: ignore[assignment]
        except UnreadablePostError:  # the line broke: whoever needs it finds nothing in it
            return
        if any(_NO_TEXT.search(name) for name in request.FILES):
            files = {holdable(name): found for name, found in request.FILES.lists()}
            request._files = MultiValueDict(files)  # type: ignore[attr-defined]


def holdable(text: str) -> str:
    """The text without what the database cannot hold in one."""
    return _NO_TEXT.sub("", text)


def _holdable_query(sent: QueryDict) -> QueryDict:
    if not any(_NO_TEXT.search(text) for name, all_ in sent.lists() for text in (name, *all_)):
        return sent
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        for text in texts:
            kept.appendlist(holdable(name), holdable(text))
    kept._mutable = False
    return kept
