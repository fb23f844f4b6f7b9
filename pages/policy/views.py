"""The text that clients read before they decide, in its versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from consent.selectors import policy_versions
from consent.services import publish_policy
from pages.policy.forms import PolicyForm
from pages.responses import form_page, redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)


@officer
@get_only
def policy(request: HttpRequest) -> HttpResponse:
    """The version clients read now, and every earlier one: consents rest on them."""
    versions = policy_versions()
    context = {"current": versions[0] if versions else None, "earlier": versions[1:]}
    return render(request, "pages/policy/policy.html", context)


@officer
def policy_new(request: HttpRequest) -> HttpResponse:
    """Write and publish the next version, beginning from the one in use."""
    ctx = context_of(request)
    before = next(iter(policy_versions()), None)
    number = before.number + 1 if before else 1
    form = PolicyForm(request.POST or None, before=before)
    if form.is_valid():
        with form.refusals():
            publish_policy(
                actor=ctx.actor, texts=form.texts(), published_by=ctx.actor.name, now=ctx.now
            )
            return redirect_saved(
                request, _("Published. Clients read it from now on."), "pages:policy"
            )
    return form_page(
        request,
        form,
        heading=_now("Version %(number)s of the text") % {"number": number},
        intro=_(
            "Clients read this before they decide who sees what. What they have decided already "
            "stands, on the version they read. A published version cannot be changed."
        ),
        button=_now("Publish version %(number)s") % {"number": number},
        back=reverse("pages:policy"),
    )
