"""What is kept is kept as a code or in somebody's own words, never in the language of a moment.

A text of ours that a service saved was said in the language of whoever wrote it, or of nobody,
and read so by everybody after. What the code makes up is a code, said when it is read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.architecture.test_walls import DOMAIN, ROOT

SAYING = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
KEEPING = {"create", "update", "change", "get_or_create", "update_or_create", "made"}
MODELS = {model.__name__ for model in apps.get_models()}
SERVICES = {f"{room}.services".replace("/", ".") for room in DOMAIN} - {"audit.services"}
FACES = sorted(
    path for room in ("pages", "api", "components", "web") for path in (ROOT / room).rglob("*.py")
)
FILES = sorted(
    path
    for room in DOMAIN
    for path in (ROOT / room).rglob("*.py")
    if path.relative_to(ROOT / room).parts[0] in {
        "services", "services.py", "receivers.py", "tasks.py", "erasure.py", "night.py",
    }
)  # fmt: skip
# What keeps a text of ours all the same, and why that is right.
ALLOWED: dict[tuple[str, str], str] = {}


class Texts:
    """What of a file's source is a text of ours, and where such a text is kept."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.saying = {
            found.asname or found.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for found in node.names
            if found.name in SAYING
        }
        self.services = {
            found.asname or found.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module in SERVICES
            for found in node.names
        }
        self.names: set[str] = set()
        # A name given a text is one; twice, for a name given a name.
        for node in [*ast.walk(self.tree)] * 2:
            if (
                isinstance(node, ast.Assign | ast.AnnAssign)
                and node.value
                and self.is_text(node.value)
            ):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                self.names |= {t.id for t in targets if isinstance(t, ast.Name)}

    def is_text(self, node: ast.expr) -> bool:
        """Whether it is, or is made of, what gettext gives, or the label of a choice."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in self.saying:
                return True
            case ast.Call(func=ast.Name(id="str"), args=[said]):
                return self.is_text(said)
            case ast.Call(func=ast.Attribute(value=said, attr=attr), args=given):
                shown = attr.startswith("get_") and attr.endswith("_display")
                joined = attr == "join" and any(self.is_text(one) for one in given)
                return shown or joined or self.is_text(said)
            case ast.Attribute(value=whose, attr="label"):
                # An actor's label is their key in the log, in no language.
                return not (isinstance(whose, ast.Name) and whose.id == "actor")
            case ast.Name(id=name):
                return name in self.names
            case ast.Subscript(value=table):
                return self.is_text(table)
            case ast.Dict(values=values) | ast.BoolOp(values=values):
                return any(self.is_text(value) for value in values)
            case ast.List(elts=values) | ast.Tuple(elts=values):
                return any(self.is_text(value) for value in values)
            case ast.JoinedStr(values=values):
                parts = (part.value for part in values if isinstance(part, ast.FormattedValue))
                return any(self.is_text(part) for part in parts)
            case ast.BinOp(left=left, right=right):
                return self.is_text(left) or self.is_text(right)
            case ast.IfExp(body=one, orelse=other):
                return self.is_text(one) or self.is_text(other)
        return False

    def is_of_a_service(self, called: ast.expr) -> bool:
        """Whether it calls a service of another file: what it is given, it may keep."""
        match called:
            case ast.Name(id=name):
                return name in self.services
            case ast.Attribute(value=ast.Name(id="services")):
                return True
        return False

    def kept(self) -> Iterator[str]:
        """The fields into which a text of ours is put: of a row made, changed, or assigned to."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                made = isinstance(node.func, ast.Name) and node.func.id in MODELS
                changed = isinstance(node.func, ast.Attribute) and node.func.attr in KEEPING
                if made or changed:
                    yield from (k.arg or "**" for k in node.keywords if self.is_text(k.value))
            elif isinstance(node, ast.Assign) and self.is_text(node.value):
                yield from (t.attr for t in node.targets if isinstance(t, ast.Attribute))

    def given(self) -> Iterator[str]:
        """What services of other files are given a text of ours as."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and self.is_of_a_service(node.func):
                yield from (k.arg or "**" for k in node.keywords if self.is_text(k.value))


def both(texts: Texts, *, keeps: bool) -> Iterator[str]:
    """What is kept at once, where the file itself keeps anything, and by the services it calls."""
    yield from texts.given()
    if keeps:
        yield from texts.kept()


def test_no_service_keeps_a_text_of_ours_and_no_page_gives_it_one() -> None:
    found = {
        (str(path.relative_to(ROOT)), field)
        for path in (*FILES, *FACES)
        for field in both(Texts(path.read_text()), keeps=path in FILES)
    }
    assert len(FILES) > 60
    assert found - {*ALLOWED} == set()
    assert {*ALLOWED} - found == set(), "allowed and not there any more"


@pytest.mark.parametrize(
    "planted",
    [
        'Handover(words=_("Gone."))',
        'row = Meeting.objects.create(place=str(_("Here %(x)s") % {"x": 1}))',
        "journal.change(rows, words=f\"{_('Gone')}.\")",
        'with override("fi"):\n    why = _("Gone.")\nreferral.declined_because = why',
        'W = {"a": _("Gone.")}\nrows.update(words=W[code])',
        "row.words = State(code).label",
        "Goal(text=row.get_state_display().lower())",
        'from consent.services import decide\ndecide(actor=actor, purpose=_("the plan"))',
        'services.add_goal(text=_("Find work"))',
    ],
)  # fmt: skip
def test_a_planted_text_is_found(planted: str) -> None:
    head = "from django.utils.translation import gettext_lazy as _\n"
    assert list(both(Texts(head + planted), keeps=True))


def test_what_is_refused_is_said_and_not_kept() -> None:
    source = (
        "from django.utils.translation import gettext as _\n"
        'row.words = said(words, "words", _("Write why."))\n'
        'raise Refused(_("No."), field="words")\n'
    )
    assert not list(both(Texts(source), keeps=True))
