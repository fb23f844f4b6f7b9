"""A form that may begin from a ready text: which there are, and which its address has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from caseplan.plan_templates.models import Template, TemplateKind
from caseplan.plan_templates.selectors import templates_of
from web.requests import context_of


@dataclass(frozen=True, slots=True)
class ReadyTexts:
    """The texts of one kind that the reader uses; ``text``: of the chosen one, else empty."""

    kind: TemplateKind
    templates: list[Template]
    chosen: Template | None

    @property
    def text(self) -> str:
        return self.chosen.text if self.chosen else ""


def ready_texts(request: HttpRequest, kind: TemplateKind) -> ReadyTexts | None:
    """What a worker may begin a form from; none for anybody else."""
    actor = context_of(request).actor
    if not actor.is_worker:
        return None
    templates = templates_of(actor, kind)
    wanted = request.GET.get("ready")
    return ReadyTexts(kind, templates, next((t for t in templates if str(t.pk) == wanted), None))
