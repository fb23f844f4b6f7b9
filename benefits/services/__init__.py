"""Writes of the room: the register import, the evaluation, and what people decide on flags."""

from benefits.services.death import record_death_before_case, undo_death_before_case
from benefits.services.decisions import (
    Handled,
    Left,
    assess_flag,
    assess_people,
    colleagues_of,
    decline_flag,
    decline_person,
    give_people,
    snooze_people,
    take_flags,
)
from benefits.services.evaluation import EvaluationResult, evaluate
from benefits.services.fact_erasure import ErasedFacts, erase_unneeded_facts, keep_people_of
from benefits.services.imports import (
    ask_for_import,
    confirm_import,
    discard_import,
    go_on_with_import,
    propose_import,
    stop_import,
    turn_down_import,
    work_on_import,
)
from benefits.services.manual_entries import add_manual_entry, withdraw_manual_entry
from benefits.services.register import (
    BadExtract,
    ImportReport,
    import_register,
)
from benefits.services.register_report import PROTECTION_KEPT

__all__ = [
    "PROTECTION_KEPT",
    "BadExtract",
    "ErasedFacts",
    "EvaluationResult",
    "Handled",
    "ImportReport",
    "Left",
    "add_manual_entry",
    "ask_for_import",
    "assess_flag",
    "assess_people",
    "colleagues_of",
    "confirm_import",
    "decline_flag",
    "decline_person",
    "discard_import",
    "erase_unneeded_facts",
    "evaluate",
    "give_people",
    "go_on_with_import",
    "import_register",
    "keep_people_of",
    "propose_import",
    "record_death_before_case",
    "snooze_people",
    "stop_import",
    "take_flags",
    "turn_down_import",
    "undo_death_before_case",
    "withdraw_manual_entry",
    "work_on_import",
]
