"""Puts a mistake into modules that are loaded already, for one forked process.

Loading Django anew for every mistake would take longer than the tests. A function gets the code
of its mutated self, a value is replaced wherever it was imported to; what was built from it when
it was loaded is built anew.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import sys
import types
from datetime import datetime
from pathlib import Path
from typing import Any

Space = dict[str, Any]


def loaded_anew(name: str, source: str) -> Space:
    """What loading the module from this source gives, beside the one that is in use."""
    found = importlib.import_module(name)
    beside = types.ModuleType(name)
    beside.__file__ = found.__file__
    beside.__package__ = found.__package__
    kept = sys.modules[name]
    sys.modules[name] = beside  # where dataclasses look for the names of their annotations
    try:
        exec(compile(source, str(found.__file__), "exec"), beside.__dict__)
    finally:
        sys.modules[name] = kept
    return beside.__dict__


def transplant(name: str, source: str, also: list[str]) -> list[str]:
    """Put the mutated source in the place of the loaded module. Returns what became different.

    ``also``: modules built from its values. An empty list: the mistake changes nothing at all.
    """
    module = importlib.import_module(name)
    assert module.__file__ is not None
    sound = {one: _source(one) for one in also}
    before = {one: loaded_anew(one, text) for one, text in sound.items()}
    old = loaded_anew(name, Path(module.__file__).read_text("utf-8"))
    changed = _put(module, old, loaded_anew(name, source))
    if changed:
        for one, text in sound.items():
            _put(importlib.import_module(one), before[one], loaded_anew(one, text))
    # What was loaded beside may listen to signals too, for as long as it is there.
    del old, before
    gc.collect()
    return changed


def _source(name: str) -> str:
    return Path(str(importlib.import_module(name).__file__)).read_text("utf-8")


def _put(module: types.ModuleType, old: Space, new: Space) -> list[str]:
    changed = []
    for name, value in new.items():
        if name.startswith("__") or name not in old or not hasattr(module, name):
            continue
        live = getattr(module, name)
        if inspect.isclass(value):
            if getattr(value, "__module__", "") == module.__name__:
                changed += _put_class(module, live, old[name], value)
        elif isinstance(_bare(value), types.FunctionType):
            if _bare(value).__module__ == module.__name__:
                changed += _put_function(module, name, live, old[name], value)
        elif _differs(old[name], value):
            _rebind(name, live, value)
            changed.append(name)
    return changed


def _put_function(module: types.ModuleType, name: str, live: Any, old: Any, new: Any) -> list[str]:
    if _depth(old) != _depth(new):
        bare = _bare(new)
        _rebind(
            name,
            live,
            types.FunctionType(
                bare.__code__, module.__dict__, bare.__name__, bare.__defaults__, bare.__closure__
            )
            if new is bare
            else new,
        )
        return [name]
    before, after, target = _bare(old), _bare(new), _bare(live)
    if _same(before.__code__, after.__code__) and not (
        _differs(before.__defaults__, after.__defaults__)
        or _differs(before.__kwdefaults__, after.__kwdefaults__)
    ):
        return []
    target.__code__ = after.__code__
    target.__defaults__, target.__kwdefaults__ = after.__defaults__, after.__kwdefaults__
    return [name]


def _put_class(module: types.ModuleType, live: Any, old: Any, new: Any) -> list[str]:
    changed = []
    for name, value in vars(new).items():
        before = vars(old).get(name)
        if isinstance(value, property):
            pairs = [(value.fget, getattr(before, "fget", None), getattr(live, name).fget)]
        elif isinstance(value, types.FunctionType) and value.__module__ == module.__name__:
            pairs = [(value, before, vars(live).get(name))]
        else:
            if not name.startswith("_") and _differs(before, value) and _plain(value):
                _rebind(new.__name__, live, new)
                return [f"{new.__name__}.{name}"]
            continue
        for after, was, target in pairs:
            if was is None or target is None or name == "__init__":
                continue
            if not _same(was.__code__, after.__code__):
                target.__code__ = after.__code__
                changed.append(f"{new.__name__}.{name}")
    if getattr(old, "__dataclass_fields__", None):
        defaults = [
            {f.name: f.default for f in one.__dataclass_fields__.values() if _plain(f.default)}
            for one in (old, new)
        ]
        if defaults[0] != defaults[1]:
            _rebind(new.__name__, live, new)
            changed.append(new.__name__)
    return changed


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool | tuple | types.NoneType)


def _rebind(name: str, live: Any, value: Any) -> None:
    """The new value in the place of the old one, in every module that imported it."""
    for module in list(sys.modules.values()):
        space = getattr(module, "__dict__", None) or {}
        for key, found in list(space.items()):
            if found is live and (key == name or not isinstance(live, bool | int | types.NoneType)):
                space[key] = value


def _bare(value: Any) -> Any:
    return inspect.unwrap(value) if callable(value) else value


def _depth(value: Any) -> int:
    depth = 0
    while hasattr(value, "__wrapped__"):
        value, depth = value.__wrapped__, depth + 1
    return depth


def _differs(old: Any, new: Any) -> bool:
    if isinstance(old, list | tuple | dict | datetime) or hasattr(old, "__dataclass_fields__"):
        return repr(old) != repr(new)
    try:
        return bool(old != new)
    except Exception:
        return repr(old) != repr(new)


def _same(old: types.CodeType, new: types.CodeType) -> bool:
    if (old.co_code, old.co_names, old.co_varnames, len(old.co_consts)) != (
        new.co_code, new.co_names, new.co_varnames, len(new.co_consts),
    ):  # fmt: skip
        return False
    for one, other in zip(old.co_consts, new.co_consts, strict=True):
        both = isinstance(one, types.CodeType), isinstance(other, types.CodeType)
        if all(both):
            if not _same(one, other):
                return False
        elif type(one) is not type(other) or one != other:
            return False
    return True
