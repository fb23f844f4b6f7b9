"""The run itself, as a pytest plugin: loaded once, forked for every mistake.

First all tests run as they are, and it is noted which come to which statements. Then each mistake
is put into a process of its own (``transplant``), which runs the tests that come to the mutated
statement until one fails. What was found is kept in Cosmic Ray's session file, so that a run broken
off goes on where it was.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cosmic_ray.plugins
import pytest
from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult
from django.db import connections
from hypothesis import Phase, settings

from tests import servers
from tests.mutants.operators import Provider
from tests.mutants.rooms import CORE, Room, room_of
from tests.mutants.transplant import transplant

cosmic_ray.plugins.OPERATOR_PROVIDERS["yhdessa"] = Provider()
# No looking for the smallest example: that a test fails is enough.
settings.register_profile(
    "mutants",
    phases=[Phase.explicit, Phase.generate],
    database=None,
    deadline=None,
)
settings.load_profile("mutants")


@dataclass
class Sound:
    """The tests as they are: how long each takes, and the runs of statements it comes to.

    ``loading``: what is come to when the module is loaded, and so is a matter of every test.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    enters: dict[str, set[str]] = field(default_factory=dict)
    loading: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants", default="", help="the room of tests/mutants/rooms.toml")
    parser.addoption("--mutants-sample", type=int, default=0, help="so many, drawn by the seed")
    parser.addoption("--mutants-seed", type=int, default=1)
    parser.addoption("--mutants-again", action="store_true", help="survivors once more")
    parser.addoption("--mutants-minutes", type=float, default=600, help="stop after so long")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Instead of the tests: the tests as they are, then with each mistake."""
    if not session.config.getoption("--mutants"):
        return None
    servers.start(exact=True)  # once, before anything is forked
    sound: Sound | None = None
    runs = [Run(session, room_of(one)) for one in session.config.getoption("--mutants").split(",")]
    for run in runs:
        sound = run.go(sound, [one.room for one in runs])
    return True


_why: list[str] = []
entered: set[str] = set()
"""The runs of statements that a test has come to: module, function, first line."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Why a test failed as it is."""
    if report.failed:
        _why.append(f"{report.when}: {str(report.longrepr)[-300:]}")


class Run:
    """One room's mistakes."""

    def __init__(self, session: pytest.Session, room: Room) -> None:
        self.session, self.room, self.config = session, room, session.config
        self.items = {item.nodeid: item for item in session.items}
        self.kills: dict[str, int] = {}
        self.source = room.path.read_text("utf-8")

    def go(self, sound: Sound | None, rooms: list[Room]) -> Sound | None:
        """Try what has not been tried. ``sound``: the tests as they are, where that is known."""
        for one in connections.all(initialized_only=True):
            one.close()
        gc.freeze()
        with use_db(str(self.room.session), WorkDB.Mode.create) as kept:
            if not kept.num_work_items:
                kept.add_work_items(self._drawn())
            if self.config.getoption("--mutants-again") or self.room.tests_have_changed():
                for job_id, result in list(kept.results):
                    if result.test_outcome == TestOutcome.SURVIVED:
                        kept.set_result(job_id, WorkResult(WorkerOutcome.SKIPPED))
            self.room.keep(tests=self.room.digest_of_tests())
            done = {
                job_id
                for job_id, result in kept.results
                if result.worker_outcome != WorkerOutcome.SKIPPED
            }
            again = {job_id for job_id, _result in kept.results} - done
            waiting = self._in_turn(
                [item for item in kept.work_items if item.job_id not in done], again, len(done)
            )
            if not waiting:
                return sound
            known = sound is not None
            sound = sound or self._sound(rooms)
            for nodeid in () if known else sound.failed:
                told = f"left out, it fails as it is: {nodeid}\n{sound.why[nodeid]}"
                print(told, file=sys.__stderr__, flush=True)
                del sound.enters[nodeid]
            until = time.monotonic() + 60 * self.config.getoption("--mutants-minutes")
            for number, item in enumerate(waiting, 1):
                if time.monotonic() > until:
                    break
                result = self._tried(item.mutations[0], sound)
                kept.set_result(item.job_id, result)
                outcome = (result.test_outcome or result.worker_outcome).value
                place = item.mutations[0]
                print(
                    f"{number}/{len(waiting)} {outcome} {place.module_path}:{place.start_pos[0]} "
                    f"{place.operator_name} {(result.output or '')[:90]}",
                    file=sys.__stderr__, flush=True,
                )  # fmt: skip
        return sound

    def _drawn(self) -> list[WorkItem]:
        """All mistakes of the room, save those that change nothing."""
        found = []
        for item in _all_work_items([self.room.path.relative_to(Path.cwd())], {}):
            one = item.mutations[0]
            if one.operator_name.startswith("core/") and not CORE.match(one.operator_name):
                continue
            # What an assert says is for the types.
            if self.source.splitlines()[one.start_pos[0] - 1].lstrip().startswith("assert "):
                continue
            mutated = self._mutated(one)
            # What is no Python at all nobody would leave behind.
            if mutated is None or not _is_python(mutated) or _same_meaning(self.source, mutated):
                continue
            found.append(item)
        self.room.keep(mistakes=len(found))
        return found

    def _in_turn(self, waiting: list[WorkItem], again: set[str], done: int) -> list[WorkItem]:
        """What survived first; then others in an order drawn by the seed, to the room's sample."""
        seed = f"{self.config.getoption('--mutants-seed')} {self.room.name}"
        found = sorted(waiting, key=lambda item: (str(item.mutations[0]), item.job_id))
        random.Random(seed).shuffle(found)
        first = [item for item in found if item.job_id in again]
        new = [item for item in found if item.job_id not in again]
        count = self.config.getoption("--mutants-sample") or self.room.sample
        return first + (new[: max(count - done - len(first), 0)] if count else new)

    def _mutated(self, one: MutationSpec) -> str | None:
        operator = cosmic_ray.plugins.get_operator(one.operator_name)()
        code: str | None = MutationVisitor.mutate_code(self.source, operator, one.occurrence)
        return code

    def _sound(self, rooms: list[Room]) -> Sound:
        """The tests as they are, in a process of their own."""
        with tempfile.NamedTemporaryFile("r", suffix=".json") as told:

            def run() -> bool:
                told_of = {n: p for room in rooms for n, p in room.modules.items()}
                for name, path in told_of.items():
                    transplant(name, telling(path), [])
                sound = Sound(loading=sorted(entered))
                for nodeid, following in pairwise([*self.items, None]):
                    assert nodeid is not None
                    entered.clear()
                    began = time.monotonic()
                    passed = self._passes(nodeid, following)
                    sound.seconds[nodeid] = time.monotonic() - began
                    sound.enters[nodeid] = set(entered)
                    if not passed:
                        sound.failed.append(nodeid)
                        sound.why[nodeid] = _why[-1] if _why else ""
                kept = {**vars(sound), "enters": {k: sorted(v) for k, v in sound.enters.items()}}
                Path(told.name).write_text(json.dumps(kept), "utf-8")
                return True

            ended = _forked(run, seconds=1800)
            assert ended == 0, "the tests as they are did not come to an end"
            kept = json.loads(Path(told.name).read_text("utf-8"))
        return Sound(**{**kept, "enters": {k: set(v) for k, v in kept["enters"].items()}})

    def _tried(self, one: MutationSpec, sound: Sound) -> WorkResult:
        mutated = self._mutated(one)
        assert mutated is not None
        run_of = self._run_of(one)
        tests = [nodeid for nodeid, entered in sound.enters.items() if run_of in entered]
        if run_of is None or run_of in sound.loading:
            # What stands outside of all functions, or is come to while the module is loaded.
            files = tuple(f"{path}:" for path in self.room.modules.values())
            tests = [
                nodeid
                for nodeid, entered in sound.enters.items()
                if any(name.startswith(files) for name in entered)
            ]
        tests.sort(key=lambda nodeid: (-self.kills.get(nodeid, 0), sound.seconds[nodeid]))
        with tempfile.NamedTemporaryFile("r") as told:

            def run() -> bool:
                changed = transplant(self.room.name_of_module, mutated, self.room.also_modules)
                if not changed:
                    Path(told.name).write_text("nothing", "utf-8")
                    return True
                for nodeid, following in pairwise([*tests, None]):
                    assert nodeid is not None
                    if not self._passes(nodeid, following):
                        Path(told.name).write_text(nodeid, "utf-8")
                        return False
                return True

            seconds = 10 + 3 * sum(sound.seconds[nodeid] for nodeid in tests)
            ended = _forked(run, seconds=seconds)
            by = Path(told.name).read_text("utf-8")
        self.kills[by] = self.kills.get(by, 0) + 1
        difference = _difference(self.source, mutated)
        if by == "nothing":
            return WorkResult(WorkerOutcome.NO_TEST, "", None, difference)
        survived = ended == 0
        return WorkResult(
            WorkerOutcome.NORMAL,
            by or ("" if survived else "out of time" if ended is None else "could not be loaded"),
            TestOutcome.SURVIVED if survived else TestOutcome.KILLED,
            difference,
        )

    def _run_of(self, one: MutationSpec) -> str | None:
        """The run of statements the mistake is in; None for what stands outside of functions."""
        line = one.start_pos[0]
        found = None
        for name, first, last, _place in _runs_of_statements(ast.parse(self.source)):
            if first <= line <= last:
                found = f"{self.room.path}:{name}"  # the innermost comes last
        return found

    def _passes(self, nodeid: str, following: str | None) -> bool:
        """Whether a test passes; what it shares with the following one is kept."""
        self.session.testsfailed = 0
        self.session.shouldfail = self.session.shouldstop = False
        self.config.hook.pytest_runtest_protocol(
            item=self.items[nodeid], nextitem=self.items[following] if following else None
        )
        return not self.session.testsfailed


def telling(path: Path) -> str:
    """The module's text, each of whose runs of statements notes that a test has come to it."""
    tree = ast.parse(path.read_text("utf-8"))
    for name, _first, _last, (body, at) in reversed([*_runs_of_statements(tree)]):
        here = repr(f"{path}:{name}")
        body[at:at] = ast.parse(f"__import__('sys').modules['{__name__}'].entered.add({here})").body
    return ast.unparse(ast.fix_missing_locations(tree))


Place = tuple[list[ast.stmt], int]


def _runs_of_statements(
    tree: ast.AST, within: str = "", function: bool = False
) -> Iterator[tuple[str, int, int, Place]]:
    """Statements of functions that are come to together: name, first and last line, and place.

    A run ends where a statement with others inside may have left the function; those inside follow
    as runs of their own.
    """
    for _field, value in ast.iter_fields(tree):
        body = value if isinstance(value, list) else []
        if function and body and isinstance(body[0], ast.stmt):
            begun = 0
            # What a function is called with, and its own words, belong to no run of it.
            if isinstance(tree, ast.FunctionDef) and ast.get_docstring(tree) is not None:
                begun = 1
            for at, one in enumerate(body):
                if at >= begun and (at + 1 == len(body) or _has_inside(one)):
                    last = one.end_lineno or one.lineno
                    yield f"{within}:{body[begun].lineno}", body[begun].lineno, last, (body, begun)
                    begun = at + 1
        for one in body:
            if isinstance(one, ast.FunctionDef):
                yield from _runs_of_statements(one, f"{within}.{one.name}", True)
            elif isinstance(one, ast.ClassDef):
                yield from _runs_of_statements(one, f"{within}.{one.name}", False)
            elif isinstance(one, ast.stmt | ast.ExceptHandler | ast.match_case):
                yield from _runs_of_statements(one, within, function)


def _has_inside(one: ast.stmt) -> bool:
    return isinstance(one, ast.If | ast.For | ast.While | ast.With | ast.Try | ast.Match)


def _same_meaning(source: str, mutated: str) -> bool:
    """Whether only annotations differ, or how a thing is declared: no rule stands there."""
    return _meaning(source) == _meaning(mutated)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _meaning(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant("")
        if isinstance(node, ast.ClassDef):
            node.decorator_list = []
        if isinstance(node, ast.arguments):
            # By name or by place, it is the same function.
            node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            node.defaults = [*node.defaults, *(one for one in node.kw_defaults if one)]
            node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
    return ast.dump(tree)


def _difference(source: str, mutated: str) -> str:
    """The lines that differ, the old and the new."""
    old, new = source.splitlines(), mutated.splitlines()
    first = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    last = next(
        (n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), 0
    )
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    return "\n".join([f"@ {first + 1}", *(f"- {x}" for x in gone), *(f"+ {x}" for x in come)])


def _forked(run: Callable[[], bool], *, seconds: float) -> int | None:
    """Do it in a process of its own. Returns 0, 1, or None when it took too long."""
    number = os.fork()
    if number == 0:
        code = 1
        with contextlib.suppress(BaseException):
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for one in (1, 2):
                os.dup2(nothing, one)
            code = 0 if run() else 1
        os._exit(code)
    handle = os.pidfd_open(number)
    try:
        ready, _w, _x = select.select([handle], [], [], seconds)
        if not ready:
            os.killpg(number, signal.SIGKILL)
        _pid, status = os.waitpid(number, 0)
        return os.waitstatus_to_exitcode(status) if ready else None
    finally:
        os.close(handle)
