"""Calls to identity providers: only to their own hosts, and none is waited for without end.

A provider is somebody else's machine: it may be slow, down, or answer without end. Each has two
threads of its own, so that those who wait for one keep nobody from another; who would be a third
hears that it is slow.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from threading import Lock
from typing import Any, TypeVar

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import HTTPAdapter

from web.identity.providers import Provider
from web.identity.refusals import Unreachable

T = TypeVar("T")
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 3, 5, 8
LARGEST_ANSWER = 256 * 1024  # bytes
_AT_ONCE = 2
_PIECE = 16 * 1024

_pools: dict[str, ThreadPoolExecutor] = {}
_waiting: dict[str, set[Future[Any]]] = {}
_lock = Lock()


class OwnHostsOnly(HTTPAdapter):
    """Sends to a provider's own hosts alone, follows nobody, and reads so much and no more."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(max_retries=0)
        self.provider = provider

    def send(self, request: requests.PreparedRequest, *_: Any, **kwargs: Any) -> requests.Response:
        if not self.provider.may_call(request.url or ""):
            raise requests.exceptions.InvalidURL
        end = time.monotonic() + TOTAL_SECONDS
        kwargs |= {"stream": True, "timeout": (CONNECT_SECONDS, READ_SECONDS)}
        response = super().send(request, **kwargs)
        if 300 <= response.status_code < 400:
            response.close()
            raise requests.exceptions.TooManyRedirects
        content = b""
        for piece in response.iter_content(_PIECE):
            content += piece
            if len(content) > LARGEST_ANSWER or time.monotonic() > end:
                response.close()
                raise requests.exceptions.ContentDecodingError
        response._content = content
        return response


def session_for(provider: Provider, **given: Any) -> OAuth2Session:
    """A session that calls this provider and nobody else."""
    session = OAuth2Session(provider.client_id, **given)
    for scheme in ("https://", "http://"):
        session.mount(scheme, OwnHostsOnly(provider))
    return session


def get_json(provider: Provider, url: str, token: str = "") -> dict[str, Any]:
    """A JSON object of the provider's. Raises :class:`Unreachable`."""
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"

    def fetch() -> dict[str, Any]:
        with session_for(provider) as session:
            # ``auth``: nothing of a .netrc goes along.
            answer = session.get(url, headers=headers, withhold_token=True, auth=lambda r: r)
            answer.raise_for_status()
            found = json.loads(answer.content)
        if not isinstance(found, dict):
            raise ValueError("no object")
        return found

    return within_time(provider, fetch)


def within_time(provider: Provider, call: Callable[[], T]) -> T:
    """What a call to a provider gives. Raises :class:`Unreachable` where it fails or takes long.

    A call that is given up goes on in its thread until it ends by itself.
    """
    with _lock:
        waiting = _waiting.setdefault(provider.issuer, set())
        if len(waiting) >= _AT_ONCE:
            raise Unreachable("busy")
        pool = _pools.get(provider.issuer)
        if pool is None:
            pool = _pools[provider.issuer] = ThreadPoolExecutor(_AT_ONCE, "provider")
        future = pool.submit(call)
        waiting.add(future)
    future.add_done_callback(waiting.discard)
    try:
        return future.result(TOTAL_SECONDS)
    except TooSlow as error:
        raise Unreachable("slow") from error
    except (requests.RequestException, OSError) as error:
        raise Unreachable("not_reached") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Unreachable("not_understood") from error
