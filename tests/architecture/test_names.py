"""One name has one meaning: no two public classes of the product are called the same."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NOT_OURS_TO_NAME = {
    "Meta": "Django's",
    "Command": "Django's",
}
"""Names that stand more than once, and why that is right."""


def public_classes() -> Iterator[tuple[str, str]]:
    """Each public class of the product with its module, nested ones too, without the bench."""
    for app in sorted(ROOT.iterdir()):
        if not (app / "__init__.py").exists() or app.name in {"tests", "bench"}:
            continue
        for path in sorted(app.rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield node.name, str(path.relative_to(ROOT))


def test_no_two_public_classes_share_a_name() -> None:
    """Whoever reads ``Refused`` or ``Choices`` in a traceback or an import knows which it is."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, module in public_classes():
        found[name].append(module)
    assert len(found) > 400, "the classes of the product are looked at"
    shared = {name: where for name, where in found.items() if len(where) > 1}
    assert {name: where for name, where in shared.items() if name not in NOT_OURS_TO_NAME} == {}
