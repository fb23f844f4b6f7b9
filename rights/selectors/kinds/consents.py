"""What the client has decided about their information, and whom it let in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consent.models import Category, Consent, ConsentLine, ConsentRequest, OutsideParty
from rights.selectors.kinds.kind import KEY, RecordKind

CONSENTS: tuple[RecordKind, ...] = (
    RecordKind(
        "consent",
        Consent,
        _("What you have decided about your information"),
        {
            "choice": _("Decision"),
            "scope": _("About what"),
            "receiver": _("Towards whom"),
            "office": _("Office"),
            "party": _("Outside party"),
            "purpose": _("What for"),
            "purpose_code": _("What for"),
            "valid_from": _("In force from"),
            "valid_to": _("In force to"),
            "method": _("How it was given"),
            "scan_reference": _("Where the signed paper is kept"),
            "witness": _("Witness"),
            "policy": _("The text read before it"),
            "request": _("Answers the request"),
        },
        at="given_at",
        by="recorded_by",
        category=Category.CASE_HANDLING,
        untold=KEY,
    ),
    RecordKind(
        "consent_line",
        ConsentLine,
        _("What stands by a decision of yours"),
        {
            "denied": _("Hidden from them"),
            "receiver": _("Towards whom"),
            "office": _("Office"),
            "party": _("Outside party"),
            "category": _("Kind of information"),
            "document": _("One thing only"),
            "valid_to": _("In force to"),
            "consent": _("By the decision"),
            "ended_at": _("Ended"),
            "ended_by": _("Ended by the decision"),
            "ended_code": _("Why it ended by itself"),
        },
        at="valid_from",
        category="category",
        history=True,
        untold=KEY,
    ),
    RecordKind(
        "consent_request",
        ConsentRequest,
        _("Request for your consent"),
        {
            "categories": _("Kinds of information"),
            "purpose": _("What for"),
            "valid_to": _("In force to"),
            "closed_at": _("Closed"),
        },
        at="asked_at",
        by="asked_by",
        recorder="receiver",
        category=Category.CASE_HANDLING,
        untold=KEY,
    ),
    RecordKind(
        "outside_party",
        OutsideParty,
        _("Somebody outside the three bodies"),
        {
            "kind": _("What they are"),
            "name": _("Name"),
            "organisation": _("Organisation"),
            "email": _("Their e-mail address"),
            "phone": _("Their telephone number"),
            "ended_at": _("Ended"),
            "secret_until": _("The invitation works until"),
            "user": _("Who took it up"),
            "taken_up_at": _("Taken up"),
        },
        at="invited_at",
        by="invited_by",
        category=Category.CASE_HANDLING,
        untold={
            **KEY,
            "secret_hash": "made from the invitation, which is the receiver's alone",
            "invitation_number": "counts how often the invitation was made, and says no more",
        },
    ),
)
