"""Writes of the register room: the import, and the decision to decline a trigger."""

from benefits.services.decisions import decline_trigger
from benefits.services.register import BadExtract, ImportReport, import_register

__all__ = ["BadExtract", "ImportReport", "decline_trigger", "import_register"]
