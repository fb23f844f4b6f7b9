"""Ways to reach somebody outside this service: one interface, one module a way.

A channel knows an address, a text and the message's own id. It must not know what the message is
about, and there is nothing confidential in what it is given.
"""

from followup.channels.base import Gateway, Letter, Refused, Unanswered, Unavailable
from followup.channels.ways import gateway_for

__all__ = ["Gateway", "Letter", "Refused", "Unanswered", "Unavailable", "gateway_for"]
