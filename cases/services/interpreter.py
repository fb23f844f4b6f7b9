"""In which language a client needs an interpreter at meetings: said by them, or by the team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import can_say_interpreter
from cases.models import Case
from cases.services.rows import lock_case, record_case_change
from common.actor import Actor
from common.decision import Refused
from people.languages import parse_language


@transaction.atomic
def say_interpreter(*, actor: Actor, case: Case, language: str, now: datetime) -> None:
    """The client needs an interpreter in this language, a code; none where it is empty.

    From then on every meeting to come asks for one. Raises :class:`Refused` for what is no code.
    """
    lock_case(case)
    can_say_interpreter(actor, case, now=now).require()
    try:
        code = parse_language(language) if language.strip() else ""
    except ValueError as error:
        raise Refused(_("Choose one of the languages."), field="language") from error
    Case.objects.filter(pk=case.pk).update(interpreter_language=code, interpreter_said_at=now)
    case.interpreter_language, case.interpreter_said_at = code, now
    record_case_change(actor, "interpreter_said", case, case.pk, now, subject="case")
