"""Every text of the project's interface, as gettext knows it: read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"tests", "bench", "demo", "migrations", ".venv", "var", "config"}
# Where a function has a context first, and where it has a plural second.
CALLS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "pgettext": 1, "pgettext_lazy": 1,
    "_now": 0, "ngettext": 0, "ngettext_lazy": 0,
}  # fmt: skip
# What Django leaves of a template: calls between filler, with a quoted text first.
CALL_IN_TEMPLATE = re.compile(
    r"""\b(?:gettext|ngettext|_)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
)


def in_context(context: str | None, text: str) -> str:
    """A text as gettext keeps it: one word may be two, by where it stands."""
    return f"{context}\x04{text}" if context else text


def said_in_python(source: str) -> Iterator[str]:
    """The texts that a module gives to gettext, implicit joins of strings put together."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            place = CALLS.get(name)
            if place is not None and len(node.args) > place:
                text = node.args[place]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    context = node.args[0].value if place else ""  # type: ignore[attr-defined]
                    yield in_context(context, text.value)


def said_in_template(source: str) -> Iterator[str]:
    """The texts of a template, as Django's own extraction finds them."""
    code = templatize(source)
    for call in CALL_IN_TEMPLATE.finditer(code):
        yield ast.literal_eval(call[1])


def all_texts() -> set[str]:
    """Every msgid that the templates and the rooms give to gettext."""
    said: set[str] = set()
    for path in sorted(ROOT.rglob("*.py")):
        if not LEFT_OUT & set(path.relative_to(ROOT).parts):
            said |= set(said_in_python(path.read_text("utf-8")))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if "design" not in path.parts:
            said |= set(said_in_template(path.read_text("utf-8")))
    return {text for text in said if re.search(r"\w", text)}
