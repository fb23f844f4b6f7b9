"""Words of the law and of offices that a client cannot do without, each with its meaning.

A page that a client reads tells the words it uses, at its foot: they open in place, also without
JavaScript (``explained`` of ``pages.templatetags.frame``). A new one is a row here. The rules of
what is written for clients: ``docs/plain-language.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    """``stems``: how the word begins in running text, by language; a regular expression each."""

    term: Promise
    meaning: Promise
    stems: dict[str, str]


WORDS: dict[str, Word] = {
    "joint_service": Word(
        _("Joint service"),
        _("Employment services, social services and Kela help you together, with one plan."),
        {"fi": r"yhteispalvelu", "sv": r"samservice", "en": r"joint service"},
    ),
    "joint_plan": Word(
        _("Joint plan"),
        _("Your goals, and what you and your workers do about them. You all accept it."),
        {"fi": r"yhtei\w+ suunnitelm", "sv": r"gemensam\w* plan", "en": r"joint plan"},
    ),
    "case": Word(
        _("Your case"),
        _("Everything that is done and written down here with you, from its beginning to its end."),
        {"fi": r"asiakkuu", "sv": r"ärende", "en": r"(?:your|a|the|this) case\b"},
    ),
    "case_manager": Word(
        _("Case manager"),
        _("The worker who answers for it that your matter moves on. Ask them first."),
        {"fi": r"vastuutyöntekijä", "sv": r"ansvarig\w* handläggare", "en": r"case manager"},
    ),
    "assessment": Word(
        _("Joint assessment"),
        _("You and your workers find out together what you need. Then the plan is made."),
        {
            "fi": r"yhtei\w+ arvioin|kartoitus|palvelutarpeen arvioin",
            "sv": r"gemensam\w* bedömning|kartläggning",
            "en": r"joint assessment|mapping",
        },
    ),
    "consent": Word(
        _("Consent"),
        _("Your permission. You may say no, and take a yes back whenever you like."),
        {"fi": r"suostumu", "sv": r"samtyck", "en": r"consent"},
    ),
    "ground": Word(
        _("Ground"),
        _("The law or your consent that gives somebody a right to see your information."),
        {
            "fi": r"peruste(?!el)",
            "sv": r"(?:rätts)?grund(?:en|er|erna)?\b(?! av)",
            "en": r"grounds?\b",
        },
    ),
    "duty": Word(
        _("Duty"),
        _("What the law says you must do. If you cannot do it, tell your worker at once."),
        {"fi": r"velvolli", "sv": r"skyldig", "en": r"dut(?:y|ies)\b"},
    ),
    "non_disclosure": Word(
        _("Non-disclosure for personal safety"),
        _(
            "A protection you get from the Digital and Population Data Services Agency. Your "
            "address is then shown to very few."
        ),
        {
            "fi": r"turvakiel",
            "sv": r"spärrmarkering",
            "en": r"non-disclosure",
        },
    ),
    "controller": Word(
        _("Controller"),
        _("Whoever must see to it that your information is handled as the law says."),
        {
            "fi": r"(?:yhteis)?rekisterinpitäj",
            "sv": r"(?:gemensamt )?personuppgiftsansvar",
            "en": r"(?:joint )?controller",
        },
    ),
    "officer": Word(
        _("Data-protection officer"),
        _("Looks after your rights when information about you is handled. You may ask them."),
        {"fi": r"tietosuojavastaav", "sv": r"dataskyddsombud", "en": r"data-protection officer"},
    ),
    "breach": Word(
        _("Data breach"),
        _("Somebody has seen or got information that was not for them, or it was lost."),
        {
            "fi": r"tietoturvaloukkau",
            "sv": r"personuppgiftsincident",
            "en": r"data breach",
        },
    ),
    "access_log": Word(
        _("Log"),
        _("A list of who has looked at your information, and when. Nobody can change it."),
        {"fi": r"(?:käyttö|luovutus)?loki", "sv": r"logg(?:en)?\b", "en": r"\blog\b(?![ -]?in)"},
    ),
    "guardian": Word(
        _("Guardian"),
        _("Somebody a court or an agency has named to look after another person's matters."),
        {"fi": r"edunvalvo", "sv": r"intressebeva", "en": r"guardian"},
    ),
    "authorisation": Word(
        _("Authorisation"),
        _("You have given somebody the right to do a thing for you, in the Suomi.fi service."),
        {"fi": r"valtu(?:us|ude|uks|ut)", "sv": r"fullmakt", "en": r"authoris(?:ation|e)"},
    ),
    "subsidy": Word(
        _("Labour-market subsidy"),
        _("Money that Kela pays to somebody who is out of work and has no other daily allowance."),
        {"fi": r"työmarkkinatu", "sv": r"arbetsmarknadsstöd", "en": r"labour-market subsidy"},
    ),
    "unemployment_benefit": Word(
        _("Unemployment benefit"),
        _("Money that Kela or an unemployment fund pays to somebody who is out of work."),
        {
            "fi": r"työttömyysetuu|työttömyystur",
            "sv": r"arbetslöshetsförmån|utkomstskydd",
            "en": r"unemployment (?:benefit|security)",
        },
    ),
    "social_assistance": Word(
        _("Social assistance"),
        _("Money for somebody whose other money is not enough to live on. Kela pays it first."),
        {"fi": r"toimeentulotu", "sv": r"utkomststöd", "en": r"social assistance"},
    ),
    "rehabilitation": Word(
        _("Rehabilitation"),
        _("Help by which you can work or manage your days better, for instance after an illness."),
        {"fi": r"kuntoutu", "sv": r"rehabiliter", "en": r"rehabilitation"},
    ),
}
"""Each word by its key, in the order in which a page tells them."""


def words_in(text: str) -> list[tuple[str, Word]]:
    """The words of the list that a text uses, in the language that is spoken now."""
    language = (get_language() or "fi").split("-")[0]
    return [(key, word) for key, word in WORDS.items() if _stem(key, language).search(text)]


_COMPILED: dict[tuple[str, str], re.Pattern[str]] = {}


def _stem(key: str, language: str) -> re.Pattern[str]:
    found = _COMPILED.get((key, language))
    if found is None:
        stems = WORDS[key].stems
        found = re.compile(rf"\b(?:{stems.get(language, stems['fi'])})", re.IGNORECASE)
        _COMPILED[key, language] = found
    return found
