"""Help beside each page in its own words, and a worker's first hour.

``HELP``: a text by the route of a page, of one to three sentences: what the page is for, and what
happens after its button. It asks the database nothing.
"""

from pages.help import case, clients_own, keeping, lists, own

HELP = {
    f"pages:{name}": text
    for part in (lists, case, clients_own, own, keeping)
    for names, text in part.TEXTS
    for name in names
}

__all__ = ["HELP"]
