"""What the registers say of the person, what was counted from it, what was decided on it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benefits.models import (
    ExpectedFlag,
    Flag,
    FlagDecision,
    ManualEntry,
    PaymentPeriod,
    RegisterMention,
    UnemploymentSpell,
)
from consent.models import Category
from rights.selectors.kinds.kind import KEY, Recorder, RecordKind

_REGISTER: dict[str, Promise] = {
    "first_import": _("Came with the register extract of"),
    "corrected_by_import": _("Corrected by the register extract of"),
    "corrected_at": _("Corrected"),
}

REGISTERS: tuple[RecordKind, ...] = (
    RecordKind(
        "flag_decision",
        FlagDecision,
        _("Decision on what the registers showed"),
        {
            "state": _("Decision"),
            "reason": _("Reason"),
            "flag": _("What it is about"),
            "network": _("Network"),
            "snoozed_until": _("Looked at again on"),
            "statute": _("Section of law"),
            "asked_on": _("Counted on"),
            "measured": _("Days or full months counted"),
            "assessed_by": _("Who assesses the need"),
        },
        whose="flag__person",
        at="handled_at",
        by="handled_by",
        recorder="handled_for",
        category=Category.SERVICE_NEEDS,
        history=True,
        untold=KEY,
    ),
    RecordKind(
        "manual_entry",
        ManualEntry,
        _("Entered by hand beside the register"),
        {
            "kind": _("What was entered"),
            "first": _("First day"),
            "last": _("Last day"),
            "reason": _("Reason"),
            "withdrawn_at": _("Taken back"),
            "withdrawn_by": _("Taken back by"),
        },
        whose="person",
        at="entered_at",
        by="entered_by",
        recorder="entered_for",
        category=Category.BENEFITS_DETAIL,
        history=True,
        untold=KEY,
    ),
    RecordKind(
        "spell",
        UnemploymentSpell,
        _("Registered as unemployed"),
        {"start": _("First day"), "end": _("Last day"), **_REGISTER},
        whose="person",
        recorder=Recorder.EMPLOYMENT,
        category=Category.EDUCATION_WORK,
        untold=KEY,
    ),
    RecordKind(
        "payment",
        PaymentPeriod,
        _("Benefit paid"),
        {
            "benefit": _("Benefit"),
            "basis": _("Paid for"),
            "start": _("First day"),
            "end": _("Last day"),
            "paid_days": _("Paid days"),
            **_REGISTER,
        },
        whose="person",
        recorder=Recorder.KELA,
        category=Category.BENEFITS_DETAIL,
        untold=KEY,
    ),
    RecordKind(
        "flag",
        Flag,
        _("What the registers showed"),
        {
            "rule": _("Rule"),
            "reached_on": _("Reached on"),
            "closed_on": _("Closed"),
            "closed_because": _("Why closed"),
        },
        whose="person",
        at="opened_on",
        category=Category.SERVICE_NEEDS,
        untold=KEY,
    ),
    RecordKind(
        "expected_flag",
        ExpectedFlag,
        _("What the registers will show if nothing changes"),
        {"rule": _("Rule"), "expected_on": _("Expected on")},
        whose="person",
        category=Category.SERVICE_NEEDS,
        untold=KEY,
    ),
    RecordKind(
        "register_mention",
        RegisterMention,
        _("Last named by the registers"),
        {"last_import": _("Register extract of")},
        whose="person",
        category=Category.IDENTITY_CONTACT,
    ),
)
