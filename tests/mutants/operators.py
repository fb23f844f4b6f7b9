"""Small mistakes of the kinds people make here, beside Cosmic Ray's own.

Rules stand here as SQL text and as filters of the ORM, which a tool for Python does not look into:
a limit moved by a day, an AND for an OR, a condition left out, a refusal forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from cosmic_ray.operators.operator import Operator
from parso.python.tree import Keyword, Name, PythonLeaf

Position = tuple[tuple[int, int], tuple[int, int]]


class _Own(Operator):  # type: ignore[misc]
    """Makes the copies of a node that :meth:`changes` lists, one mistake each."""

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        raise NotImplementedError

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        for _change in self.changes(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        return list(self.changes(node))[index]()

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


_SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|AND|OR|EXISTS|CASE|UNION|UPDATE|CONFLICT|DATE '|VALUES|NOT NULL"
    r"|coalesce|greatest|least|max|min)\b|^ ?[+-]|::int"
)
_TOKENS: tuple[tuple[str, str], ...] = (
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![<>=-])<(?![=>])", "<="),
    (r"(?<![<>=-])>(?![=])", ">="),
    (r"<>", "="),
    (r"(?<![<>!:=])=(?!=)", "<>"),
    (r"\bAND\b", "OR"),
    (r"\bOR\b(?! DO)", "AND"),
    (r"\bNOT EXISTS\b", "EXISTS"),
    (r"(?<!NOT )\bEXISTS\b", "NOT EXISTS"),
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bNOT (?!EXISTS|NULL|IN\b|MATERIALIZED)", ""),
    (r"\bNOT IN\b", "IN"),
    (r"(?<!NOT )\bIN \(", "NOT IN ("),
    (r"\bDISTINCT (?!ON)", ""),
    (r"\bLEFT JOIN\b", "JOIN"),
    (r"\bDESC\b", ""),
    (r"\bgreatest\b", "least"),
    (r"\bleast\b", "greatest"),
    (r"\bmax\(", "min("),
    (r"\bbool_and\b", "bool_or"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"(?<=[\w)'\"]) \+ ", " - "),
    (r"(?<=[\w)'\"]) - ", " + "),
    (r"(?<![\w'.%$-])\d+(?![\w'-])", "+1"),
    (r"(?<![\w'.%$-])\d+(?![\w'-])", "-1"),
)


class SqlText(_Own):
    """Mistakes in statements: operators, limits, conditions, numbers."""

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        if node.type not in ("string", "fstring_string") or _is_docstring(node):
            return
        text = node.value
        if (
            _is_for_people(node)
            or not _SQL.search(text)
            or text.lstrip("rfbRFB'\"").startswith("+0")
        ):
            return
        for pattern, put in _TOKENS:
            for found in re.finditer(pattern, text):
                new = str(int(found.group()) + int(put)) if put in ("+1", "-1") else put
                changed = text[: found.start()] + new + text[found.end() :]
                yield lambda changed=changed: _with_value(node, changed)


class DropOperand(_Own):
    """One condition of several is left out: of ``a and b``, ``a & b``, ``a | b``."""

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        if node.type in ("and_test", "or_test", "and_expr", "expr"):
            for at in range(0, len(node.children), 2):
                yield lambda at=at: _without(node, at)


class DropArgument(_Own):
    """One condition of a filter is left out."""

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        if node.type != "trailer" or node.children[0] != "(" or len(node.children) != 3:
            return
        called = node.get_previous_sibling()
        name = called.children[-1] if called is not None and called.type == "trailer" else called
        if getattr(name, "value", "") not in ("filter", "exclude", "get"):
            return
        inside = node.children[1]
        if inside.type != "arglist":
            yield lambda: _emptied(node)
            return
        for at, child in enumerate(inside.children):
            if child != ",":
                yield lambda at=at: _without_argument(node, at)


class Lookup(_Own):
    """A limit of a filter moved by one: ``__lte`` for ``__lt`` and so on."""

    _other = {"__lte": "__lt", "__lt": "__lte", "__gte": "__gt", "__gt": "__gte"}

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        if node.type != "name" or getattr(node.parent, "type", "") != "argument":
            return
        for end, other in self._other.items():
            if node.value.endswith(end):
                yield lambda other=other, end=end: Name(
                    node.value[: -len(end)] + other, node.start_pos, node.prefix
                )


class DropStatement(_Own):
    """A step is forgotten: a call, a value set on a thing, a refusal."""

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        if node.type != "simple_stmt" or len(node.children) != 2:
            return
        does = node.children[0]
        calls = does.type in ("atom_expr", "power") and does.children[-1].type == "trailer"
        raises = does.type == "raise_stmt" or (does.type == "keyword" and does.value == "raise")
        sets = does.type == "expr_stmt" and any(
            "." in part.get_code() and part.type in ("atom_expr", "power", "testlist_star_expr")
            for part in does.children[:1]
        )
        if calls or raises or sets:
            yield lambda: _passed(node)


class SwapName(_Own):
    """min for max, any for all."""

    _other = {"min": "max", "max": "min", "any": "all", "all": "any"}

    def changes(self, node: Any) -> Iterator[Callable[[], Any]]:
        following = node.get_next_sibling() if node.type == "name" else None
        called = following is not None and following.type == "trailer"
        if called and following.children[0] == "(" and node.value in self._other:
            yield lambda: Name(self._other[node.value], node.start_pos, node.prefix)


class Provider:
    """The plug-in: these operators under the name ``yhdessa``."""

    _operators = {
        one.__name__: one
        for one in (SqlText, DropOperand, DropArgument, Lookup, DropStatement, SwapName)
    }

    def __iter__(self) -> Iterator[str]:
        return iter(self._operators)

    def __getitem__(self, name: str) -> type[Operator]:
        return self._operators[name]


def _is_docstring(node: Any) -> bool:
    return getattr(node.parent, "type", "") == "simple_stmt"


def _is_for_people(node: Any) -> bool:
    """A text in the call of gettext."""
    at = node.parent
    while at is not None and at.type in ("trailer", "strings", "arglist", "argument"):
        called = at.get_previous_sibling() if at.type == "trailer" else None
        if getattr(called, "value", "") == "_":
            return True
        at = at.parent
    return False


def _with_value(node: Any, value: str) -> Any:
    node.value = value
    return node


def _without(node: Any, at: int) -> Any:
    first = node.get_first_leaf()
    prefix = first.prefix
    left = [*node.children]
    if at == 0:
        del left[:2]
    else:
        del left[at - 1 : at + 1]
    node.children = left
    node.get_first_leaf().prefix = prefix
    return node


def _without_argument(node: Any, at: int) -> Any:
    inside = node.children[1]
    left = [*inside.children]
    if at + 1 < len(left):
        del left[at : at + 2]
    else:
        del left[max(at - 1, 0) : at + 1]
    inside.children = left
    return node


def _emptied(node: Any) -> Any:
    node.children = [node.children[0], node.children[2]]
    return node


def _passed(node: Any) -> Any:
    first = node.get_first_leaf()
    leaf: PythonLeaf = Keyword("pass", first.start_pos, first.prefix)
    node.children = [leaf, node.children[1]]
    return node
