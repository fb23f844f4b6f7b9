"""Writes that follow when a client uses their rights."""

from rights.services.breaches import (
    close_breach,
    decide_about_authority,
    examine_account,
    open_breach,
    revise_breach,
    revise_breach_text,
    send_breach_letters,
)
from rights.services.corrections import answer_correction, ask_for_correction
from rights.services.deadlines import prolong_correction, prolong_question
from rights.services.exports import WhyExported, record_export, why_exported
from rights.services.questions import answer_question, ask_about_access

__all__ = [
    "WhyExported",
    "answer_correction",
    "answer_question",
    "ask_about_access",
    "ask_for_correction",
    "close_breach",
    "decide_about_authority",
    "examine_account",
    "open_breach",
    "prolong_correction",
    "prolong_question",
    "record_export",
    "revise_breach",
    "revise_breach_text",
    "send_breach_letters",
    "why_exported",
]
