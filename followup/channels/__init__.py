"""Ways to reach somebody outside this service: one interface, one module a way.

A channel knows an address, a text and the message's own id. It must not know what the message is
about, and there is nothing confidential in what it is given.
"""

from followup.channels.base import (
    ChannelUnavailable,
    DeliveryRefused,
    DeliveryUnconfirmed,
    Gateway,
    Letter,
)
from followup.channels.ways import gateway_for

__all__ = [
    "ChannelUnavailable",
    "DeliveryRefused",
    "DeliveryUnconfirmed",
    "Gateway",
    "Letter",
    "gateway_for",
]
