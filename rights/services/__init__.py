"""Writes that follow when a client uses their rights."""

from rights.services.questions import answer_question, ask_about_look

__all__ = ["answer_question", "ask_about_look"]
