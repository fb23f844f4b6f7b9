"""Coming in: what stands before a case, and how one begins (Act 381/2023 s. 3-4).

Nothing joint is recorded before the start (s. 12): what stands before is a row of one body's own,
seen by whoever sent it and whoever it was sent to, and gone after the network's days. Knows how a
network works and how a case is opened; nothing below knows this room.
"""
