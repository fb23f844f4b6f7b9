"""What every channel promises."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self


class DeliveryRefused(Exception):
    """The other side will not take this one: trying it again may help, others are not touched."""


class ChannelUnavailable(Exception):
    """The channel does not answer: nothing was handed over, and the others wait too."""


class DeliveryUnconfirmed(ChannelUnavailable):
    """The channel broke off in the middle: whether the letter was taken is not known."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: its id is the same however often it is handed over."""

    id: str
    to: str
    subject: str
    text: str


class Gateway(Protocol):
    """A channel that is open for a while and hands over letters one by one.

    ``hand_over`` returns when the other side has answered that it has the letter; it raises
    :class:`DeliveryRefused` or :class:`ChannelUnavailable`. Opening one connects nowhere before it
    is needed.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def hand_over(self, letter: Letter) -> None: ...
