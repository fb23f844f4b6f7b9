"""Slows down the guessing of passwords, without letting a stranger lock anybody out.

Wrong tries are counted for a name *from one address*, for a name from anywhere, and for an address
with any name. A few are free; from then on each makes the next wait, twice as long as the one
before. Somebody who has logged in from an address before is not held up there by what others do
with their name elsewhere, nor by what others do at that address.

Counts stand in the cache, under keyed hashes: neither names nor addresses can be read there.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LONGEST_WAIT = 15 * 60
FORGOTTEN_AFTER = 60 * 60
KNOWN_FOR = 30 * 24 * 3600


class TooManyTries(Exception):
    """Nothing was tried: so many seconds are to be waited first."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` tries without a wait; then ``first_wait`` seconds, doubling with each try.

    Forgotten an hour after the last try, or after the first where ``from_first``: the mistakes of
    a whole office must not add up over its day.
    """

    free: int
    first_wait: int
    from_first: bool = False

    def wait_after(self, tries: int) -> int:
        """Seconds to wait after so many tries."""
        if tries < self.free:
            return 0
        return int(min(self.first_wait * 2 ** min(tries - self.free, 30), LONGEST_WAIT))


LIMITS = {
    "name and address": Limit(free=5, first_wait=15),
    "name": Limit(free=50, first_wait=5),
    "address": Limit(free=100, first_wait=15, from_first=True),
}


@dataclass(slots=True)
class Try:
    """One try that is let through, counted as wrong until it is known to have succeeded."""

    _known: str
    _own: str
    _counted: list[str] = field(default_factory=list)
    _gates: list[str] = field(default_factory=list)

    @property
    def makes_wait(self) -> bool:
        """Whether the next one must wait, if this one was wrong."""
        return bool(self._gates)

    def succeeded(self) -> None:
        """It was the right password: not counted, and from here this name is known."""
        self.undo()
        cache.delete_many([_count_of(self._own), _gate_of(self._own)])
        cache.set(self._known, True, KNOWN_FOR)

    def undo(self) -> None:
        for key in self._counted:
            if (cache.get(_count_of(key)) or 0) > 0:
                cache.decr(_count_of(key))
        cache.delete_many(self._gates)

    def count(self, key: str, limit: Limit) -> int:
        """Count it; returns the seconds to wait, where it may not be tried now."""
        counter = _count_of(key)
        cache.add(counter, 0, FORGOTTEN_AFTER)
        try:
            tries = cache.incr(counter)
        except ValueError:  # forgotten in between
            cache.set(counter, 1, FORGOTTEN_AFTER)
            tries = 1
        if not limit.from_first:
            cache.touch(counter, FORGOTTEN_AFTER)
        self._counted.append(key)
        wait = limit.wait_after(tries)
        # Of many at once only one sets the gate, and goes through.
        if not wait or cache.add(_gate_of(key), time.time() + wait, wait):
            self._gates += [_gate_of(key)] if wait else []
            return 0
        return max(1, math.ceil((cache.get(_gate_of(key)) or 0) - time.time()))


def begin(request: HttpRequest, *, name: str) -> Try:
    """Call before a password is looked at. Raises :class:`TooManyTries`."""
    name, address = name.strip().casefold(), client_address(request)
    known = _hashed("known", name, address)
    own = _hashed("name and address", name, address)
    attempt = Try(known, own)
    for key, limit in _counted_for(name, address, known=bool(cache.get(known)), own=own):
        wait = attempt.count(key, limit)
        if wait:
            attempt.undo()
            raise TooManyTries(wait)
    return attempt


ASKING = {
    "name": Limit(free=4, first_wait=60),
    "address": Limit(free=20, first_wait=30, from_first=True),
}


def begin_asking(request: HttpRequest, *, name: str) -> None:
    """Call before a new password is asked for. Raises :class:`TooManyTries`.

    A name is held up whether or not anybody has it, and the log-in with it is not.
    """
    attempt = Try("", "")
    for what, value in (("name", name.strip().casefold()), ("address", client_address(request))):
        wait = attempt.count(_hashed("asked", what, value), ASKING[what])
        if wait:
            attempt.undo()
            raise TooManyTries(wait)


PROVING = {
    "name and address": Limit(free=10, first_wait=5),
    "address": Limit(free=50, first_wait=10, from_first=True),
}


def begin_proving(request: HttpRequest, *, name: str) -> Try:
    """Call before a system's proof is looked at. Raises :class:`TooManyTries`.

    Counted for a name from one address, and for an address: never for a name alone, so that nobody
    elsewhere can hold up a system.
    """
    address = client_address(request)
    own = _hashed("proving", name, address)
    attempt = Try(_hashed("proved", name, address), own)
    counted = ((own, "name and address"), (_hashed("proving", address), "address"))
    for key, limit in counted:
        wait = attempt.count(key, PROVING[limit])
        if wait:
            attempt.undo()
            raise TooManyTries(wait)
    return attempt


GIVING = {
    "address": Limit(free=5, first_wait=60, from_first=True),
    "anybody": Limit(free=300, first_wait=30, from_first=True),
}


def begin_feedback(request: HttpRequest) -> None:
    """Call before feedback is kept, which needs no log-in. Raises :class:`TooManyTries`.

    From one place a few an hour; from everywhere together no more than somebody could ever read.
    """
    attempt = Try("", "")
    for what, value in (("address", client_address(request)), ("anybody", "")):
        wait = attempt.count(_hashed("feedback", what, value), GIVING[what])
        if wait:
            attempt.undo()
            raise TooManyTries(wait)


FETCHING = Limit(free=20, first_wait=60, from_first=True)
GUESSING = Limit(free=10, first_wait=60, from_first=True)


def count_fetch(*, name: str) -> None:
    """Call before a private address is read: a program asks a few times an hour, never in a loop.

    Raises :class:`TooManyTries`.
    """
    _count_alone(_hashed("fetch", name), FETCHING)


def count_guess(request: HttpRequest) -> None:
    """Call where a private address is nobody's. Raises :class:`TooManyTries`."""
    _count_alone(_hashed("guess", client_address(request)), GUESSING)


def _count_alone(key: str, limit: Limit) -> None:
    attempt = Try("", "")
    if wait := attempt.count(key, limit):
        attempt.undo()
        raise TooManyTries(wait)


def _counted_for(name: str, address: str, *, known: bool, own: str) -> Iterator[tuple[str, Limit]]:
    yield own, LIMITS["name and address"]
    if not known:
        yield _hashed("name", name), LIMITS["name"]
        yield _hashed("address", address), LIMITS["address"]


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: before the installation's own proxies, if it has any.

    Each proxy adds, at the end of ``X-Forwarded-For``, whom it was asked by; what stands before
    that anybody may have written. A network of one household (an IPv6 /64) is one address.
    """
    address = own_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address  # a socket has none
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)


def own_address(request: HttpRequest) -> str:
    """The same, whole: not the network that counts as one."""
    address: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(passed) >= proxies:
        address = _without_port(passed[-proxies].strip()) or address
    return address


def _without_port(text: str) -> str:
    """The address in ``1.2.3.4:5``, ``[::1]:5`` or as it stands; empty where it is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""


def _hashed(*parts: str) -> str:
    return salted_hmac("web.throttle", "\0".join(parts), algorithm="sha256").hexdigest()


def _count_of(key: str) -> str:
    return f"tries:{key}"


def _gate_of(key: str) -> str:
    return f"wait:{key}"
