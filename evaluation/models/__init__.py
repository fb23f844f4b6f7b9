"""The tables of this room."""

from evaluation.extracts.models import ExtractOrder, ExtractState, ExtractUse

__all__ = ["ExtractOrder", "ExtractState", "ExtractUse"]
