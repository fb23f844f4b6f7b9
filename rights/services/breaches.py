"""Examining an account, keeping the record of a breach, and telling those it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.decision import NotVisible, Refused
from people.models import Language
from people.selectors import account_of_staff
from rights.access import get_breach, get_examination, require_officer
from rights.letters import drafted_text, language_of_letter, letter_text
from rights.models import (
    AuthorityTold,
    Breach,
    BreachLetter,
    BreachText,
    Examination,
    LetterWay,
)
from rights.selectors.breaches import drafted_letters
from rights.selectors.examining import account_use

AT_MOST = timedelta(days=366)
"""The longest period examined at once."""


@transaction.atomic
def examine_account(
    *,
    actor: Actor,
    account_id: UUID,
    since: datetime,
    until: datetime,
    reason: str,
    now: datetime,
) -> Examination:
    """An officer begins to look at what one account was shown and did, with a reason that is kept.

    Raises ``NotVisible`` for whom no account of staff is found, :class:`Refused` for one's own
    account, without a reason, or for a period that is empty, to come, or over a year.
    """
    require_officer(actor)
    account = account_of_staff(account_id)
    if account is None:
        raise NotVisible
    if account.pk == actor.user_id:
        raise Refused(_("Nobody examines their own account. Ask another data-protection officer."))
    if not reason.strip():
        raise Refused(
            _("Write why you look. It is kept, and other officers read it."), field="reason"
        )
    if until <= since:
        raise Refused(_("The end is before the beginning."), field="until")
    if since > now:
        raise Refused(_("This moment is still to come."), field="since")
    if until - since > AT_MOST:
        raise Refused(_("At most a year at once. Examine a longer time in parts."), field="until")
    examination = Examination.objects.create(
        account=account, since=since, until=until, reason=reason.strip(), made_at=now,
        made_by_id=actor.writer_id,
    )  # fmt: skip
    _record(actor, "account_examined", "examination", examination.pk, now)
    return examination


@transaction.atomic
def open_breach(
    *,
    actor: Actor,
    examination_id: UUID,
    known_at: datetime,
    facts: str,
    effects: str,
    measures: str,
    now: datetime,
) -> Breach:
    """Make the record of a breach out of an examination, and draft a letter to each person in it.

    No letter to the dead. Raises :class:`Refused` where there is a record, or something is missing.
    """
    examination = get_examination(actor, examination_id)
    if Breach.objects.filter(examination=examination).exists():
        raise Refused(_("There is a record of this already."))
    _check_words(facts, effects, measures)
    if known_at > now:
        raise Refused(_("This moment is still to come."), field="known_at")
    breach = Breach.objects.create(
        examination=examination, known_at=known_at, facts=facts.strip(), effects=effects.strip(),
        measures=measures.strip(), opened_at=now, opened_by_id=actor.writer_id,
    )  # fmt: skip
    for language in Language.values:
        BreachText.objects.create(breach=breach, language=language, **drafted_text(language))
    BreachLetter.objects.bulk_create(
        BreachLetter(breach=breach, person=seen.person, categories=sorted(seen.kinds))
        for seen in account_use(examination, now=now).people
        if not seen.is_dead
    )
    _record(actor, "breach_opened", "breach", breach.pk, now)
    return breach


@transaction.atomic
def revise_breach(
    *, actor: Actor, breach_id: UUID, facts: str, effects: str, measures: str, now: datetime
) -> Breach:
    """Write facts, effects and measures anew while the record is open."""
    breach = _open(actor, breach_id)
    _check_words(facts, effects, measures)
    breach.facts, breach.effects, breach.measures = facts.strip(), effects.strip(), measures.strip()
    breach.save()
    _record(actor, "breach_revised", "breach", breach.pk, now)
    return breach


@transaction.atomic
def revise_breach_text(
    *,
    actor: Actor,
    breach_id: UUID,
    language: str,
    happened: str,
    may_follow: str,
    done: str,
    can_do: str,
    now: datetime,
) -> BreachText:
    """Write anew what the letters of one language say. Those that were sent stay as they were."""
    breach = _open(actor, breach_id)
    text = BreachText.objects.get(breach=breach, language=language)
    said = {"happened": happened, "may_follow": may_follow, "done": done, "can_do": can_do}
    for name, words in said.items():
        if not words.strip():
            raise Refused(_("The letter has to say this."), field=name)
        setattr(text, name, words.strip())
    text.save()
    _record(actor, "breach_text_revised", "breach", breach.pk, now)
    return text


@transaction.atomic
def decide_about_authority(
    *,
    actor: Actor,
    breach_id: UUID,
    authority: AuthorityTold,
    at: datetime,
    why: str,
    now: datetime,
) -> Breach:
    """Write down that the authority was told and when, or why it is not (GDPR Art. 33(1)).

    Told after 72 hours, the reason for the delay is written too.
    """
    breach = _open(actor, breach_id)
    if at > now:
        raise Refused(_("This moment is still to come."), field="at")
    if authority == AuthorityTold.NOT_NEEDED and not why.strip():
        raise Refused(_("Write why no risk to anybody is likely."), field="why")
    if authority == AuthorityTold.TOLD and at > breach.authority_due_at and not why.strip():
        raise Refused(_("It was told after 72 hours. Write why."), field="why")
    breach.authority, breach.authority_at, breach.authority_why = authority, at, why.strip()
    breach.save()
    _record(actor, "breach_authority_decided", "breach", breach.pk, now)
    return breach


@transaction.atomic
def send_breach_letters(*, actor: Actor, breach_id: UUID, way: LetterWay, now: datetime) -> int:
    """The letters that can go this way are sent, and stay as they are. Returns how many.

    In the service: to the living who have a log-in and a case, as news to them. By post: to the
    rest, once they are printed; never to whom a non-disclosure protects.
    """
    breach = _open(actor, breach_id)
    texts = {text.language: text for text in breach.texts.all()}
    sent = 0
    for letter in list(drafted_letters(breach, way)):
        person = letter.person
        text = texts[language_of_letter(person)]
        letter.text = letter_text(text, person, letter.categories, now=now)
        letter.way, letter.sent_at, letter.sent_by_id = way, now, actor.writer_id
        letter.save()
        case = Case.objects.filter(person=person).order_by("-opened_at").first()
        if way == LetterWay.PORTAL and case is not None:
            notify_of_change(
                actor=actor, case=case, kind=NewsKind.LETTER, subject_id=letter.pk, now=now
            )
        record_change(
            actor=actor, action="breach_letter_sent", subject_type="breach_letter",
            subject_id=letter.pk, person_id=person.pk, case_id=case.pk if case else None, now=now,
        )  # fmt: skip
        sent += 1
    return sent


@transaction.atomic
def close_breach(*, actor: Actor, breach_id: UUID, why: str, now: datetime) -> Breach:
    """Close the record with a reason. Raises :class:`Refused` while the authority is undecided."""
    breach = _open(actor, breach_id)
    if not breach.authority:
        raise Refused(_("Write first whether the authority has been told."))
    if not why.strip():
        raise Refused(_("Write why the record is closed."), field="why")
    breach.closed_at, breach.closed_by_id, breach.closed_why = now, actor.writer_id, why.strip()
    breach.save()
    _record(actor, "breach_closed", "breach", breach.pk, now)
    return breach


def _open(actor: Actor, breach_id: UUID) -> Breach:
    breach = get_breach(actor, breach_id, lock=True)
    if not breach.is_open:
        raise Refused(_("The record is closed."))
    return breach


def _check_words(facts: str, effects: str, measures: str) -> None:
    for name, words in (("facts", facts), ("effects", effects), ("measures", measures)):
        if not words.strip():
            raise Refused(_("The record has to say this (GDPR Art. 33(5))."), field=name)


def _record(actor: Actor, action: str, subject_type: str, subject_id: UUID, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type=subject_type, subject_id=subject_id, now=now
    )
