"""The rooms whose rules are mutated, as ``rooms.toml`` lists them, and where a run is kept."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "mutants"
# Of Cosmic Ray's own: those that a person might make. It also knows a shift of bits for a plus.
CORE = re.compile(
    r"core/(ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|Lt_Gt|LtE_Lt|LtE_Gt|Gt_GtE|Gt_Lt"
    r"|GtE_Gt|GtE_Lt|Is_IsNot|IsNot_Is)|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Mod_Mul"
    r"|FloorDiv_Mul|BitOr_BitAnd|BitAnd_BitOr)|ReplaceUnaryOperator_(Delete_Not|Delete_Invert"
    r"|USub_UAdd)|AddNot|ReplaceTrueWithFalse|ReplaceFalseWithTrue|ReplaceAndWithOr"
    r"|ReplaceOrWithAnd|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ExceptionReplacer"
    r"|NumberReplacer|ZeroIterationForLoop)$"
)


@dataclass(frozen=True, slots=True)
class Room:
    """One module and the tests that are to notice its mistakes."""

    name: str
    path: Path
    tests: list[str]
    also: list[Path]
    sample: int = 0
    group: str = ""

    @property
    def name_of_module(self) -> str:
        return _dotted(self.path)

    @property
    def modules(self) -> dict[str, Path]:
        """Its module and those built from it, by name."""
        return {_dotted(path): path for path in (self.path, *self.also)}

    @property
    def also_modules(self) -> list[str]:
        return [_dotted(path) for path in self.also]

    @property
    def session(self) -> Path:
        """Cosmic Ray's session for this very text of the module."""
        KEPT.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()[:10]
        return KEPT / f"{self.name}-{digest}.sqlite"

    def keep(self, **what: object) -> None:
        """Keep something about the session beside it."""
        self._beside.write_text(json.dumps({**self.kept(), **what}), "utf-8")

    def kept(self) -> dict[str, Any]:
        """What is kept beside the session: how many mistakes there were, and the tests tried."""
        return dict(json.loads(self._beside.read_text("utf-8"))) if self._beside.exists() else {}

    def digest_of_tests(self) -> str:
        """What the tests are now."""
        found = hashlib.sha256()
        for path in dict.fromkeys(one.partition("::")[0] for one in self.tests):
            found.update((ROOT / path).read_bytes())
        return found.hexdigest()

    def tests_have_changed(self) -> bool:
        """Whether what survived may be noticed now."""
        return self.kept().get("tests") != self.digest_of_tests()

    @property
    def _beside(self) -> Path:
        return self.session.with_suffix(".json")


def all_rooms() -> list[Room]:
    """Every room, in the order of the file."""
    with (Path(__file__).parent / "rooms.toml").open("rb") as file:
        found = tomllib.load(file)
    return [
        Room(
            name,
            ROOT / one["module"],
            one["tests"],
            [ROOT / path for path in one.get("also", [])],
            one.get("sample", 0),
            one.get("group", ""),
        )
        for name, one in found.items()
    ]


def room_of(name: str) -> Room:
    """The room of that name."""
    return next(room for room in all_rooms() if room.name == name)


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
