"""What clients read is plain, in Finnish, in Swedish and in English (docs/plain-language.md)."""

from __future__ import annotations

import re
import statistics
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from django.template import Context, Template
from django.utils import translation

from common.actor import Actor, ActorKind
from pages.words import WORDS, words_in
from tests.catalogues import catalogue_of

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("fi", "sv", "en")
every_language = pytest.mark.parametrize("language", LANGUAGES)

# What a client reads, and where it stands: the pages on the client's base with all they include,
# the letters, and the modules that speak to clients alone.
BASE = re.compile(r'\A\{% extends (?:"base_client\.html"|base) %\}')
LETTERS = (
    "pages/intake/begun_letter.html", "pages/own_requests/letter.html",
    "pages/own_requests/letter_print.html", "pages/mandates/letter.html",
    "pages/client_log_in/code_print.html", "pages/agreement/plan_print.html",
    "pages/everything/everything_print.html", "pages/breaches/my_letter.html",
)  # fmt: skip
BEFORE_THE_FIRST_LOG_IN = (
    "pages/welcome/choice.html", "pages/welcome/contacts.html", "pages/welcome/introduce.html",
    "pages/welcome/what.html", "pages/client_log_in/enter_code.html",
    "pages/client_log_in/passkey.html", "pages/about/about.html",
    "pages/accessibility/statement.html",
)  # fmt: skip
MODULES = {
    "followup/letters.py", "pages/help/own.py", "pages/case/own_case.py", "pages/words.py",
    "pages/assessments/own.py", "pages/own_requests/asking.py", "pages/sharing/forms.py",
    "pages/sharing/steps.py", "pages/sharing/views.py", "pages/access_log/forms.py",
    "pages/accessibility/statement.py", "pages/objections/forms.py", "pages/welcome/forms.py",
    "consent/selectors/choices.py",
}  # fmt: skip
INCLUDED = re.compile(r'\{% include "([^"]+)"')


@cache
def client_places() -> set[str]:
    """Where what clients read stands, as the catalogues name it."""
    templates = ROOT / "templates"
    found: set[str] = set()
    to_look = [*LETTERS, *BEFORE_THE_FIRST_LOG_IN, "base.html", "base_client.html"]
    for path in templates.rglob("*.html"):
        if path.name.startswith("my_") or BASE.match(path.read_text("utf-8")):
            to_look.append(str(path.relative_to(templates)))
    while to_look:
        name = to_look.pop()
        if name in found or not (templates / name).exists():
            continue
        found.add(name)
        to_look += INCLUDED.findall((templates / name).read_text("utf-8"))
    return MODULES | {f"templates/{name}" for name in found}


def said_by(entry: polib.POEntry, language: str) -> list[str]:
    if language == "en":
        return [text for text in (entry.msgid, entry.msgid_plural) if text]
    return [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())


def texts_of(language: str, places: set[str] | None = None) -> list[str]:
    """Every text of a language, or those that stand in some places."""
    return [
        text
        for entry in catalogue_of("fi" if language == "en" else language)
        if places is None or places & {place for place, _line in entry.occurrences}
        for text in said_by(entry, language)
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a label is one, and what follows a colon or a semicolon another."""
    text = re.sub(r"%\(\w+\)[sd]", "N", text)
    return [one for one in re.split(r"(?<=[.!?:;])\s+|\n+|\s–\s", text) if re.search(r"\w", one)]


@every_language
def test_what_clients_read_is_said_in_short_sentences(language: str) -> None:
    """At the middle under ten words, and none over twenty; labels do not count for the middle."""
    found = [s for text in texts_of(language, client_places()) for s in sentences(text)]
    assert len(found) > 900
    assert [s for s in found if len(s.split()) > 20] == []
    whole = [len(s.split()) for s in found if re.search(r"[.!?]$", s)]
    assert statistics.median(whole) < 10


# The grammar of law and offices: nothing a reader would say, and nothing that needs explaining.
NEVER = {
    "fi": r"\b(?:nojalla|edellytyksenä|mukaisesti|taholta|suhteen|ko\.|em\.|koskien)\b",
    "sv": r"\b(?:jämlikt|härmed|avseende|beträffande|erforderlig\w*|medelst|huruvida)\b",
    "en": r"\b(?:pursuant|herein|hereby|thereof|aforementioned|prior to|in respect of|shall)\b",
}
# One stands for good: a register's own name for what is decided about a person.
BY_LAW = ("Edunvalvoja tai huoltaja toimii lain nojalla.",)


@every_language
def test_what_clients_read_has_no_grammar_of_the_law(language: str) -> None:
    wrong = re.compile(NEVER[language], re.IGNORECASE)
    found = [t for t in texts_of(language, client_places()) if wrong.search(t)]
    assert [t for t in found if not t.startswith(BY_LAW)] == []


# Only the client reads these: there the client is "you".
CLIENT = {"fi": r"\bAsiakas|\basiak(?:as|kaan|kaalle|kaalta|kaat|kaiden)\b", "sv": r"\bklient",
          "en": r"\bclients?\b"}  # fmt: skip
# Whoever the client has invited reads of the client.
OF_ANOTHER = ("templates/pages/outside/", "templates/pages/breaches/my_own_use.html")


@every_language
def test_nobody_says_the_client_to_the_client(language: str) -> None:
    theirs = {
        place
        for place in client_places()
        if place.startswith("templates/")
        and not place.startswith(OF_ANOTHER)
        and ("/my_" in place or '"base_client.html" %}' in (ROOT / place).read_text("utf-8")[:60])
    }
    assert len(theirs) > 25
    wrong = re.compile(CLIENT[language], re.IGNORECASE)
    assert [text for text in texts_of(language, theirs) if wrong.search(text)] == []


# What readers of each language stumbled over, as patterns of a whole text. None may come back.
STUMBLED = {
    "fi": (
        r"Et näe: .*", r".*, hoitaa yhteistä asiaa\.", r"Missä valinta on sinun.*",
        r"Suostumukseesi perustuvan.*", r"Mitkä tietoryhmät.*", r"Asti", r"Ei jälkeen", r"Ei ennen",
        r"Ei mitään, mitä on tänään kirjattu.*", r"Pidä tämä yksi tieto.*",
        r"Mikä muuttuisi, katsojana.*", r"Sama aika kahdesti.*", r"Kirjaajan mukaan\..*",
        r"Mitä kirjoitit.*etkä tallentanut.*", r"Muualla avoinna olevat.*", r"Avaa asiakkuuteni",
        r".*\bviranomai(?:seni|stani)\b.*", r"Kysytty pääsystä ja tiedoista",
        r"Päivänsä ylittäneet", r".*ääräaika seisoo.*", r".*\bTamperen\b.*", r"Täytä tämä\.?",
    ),
    "sv": (
        r".*arbetstagare frågar", r".*: godkänd", r"På grunden:.*", r"Svara", r"Mål, ny",
        r".*av annan åsikt.*", r".*börjar göras upp med dig.*", r"Hur har jag det",
        r"Mina människor", r".*skriv hur du ser den.*", r".*tar alltid slut.*",
        r".*överallt annars.*", r"Håll just detta.*", r"Du ser inte: .*", r"För en maskin.*",
    ),
    "en": (
        r"My body\b.*", r"Please mend this\.?", r"Fill this in\.?", r"How we tell you",
        r".*clock stands still.*", r"Do you come\?", r"What contradicts", r"Ready texts",
        r"Gone quiet", r"waiting ?: .*", r"proposed Proposed.*",
    ),
}  # fmt: skip


@every_language
def test_what_a_reader_stumbled_over_is_said_nowhere(language: str) -> None:
    found = texts_of(language)
    for pattern in STUMBLED[language]:
        whole = re.compile(pattern, re.DOTALL)
        assert [text for text in found if whole.fullmatch(text)] == [], pattern


def drawn(source: str, kind: ActorKind = ActorKind.CLIENT) -> str:
    context = Context({"actor": Actor(kind=kind, name="")})
    return Template(f"{{% explained %}}{source}{{% endexplained %}}").render(context)


@every_language
@pytest.mark.parametrize("key", WORDS)
def test_every_word_of_the_list_is_known_by_its_own_name_and_told_briefly(
    key: str, language: str
) -> None:
    with translation.override(language):
        word = WORDS[key]
        assert key in dict(words_in(f"({word.term})"))
        assert all(len(one.split()) <= 20 for one in sentences(str(word.meaning)))


def test_a_client_reads_what_the_words_mean_where_they_are_used() -> None:
    with translation.override("en"):
        page = drawn("<p>Your consent ends. Consent is yours.</p>")
        assert page.count('id="word-consent"') == 1 and "Your permission." in page
        assert 'id="word-guardian"' not in page
        assert "<details" not in drawn("<p title='consent'>Good morning</p>")
        assert "<details" not in drawn("<p>Your consent ends.</p>", ActorKind.WORKER)


def test_what_is_told_in_its_place_is_not_told_again() -> None:
    with translation.override("en"):
        page = drawn('<p>Your consent ends.</p>{% word "consent" %}')
        assert page.count('id="word-consent"') == 1 and "What the words mean" not in page


@pytest.mark.django_db
@every_language
@pytest.mark.parametrize("path", ["/my/", "/my/who-sees/", "/my/access-log/", "/my/everything/"])
def test_no_page_of_the_client_leaves_a_word_of_the_law_untold(
    login: Any, path: str, language: str
) -> None:
    client = login("client")
    client.cookies["django_language"] = language
    html = client.get(path).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    shown = re.sub(r"<[^>]*>", " ", main.partition('<details class="why words')[0])
    with translation.override(language):
        used = {key for key, _word in words_in(shown)}
    told = set(re.findall(r'id="word-(\w+)"', main))
    assert used and used <= told
