"""Pages as PDF/UA files: made from a template and a stylesheet of the project, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from web.practice import is_practising

_STYLE = Path(settings.BASE_DIR) / "static" / "css" / "print.css"


def _fetch_nothing(url: str) -> dict[str, Any]:
    raise ValueError("A printed page holds everything it needs.")


def pdf_page(
    request: HttpRequest, template: str, context: dict[str, Any], filename: str
) -> HttpResponse:
    """A template as a tagged PDF (PDF/UA-1) to be saved under a name that names nobody."""
    from weasyprint import CSS, HTML

    html = HTML(string=render_to_string(template, context, request), url_fetcher=_fetch_nothing)
    styles = [CSS(string=_STYLE.read_text("utf-8"))]
    if is_practising(request):
        said = _("Practice: nobody here is real.")
        styles.append(CSS(string=f'@page {{ @top-center {{ content: "{said}" }} }}'))
    content = html.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
