"""Every kind of thing that is recorded about a client, and how each is told in words.

One entry a model, one label a field. A test walks the models: whatever hangs on a case or a person
stands here, field by field, told or left out with a reason.
"""

from __future__ import annotations

from rights.selectors.kinds.assessments import ASSESSMENTS
from rights.selectors.kinds.cases import CASES
from rights.selectors.kinds.consents import CONSENTS
from rights.selectors.kinds.follow_up import FOLLOW_UP
from rights.selectors.kinds.kind import Recorder, RecordKind
from rights.selectors.kinds.meetings_and_messages import TALKS
from rights.selectors.kinds.plans import PLANS
from rights.selectors.kinds.registers import REGISTERS
from rights.selectors.kinds.requests import RIGHTS

KINDS: tuple[RecordKind, ...] = (
    *CASES,
    *PLANS,
    *TALKS,
    *ASSESSMENTS,
    *CONSENTS,
    *REGISTERS,
    *RIGHTS,
    *FOLLOW_UP,
)
KIND_OF: dict[str, RecordKind] = {kind.code: kind for kind in KINDS}

__all__ = ["KINDS", "KIND_OF", "RecordKind", "Recorder"]
