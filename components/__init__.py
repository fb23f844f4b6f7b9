"""The kit that pages are put together from: parts, forms, charts (docs/design/components.md).

Knows no room and no address of a page; never reads the database or the clock. Of the domain it
says a person, a body and a day.
"""
