"""The text a client reads before deciding, in all its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from consent.models import PolicyText
from people.models import Language


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One published version: when, by whom, and its text in each language, in their order."""

    number: int
    published_at: datetime
    published_by: str
    texts: tuple[PolicyText, ...]

    def text_in(self, language: str) -> str:
        return next((text.text for text in self.texts if text.language == language), "")


def policy_versions() -> list[PolicyVersion]:
    """Every version ever published, the newest first: consents name the one they rest on."""
    order = {code: at for at, code in enumerate(Language.values)}
    versions = []
    rows = PolicyText.objects.order_by("-version", "pk")
    for number, same in groupby(rows, key=lambda text: text.version):
        texts = sorted(same, key=lambda text: order[text.language])
        versions.append(
            PolicyVersion(number, texts[0].published_at, texts[0].published_by, tuple(texts))
        )
    return versions
