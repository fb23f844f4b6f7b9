"""What a letter about a breach says: in plain words, in the person's own language (GDPR Art. 34).

What every letter says is the officer's text of that language; which kinds of information and whom
to ask is added here. Nothing in it tells of a case, for whoever opens the envelope.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from people.languages import language_of_person
from people.models import Person
from people.selectors import officer_contacts
from rights.models import BreachText
from rights.wording import kinds_in_words


def drafted_text(language: str) -> dict[str, str]:
    """What a letter in this language begins as, for the officer to make true."""
    with override(language):
        return {
            "happened": _(
                "Your information has been looked at in our service without a right to it. We "
                "learnt of it and have looked into it."
            ),
            "may_follow": _(
                "Somebody may know things about you that were not meant for them. We do not know "
                "that the information has been used for anything."
            ),
            "done": _("We have stopped it. The one who looked can no longer see your information."),
            "can_do": _(
                "You need not do anything. Be careful if somebody unknown contacts you about your "
                "matters. You can ask us what was looked at. You can complain to the Data "
                "Protection Ombudsman: tietosuoja.fi."
            ),
        }


def letter_text(
    text: BreachText, person: Person, categories: Iterable[str], *, now: datetime
) -> str:
    """The whole letter to one person, paragraph by paragraph, in the language of the text."""
    with override(text.language):
        seen = kinds_in_words(set(categories))
        contacts = [" ".join(filter(None, (c.name, c.phone))) for c in officer_contacts(now=now)]
        paragraphs = [
            (_("What has happened"), text.happened),
            (
                _("Which information about you"),
                _("What was looked at: %(kinds)s.") % {"kinds": ", ".join(seen)}
                if seen
                else _("That your identity code was searched with."),
            ),
            (_("What may follow"), text.may_follow),
            (_("What we have done"), text.done),
            (_("What you can do"), text.can_do),
            (_("Whom you can ask"), "; ".join(dict.fromkeys(contacts))),
        ]
        greeting = _("Dear %(name)s") % {"name": person.full_name}
    return "\n\n".join([greeting, *(f"{head}\n{said}" for head, said in paragraphs)])


def language_of_letter(person: Person) -> str:
    """The language a person is written to in: one of those there are texts in."""
    return language_of_person(person)
