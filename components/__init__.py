"""The kit that pages are put together from: parts, forms, charts (docs/design/components.md).

Knows no word of the domain, no room, no address of a page; never reads the database or the clock.
"""
