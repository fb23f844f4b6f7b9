"""Writes that follow when a client uses their rights."""

from rights.services.corrections import answer_correction, ask_for_correction
from rights.services.questions import answer_question, ask_about_look

__all__ = ["answer_correction", "answer_question", "ask_about_look", "ask_for_correction"]
