"""Everything recorded about the client, to read and to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from common.actor import ActorKind
from common.levels import Act
from pages.case.own_case import find_own_case
from pages.printing import pdf_page
from rights.selectors import Everything, corrections_of, open_everything
from web.access import get_only, needs, only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
@get_only
def everything(request: HttpRequest) -> HttpResponse:
    """All that is recorded about me, by who recorded it; two files; asking for corrections."""
    ctx = context_of(request)
    case = find_own_case(request)
    context = {
        "everything": open_everything(ctx.actor, now=ctx.now),
        "corrections": corrections_of(case) if case else [],
        "may_ask": case is not None,
    }
    return render(request, "pages/everything/everything.html", context)


@client
@needs(Act.TAKE_EVERYTHING_OUT)
@get_only
def everything_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a PDF."""
    ctx = context_of(request)
    found = open_everything(ctx.actor, now=ctx.now)
    context = {"everything": found}
    return pdf_page(
        request, "pages/everything/everything_print.html", context, "my-information.pdf"
    )


@client
@needs(Act.TAKE_EVERYTHING_OUT)
@get_only
def everything_json(request: HttpRequest) -> HttpResponse:
    """The same for a machine: by recording party, each thing with its fields by name."""
    ctx = context_of(request)
    found = open_everything(ctx.actor, now=ctx.now)
    return JsonResponse(
        _as_json(found),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": 'attachment; filename="my-information.json"'},
    )


def _as_json(found: Everything) -> dict[str, Any]:
    return {
        "format": 1,
        "made_at": found.made_at.isoformat(),
        "name": found.name,
        "identity_code": found.identity_code,
        "recorded_by": {
            recorder.value: [
                {
                    "kind": item.kind,
                    "title": item.title,
                    "id": item.subject_id,
                    "category": item.category,
                    "at": item.at,
                    "by": item.by,
                    "former_wording": item.past,
                    "values": {
                        value.name: {
                            "label": value.label,
                            "value": value.raw,
                            "in_words": value.display,
                        }
                        for value in item.values
                    },
                }
                for item in items
            ]
            for recorder, items in found.by_recorder()
        },
        "access_log": [
            {
                "at": visit.began_at.isoformat(),
                "until": visit.ended_at.isoformat(),
                "who": visit.who,
                "what": visit.what,
                "purpose": visit.purposes,
                "ground": visit.why,
            }
            for visit in found.visits
        ],
    }
