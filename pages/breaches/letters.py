"""The letters about a breach: what they say, how they go, and the one its reader opens."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.actor import ActorKind
from common.decision import NotVisible, Refused
from common.levels import Act
from pages.breaches.forms import BreachTextForm
from pages.printing import pdf_page
from pages.responses import form_page, paged, redirect_refused, redirect_saved
from people.models import Language
from rights.access import get_breach
from rights.models import LetterWay
from rights.selectors import drafted_letters, letters_of, open_own_letter, show_letters
from rights.services import revise_breach_text, send_breach_letters
from web.access import get_only, needs, only_for, post_only
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)
PAGE_SIZE = 25


@officer
@get_only
def breach_letters(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Each letter as its reader gets it, the ones not sent first."""
    ctx = context_of(request)
    row = get_breach(ctx.actor, breach_id)
    rows = row.letters.select_related("person").order_by("sent_at", "person__sort_key", "pk")
    page = paged(request, rows, PAGE_SIZE)
    context = {
        "breach": row,
        "page": page,
        "shown": show_letters(ctx.actor, row, list(page.object_list), now=ctx.now),
        "letters": letters_of(row),
    }
    return render(request, "pages/breaches/letters.html", context)


@officer
@needs(Act.EXPORT_MANY)
@get_only
def letters_pdf(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """The letters that go by post, one after another, each on pages of its own."""
    ctx = context_of(request)
    row = get_breach(ctx.actor, breach_id)
    drafts = list(drafted_letters(row, LetterWay.POST))
    shown = show_letters(ctx.actor, row, drafts, action="breach_letters_exported", now=ctx.now)
    return pdf_page(request, "pages/breaches/letters_print.html", {"shown": shown}, "letters.pdf")


@officer
def breach_text(request: HttpRequest, breach_id: UUID, language: str) -> HttpResponse:
    """What the letters of one language say."""
    ctx = context_of(request)
    row = get_breach(ctx.actor, breach_id)
    text = row.texts.filter(language=language).first()
    if text is None:
        raise NotVisible
    names = ("happened", "may_follow", "done", "can_do")
    form = BreachTextForm(
        request.POST or None, initial={name: getattr(text, name) for name in names}
    )
    if form.is_valid():
        with form.refusals():
            revise_breach_text(
                actor=ctx.actor, breach_id=breach_id, language=language, now=ctx.now,
                **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Saved."), "pages:breach_letters", breach_id)
    return form_page(
        request,
        form,
        heading=_("What the letters say"),
        intro=Language(language).label,
        button=_("Save"),
        back=reverse("pages:breach", args=[breach_id]),
    )


@officer
@post_only
def breach_send(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Send what goes in this service, or mark what was printed as posted."""
    ctx = context_of(request)
    way = LetterWay.POST if request.POST.get("way") == LetterWay.POST else LetterWay.PORTAL
    try:
        count = send_breach_letters(actor=ctx.actor, breach_id=breach_id, way=way, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:breach", breach_id)
    said = ngettext("%(count)d letter is sent.", "%(count)d letters are sent.", count)
    return redirect_saved(request, said % {"count": count}, "pages:breach", breach_id)


@only_for(ActorKind.CLIENT)
@get_only
def my_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter to me."""
    ctx = context_of(request)
    letter = open_own_letter(ctx.actor, letter_id, now=ctx.now)
    return render(request, "pages/breaches/my_letter.html", {"letter": letter})
