"""Writes that follow when a client uses their rights."""

from rights.services.corrections import answer_correction, ask_for_correction
from rights.services.questions import answer_question, ask_about_access

__all__ = ["answer_correction", "answer_question", "ask_about_access", "ask_for_correction"]
