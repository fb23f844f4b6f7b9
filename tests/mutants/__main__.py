"""``make mutants``: small mistakes put into the rules one by one, and whether a test notices.

Starts the tests once a room (``tests/mutants/rooms.toml``) and shows what survived. What was found
is kept in ``var/mutants`` by the text of the module: broken off, it goes on where it was.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome

from tests.mutants.rooms import ROOT, Room, all_rooms


def main() -> int:
    asked = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    asked.add_argument("--room", default="", help="one room of rooms.toml; all of them without")
    asked.add_argument("--sample", type=int, default=0, help="at most so many mistakes a room")
    asked.add_argument("--whole", action="store_true", help="every mistake of every room")
    asked.add_argument("--seed", type=int, default=1, help="which ones the sample draws")
    asked.add_argument("--again", action="store_true", help="try what survived once more")
    asked.add_argument("--report", action="store_true", help="only show what is known")
    given = asked.parse_args()
    rooms = [room for room in all_rooms() if given.room in ("", room.name)]
    if not rooms:
        asked.error(f"no such room; there are {', '.join(room.name for room in all_rooms())}")
    for together in [] if given.report else _beside_each_other(rooms):
        options = ["--mutants=" + ",".join(room.name for room in together)]
        sample = sys.maxsize if given.whole else given.sample
        options += [f"--mutants-sample={sample}", f"--mutants-seed={given.seed}"]
        options += ["--mutants-again"] if given.again else []
        tests = dict.fromkeys(test for room in together for test in room.tests)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += ["-p", "tests.mutants.plugin", "-m", "not deep", *options, *tests]
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    _report(rooms)
    return 0


def _beside_each_other(rooms: list[Room]) -> list[list[Room]]:
    """The rooms of one group are tried by the same tests, which run once as they are."""
    groups: dict[str, list[Room]] = {}
    for room in rooms:
        groups.setdefault(room.group or room.name, []).append(room)
    return list(groups.values())


def _report(rooms: list[Room]) -> None:
    total: Counter[str] = Counter()
    survived: list[str] = []
    print("| room | module | mistakes | tried | noticed | survived | noticed, % |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for room in rooms:
        if not room.session.exists():
            print(f"| {room.name} | `{room.path.relative_to(ROOT)}` | not run | | | | |")
            continue
        found: Counter[str] = Counter(mistakes=room.kept()["mistakes"])
        with use_db(str(room.session), WorkDB.Mode.open) as kept:
            results = dict(kept.results)
            for item in kept.work_items:
                result = results.get(item.job_id)
                if result is None or result.worker_outcome != WorkerOutcome.NORMAL:
                    continue
                found["tried"] += 1
                if result.test_outcome == TestOutcome.SURVIVED:
                    one = item.mutations[0]
                    where = f"{one.module_path}, {one.operator_name.split('/')[1]}"
                    survived.append(f"{where}\n{result.diff}")
                else:
                    found["noticed"] += 1
        total += found
        _line(room.name, f"`{room.path.relative_to(ROOT)}`", found)
    _line("all", "", total)
    for one in sorted(survived):
        print(f"\n{one}")


def _line(name: str, module: str, found: Counter[str]) -> None:
    tried, noticed = found["tried"], found["noticed"]
    share = f"{100 * noticed / tried:.0f}" if tried else ""
    print(
        f"| {name} | {module} | {found['mistakes']} | {tried} | {noticed} | {tried - noticed} "
        f"| {share} |"
    )


if __name__ == "__main__":
    sys.exit(main())
