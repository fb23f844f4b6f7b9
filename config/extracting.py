"""Finds the texts of the interface in modules and templates, and keeps the catalogues in step.

For whoever changes texts: ``manage.py makemessages``. Babel reads, compares and writes; Django says
what of a template is text.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None, "gettext_noop": None, "_now": None,
    "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
# Those of the project itself: its demo and its settings speak English to its makers.
_LEFT_OUT = {"tests", "bench", "demo", "devservers", "migrations", ".venv", "var", "config"}
_FOR_MAKERS = {"design"}


def texts_of(base: Path) -> Catalog:
    """Every text of the project, with the files it stands in."""
    found = Catalog(domain="django")
    for path in sorted(base.rglob("*.py")):
        if not _LEFT_OUT & set(path.relative_to(base).parts):
            _add(found, str(path.relative_to(base)), path.read_bytes())
    for path in sorted((base / "templates").rglob("*.html")):
        if not _FOR_MAKERS & set(path.relative_to(base).parts):
            # Calls between filler, indented as the template is, which Python could not be.
            lines = templatize(path.read_text("utf-8")).splitlines()
            _add(found, str(path.relative_to(base)), "\n".join(map(str.strip, lines)).encode())
    return found


def _add(found: Catalog, place: str, code: bytes) -> None:
    for _line, message, _comments, context in extract("python", io.BytesIO(code), KEYWORDS):
        first = message if isinstance(message, str) else message[0]
        if re.search(r"\w", first):
            found.add(message, locations=[(place, 0)], context=context)


def update_catalogues(base: Path) -> list[Path]:
    """Bring each language's catalogue in step with the texts; returns those that changed.

    New texts wait for their translation, what nobody says any more goes, and nothing is guessed.
    """
    found, changed = texts_of(base), []
    for path in sorted((base / "locale").glob("*/LC_MESSAGES/django.po")):
        before = path.read_bytes()
        catalogue = read_po(io.BytesIO(before), locale=path.parts[-3])
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        catalogue.header_comment, catalogue.fuzzy = "# Written by manage.py makemessages.", False
        after = io.BytesIO()
        write_po(after, catalogue, width=78, sort_by_file=True, include_lineno=False)
        if after.getvalue() != before:
            path.write_bytes(after.getvalue())
            changed.append(path)
    return changed
