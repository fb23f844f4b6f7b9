"""Which acts the services write to the log, found in their source."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cases", "caseplan", "consent", "people", "benefits", "followup", "rights", "operations",
         "evaluation", "inbox", "pages", "api", "web")  # fmt: skip
# Who writes a change, and which argument is the act: its name, its place. ``log_row`` puts the
# name of the kind of row before it.
RECORDERS = {
    "record_change": ("action", None),
    "record_change_for_each_person": ("action", None),
    "record_case_change": ("action", 1),
}
OF_ROWS = {"log_row": ("verb", 2)}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def acts() -> dict[str, set[str]]:
    """Every act that a service writes, with where; ``*`` stands for what is put in as it is run."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in _modules():
        tree = ast.parse(path.read_text("utf-8"))
        where = str(path.relative_to(ROOT))
        recorders = _recorders_in(tree)
        for call in _calls(tree):
            name = _name(call)
            if name in recorders:
                before, (argument, place) = recorders[name]
                for value in _values(_argument(call, argument, place)):
                    found[f"{before}{value}"].add(where)
    found.pop("*", None)
    found.pop("*_*", None)
    return found


def _modules() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _recorders_in(tree: ast.AST) -> dict[str, tuple[str, tuple[str, int | None]]]:
    """Those above and whatever function of the module hands an act of its caller on to one."""
    known: dict[str, tuple[str, tuple[str, int | None]]] = {
        **{name: ("", where) for name, where in RECORDERS.items()},
        **{name: ("*_", where) for name, where in OF_ROWS.items()},
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    while True:
        more = {}
        for function in functions:
            named = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
            by_name = [arg.arg for arg in function.args.kwonlyargs]
            for call in _calls(function):
                if _name(call) not in known or function.name in known:
                    continue
                before, (argument, place) = known[_name(call)]
                act = _argument(call, argument, place)
                for name, value in ((n.id, n) for n in _names(act)):
                    if name in named or name in by_name:
                        prefix = before + _around(act, value)
                        at = named.index(name) if name in named else None
                        more[function.name] = (prefix, (name, at))
        if not more:
            return known
        known |= more


def _around(act: ast.expr | None, name: ast.Name) -> str:
    """What stands before a name in an act that is put together: ``flag_`` of ``f"flag_{x}"``."""
    if isinstance(act, ast.JoinedStr):
        first = act.values[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    return ""


def _names(node: ast.expr | None) -> list[ast.Name]:
    if isinstance(node, ast.Name):
        return [node]
    if isinstance(node, ast.JoinedStr):
        return [
            part.value
            for part in node.values
            if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
        ]
    return []


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _argument(call: ast.Call, name: str, place: int | None) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place is not None and len(call.args) > place else None


def _values(node: ast.expr | None) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*_values(node.body), *_values(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        parts = [str(v.value) if isinstance(v, ast.Constant) else "*" for v in node.values]
        return ["".join(parts)]
    return [] if node is None or isinstance(node, ast.Name) else ["*"]
