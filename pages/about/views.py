"""What the system is, and whose it is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.bodies import Body
from common.decision import NotVisible
from pages.about.authority import COMPLAINTS
from rights.selectors import joint_notice, processing_record
from web.access import get_only, open_to_all
from web.requests import context_of


@open_to_all
@get_only
def about(request: HttpRequest) -> HttpResponse:
    """What the system is, on what law it rests, and whose it is."""
    return render(request, "pages/about/about.html")


@open_to_all
@get_only
def privacy(request: HttpRequest) -> HttpResponse:
    """Who answers for one's information, for how long, and whom to turn to or complain to."""
    context = {
        "notice": joint_notice(now=context_of(request).now),
        "arrangement_url": settings.ARRANGEMENT_URL,
        "authority": COMPLAINTS,
    }
    return render(request, "pages/about/privacy.html", context)


@open_to_all
@get_only
def processing(request: HttpRequest) -> HttpResponse:
    """Whose record of processing to read."""
    return render(request, "pages/about/processing.html", {"bodies": list(Body)})


@open_to_all
@get_only
def processing_body(request: HttpRequest, body: str) -> HttpResponse:
    """What one body records, why, who receives it and how long it is kept."""
    if body not in Body.values:
        raise NotVisible
    context = {
        "record": processing_record(Body(body), now=context_of(request).now),
        "bodies": list(Body),
    }
    return render(request, "pages/about/processing_body.html", context)
