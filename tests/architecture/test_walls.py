"""The walls of the house stand, and what the linter cannot see is looked at here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [
    "common", "statutes", "audit", "people", "cases", "consent", "records", "benefits", "caseplan",
    "followup", "rights", "inbox", "evaluation", "operations", "web", "components",
    "pages", "api", "demo", "config", "devservers",
]  # fmt: skip
# The rooms of the floor of the plan, the lowest first; nothing stands on the floor beside them.
PLAN_ROOMS = [
    "assessments", "messages", "contacts", "plan", "options", "remarks", "plan_templates",
    "meetings", "intake",
]  # fmt: skip
ROOMS = [
    room
    for floor in FLOORS
    for room in ([f"caseplan/{one}" for one in PLAN_ROOMS] if floor == "caseplan" else [floor])
]
DOMAIN = ROOMS[2 : ROOMS.index("operations") + 1]
FURNITURE = {
    "__init__", "models", "access", "selectors", "services", "tasks", "signals", "receivers",
    "admin", "apps", "management", "migrations", "reminders", "inbox",
}  # fmt: skip
# What a room has beyond the common furniture, and why it is a piece of its own.
OWN_FURNITURE = {
    # What a page showed, in a row; sealing it, finding what was done to it, what is signed outside.
    "audit": {"shown", "visits", "sealing", "verification", "heads"},
    # Which language somebody is spoken to in; who somebody is, as an identity provider said it.
    # And who registers systems that read by themselves: access of its own, beside that of people.
    "people": {"languages", "entering", "machine_access"},
    "cases": {"lifecycle"},  # the one table of a case's states
    # The counting: triggers, who comes up to them, early signals, the municipality's share.
    "benefits": {"eligibility", "forecast", "early_signals", "shares"},
    # What may be scored, as dated data with its reader; kinds of services; looking into files.
    "caseplan/assessments": {"instruments"},
    "caseplan/plan": {"catalogue"},
    "caseplan/messages": {"scanning"},
    # What is reminded of and in which words; what a letter says, by which way, and when not; when
    # somebody asks how things went.
    "followup": {"rules", "sentences", "letters", "account_letters", "channels", "quiet", "points"},
    "records": {"fields", "checks", "history"},  # how fields are declared; what refuses a gap
    "consent": {"national"},  # the table of grounds an installation may begin with, as data
    # All that waits in one statement: its rules, the gate on it, its rows in words, its counts;
    # what may be done with a thing in its row.
    # And a client's own: what it is read from, and its words.
    "inbox": {
        "rules",
        "gate",
        "statement",
        "words",
        "waits",
        "events",
        "acts",
        "own",
        "own_parts",
        "own_words",
    },
    "rights": {"letters", "wording"},  # what a letter about a breach says; kinds in plain words
    # What lets drafts, and cases, go; a night's steps; how the other database is made; what an
    # installation still lacks before its first client.
    "operations": {"drafts", "erasure", "night", "practice", "checklist", "installation"},
    # The rule of what may leave; what the contact log is counted by. And the figures: what each is
    # and how it is counted, once by its statement and once one by one; over which periods; how
    # counts are rounded, what a table of them leaves open, what is shown; whether all of it is so.
    # And rows for an evaluation, with the report's tables from them;
    # what clients told, in groups.
    "evaluation": {
        "suppression",
        "contacts",
        "indicators",
        "counting",
        "recounted",
        "periods",
        "rounding",
        "exposure",
        "publishing",
        "verification",
        "extracts",
        "feedback",
    },
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_planted_upward_import_breaks_the_build(tmp_path: Path) -> None:
    for room in FLOORS:
        shutil.copytree(ROOT / room, tmp_path / room)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "cases" / "planted.py").write_text("import caseplan.plan.models\n")
    broken = lint_imports(tmp_path)
    assert broken.returncode == 1
    assert "cases.planted" in broken.stdout


def test_a_planted_import_up_the_floor_of_the_plan_breaks_the_build(tmp_path: Path) -> None:
    for room in FLOORS:
        shutil.copytree(ROOT / room, tmp_path / room)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    (tmp_path / "caseplan" / "plan" / "planted.py").write_text("import caseplan.meetings.models\n")
    broken = lint_imports(tmp_path)
    assert broken.returncode == 1
    assert "caseplan.plan.planted" in broken.stdout


def test_a_planted_face_in_a_domain_room_breaks_the_build(tmp_path: Path) -> None:
    for room in FLOORS:
        shutil.copytree(ROOT / room, tmp_path / room)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    (tmp_path / "consent" / "planted.py").write_text("import rest_framework.views\n")
    assert lint_imports(tmp_path).returncode == 1


def test_no_domain_room_imports_http() -> None:
    found = [
        str(path.relative_to(ROOT))
        for room in DOMAIN
        for path in (ROOT / room).rglob("*.py")
        if "django.http" in path.read_text() or "django.shortcuts" in path.read_text()
    ]
    assert found == []


def test_no_foreign_key_points_upward() -> None:
    upward = []
    for model in apps.get_models():
        room = room_of(model)
        if room not in ROOMS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None)
            if target is None or not field.concrete:
                continue
            other = room_of(target.model)
            if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
                upward.append(f"{model._meta.label}.{field.name} -> {other}")
    assert upward == []


def room_of(model: type[Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name.replace(".", "/")


def test_domain_rooms_hold_only_the_agreed_furniture() -> None:
    strange = [
        f"{room}/{path.name}"
        for room in DOMAIN
        for path in (ROOT / room).iterdir()
        if path.name != "__pycache__"
        and path.stem not in FURNITURE | OWN_FURNITURE.get(room, set())
    ]
    assert strange == []


def test_no_room_imports_what_only_measures() -> None:
    found = [
        str(path.relative_to(ROOT))
        for room in FLOORS
        for path in (ROOT / room).rglob("*.py")
        if "import bench" in path.read_text("utf-8") or "from bench" in path.read_text("utf-8")
    ]
    assert found == []


LONGEST = 350
# What is longer, and why it reads best whole. What has become shorter leaves the list.
LONGER = {
    "caseplan/meetings/models/meeting.py": "a meeting and all that is of it, with what must hold",
    "caseplan/plan/access.py": "who may do what in a plan: one list, read beside its services",
    "config/settings.py": "every setting stands in one list",
    "people/services/staff_files.py": "one file's way: checked, written, asked about who is gone",
    "web/identity/providers.py": "the operator's table: each field beside how it is refused",
}


def test_no_module_is_longer_than_somebody_reads_at_once() -> None:
    """Of the product: tests and what only measures aside, migrations stand as they were made."""
    long = {
        str(path.relative_to(ROOT))
        for room in FLOORS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text("utf-8").splitlines()) > LONGEST
    }
    assert long - LONGER.keys() == set(), "divide it, or say in LONGER why it reads best whole"
    assert LONGER.keys() - long == set(), "short enough now: take it from LONGER"
