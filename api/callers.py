"""Who calls the JSON face by a token. Apart from its views: the framework reads it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from web.requests import context_of


@dataclass(frozen=True, slots=True)
class MachineCaller:
    """Who has called with a token, for the framework; who they are stands in the context."""

    is_authenticated: ClassVar[bool] = True


class MachineAuthentication(BaseAuthentication):
    """A call that brought a token which counts (``web.machines.reading``)."""

    def authenticate(self, request: Request) -> tuple[MachineCaller, None] | None:
        return (MachineCaller(), None) if context_of(request._request).actor.is_machine else None
