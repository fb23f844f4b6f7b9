"""Records of breaches, and the letters that tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from cases.models import Case
from common.actor import Actor
from consent.models import Category
from people.models import Person
from rights.access import get_own_letter, require_officer
from rights.letters import language_of_letter, letter_text
from rights.models import Breach, BreachLetter, LetterWay


@dataclass(frozen=True, slots=True)
class LettersOf:
    """How many letters of a breach go which way, and how many have gone.

    ``by_hand``: of people whom a non-disclosure protects and who have no log-in. This service
    writes to none of them: they are reached by other ways, or not at all.
    """

    in_service: int
    by_post: int
    by_hand: int
    sent: int

    @property
    def total(self) -> int:
        return self.in_service + self.by_post + self.by_hand + self.sent


@dataclass(frozen=True, slots=True)
class LetterShown:
    """One letter as its reader gets it, in their language."""

    letter: BreachLetter
    language: str
    text: str
    by_hand: bool

    @property
    def person(self) -> Person:
        return self.letter.person


def open_breaches(actor: Actor) -> list[Breach]:
    """The records that are not closed, the one whose hours end first before the others."""
    require_officer(actor)
    rows = Breach.objects.filter(closed_at__isnull=True)
    rows = rows.exclude(examination__account_id=actor.writer_id)
    return list(rows.select_related("examination__account").order_by("known_at", "pk"))


def drafted_letters(breach: Breach, way: LetterWay | None = None) -> QuerySet[BreachLetter]:
    """The letters that have not gone, by name; of one way, or all.

    In the service go those to people who have a log-in and a case, by post the others. Never by
    post to whom a non-disclosure protects, and to nobody who has died meanwhile.
    """
    cases = Case.objects.filter(person=OuterRef("person"))
    drafts = (
        breach.letters.filter(sent_at__isnull=True, person__died_on__isnull=True)
        .annotate(has_case=Exists(cases))
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    if way is None:
        return drafts
    in_service = drafts.filter(person__user__is_active=True, has_case=True)
    if way == LetterWay.PORTAL:
        return in_service
    return drafts.filter(person__non_disclosure=False).exclude(pk__in=in_service.values("pk"))


def letters_of(breach: Breach) -> LettersOf:
    """How many go which way. Four queries."""
    in_service = drafted_letters(breach, LetterWay.PORTAL).count()
    by_post = drafted_letters(breach, LetterWay.POST).count()
    drafts = drafted_letters(breach).count()
    sent = breach.letters.filter(sent_at__isnull=False).count()
    return LettersOf(in_service, by_post, drafts - in_service - by_post, sent)


def show_letters(
    actor: Actor,
    breach: Breach,
    letters: list[BreachLetter],
    *,
    action: str = "breach_letters_opened",
    now: datetime,
) -> list[LetterShown]:
    """Letters as they are read: a sent one as it went, a draft as it would go now; logged."""
    require_officer(actor)
    texts = {text.language: text for text in breach.texts.all()}
    in_service = set(drafted_letters(breach, LetterWay.PORTAL).values_list("pk", flat=True))
    record_access(
        actor=actor,
        action=action,
        purpose=Purpose.BREACH,
        shown=[
            ShownData(one.person_id, None, frozenset({Category.IDENTITY_CONTACT.value}))
            for one in letters
        ],
        now=now,
    )
    shown = []
    for letter in letters:
        language = language_of_letter(letter.person)
        text = letter.text or letter_text(
            texts[language], letter.person, letter.categories, now=now
        )
        by_hand = letter.person.non_disclosure and not letter.way and letter.pk not in in_service
        shown.append(LetterShown(letter, language, text, by_hand))
    return shown


def open_own_letter(actor: Actor, letter_id: UUID, *, now: datetime) -> BreachLetter:
    """A letter to the client who asks; logged as their own reading. Raises ``NotVisible``."""
    letter = get_own_letter(actor, letter_id)
    kinds = {Category.IDENTITY_CONTACT.value, *letter.categories}
    record_access(
        actor=actor,
        action="breach_letter_opened",
        purpose=Purpose.OWN_DATA,
        shown=[ShownData(letter.person_id, None, frozenset(kinds))],
        now=now,
    )
    return letter


def hours_left(breach: Breach, *, now: datetime) -> int:
    """Whole hours until the authority is to be told at the latest; negative once they are over."""
    return int((breach.authority_due_at - now) / timedelta(hours=1))
