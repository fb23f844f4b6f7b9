"""A language opens for clients when a named native reader has signed its texts as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polib
import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from audit.models import AuditRow
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import LanguageSignature
from people.selectors import catalogue_of, languages_offered, list_added_languages
from people.services import sign_language
from tests.personas import World

BASE = ["fi", "sv", "en"]


def writes(folder: Path, **texts: str) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for english, translated in texts.items():
        catalogue.append(polib.POEntry(msgid=english, msgstr=translated))
    where = folder / "et" / "LC_MESSAGES"
    where.mkdir(parents=True, exist_ok=True)
    catalogue.save_as_mofile(str(where / "django.mo"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the texts of Estonian stand, which this installation has been given."""
    writes(tmp_path, Yes="Jah", No="Ei")
    names = [(code, code) for code in [*BASE, "et"]]
    with override_settings(MORE_LANGUAGES=["et"], LANGUAGES=names, LOCALE_PATHS=[str(tmp_path)]):
        yield tmp_path


def signs(world: World, who: str = "keeper", **other: Any) -> LanguageSignature:
    catalogue = catalogue_of("et")
    assert catalogue is not None
    said: dict[str, Any] = {
        "language": "et", "reader": "Liis Lugeja", "signed_on": day_of(world.now),
        "digest": catalogue.digest, "now": world.now, **other,
    }  # fmt: skip
    return sign_language(actor=world.actor(who), **said)


def offered(world: World, who: str = "client") -> list[str]:
    return languages_offered(world.actor(who))


def test_clients_are_offered_it_once_it_is_signed_and_whoever_is_at_work_before(
    world: World, folder: Path
) -> None:
    assert offered(world) == BASE
    assert offered(world, "employment") == [*BASE, "et"]
    signs(world)
    assert offered(world) == [*BASE, "et"]
    row = AuditRow.objects.get(action="language_signed")
    assert row.subject_id == LanguageSignature.objects.get().pk


def test_a_changed_text_closes_it_until_it_is_signed_anew_and_says_how_many(
    world: World, folder: Path
) -> None:
    signs(world)
    writes(folder, Yes="Jaa", No="Ei", Maybe="Vahest")
    assert offered(world) == BASE
    [one] = list_added_languages(world.actor("keeper"))
    assert (one.changed, one.is_open, one.reader) == (2, False, "Liis Lugeja")
    writes(folder, Yes="Jah")
    assert list_added_languages(world.actor("keeper"))[0].changed == 1, "one is gone"
    assert offered(world) == BASE
    signs(world)
    assert offered(world) == [*BASE, "et"]


def test_nothing_is_signed_unread_unnamed_or_ahead(world: World, folder: Path) -> None:
    read = catalogue_of("et")
    assert read is not None
    writes(folder, Yes="Jaa", No="Ei")
    for field, wrong in (
        ("", {"digest": read.digest}),
        ("reader", {"reader": " "}),
        ("signed_on", {"signed_on": day_of(world.now) + timedelta(days=1)}),
    ):
        with pytest.raises(Refused) as refused:
            signs(world, **wrong)
        assert (refused.value.field or "") == field
    for language in ("fi", "ru"):
        with pytest.raises(NotVisible):
            signs(world, language=language)


@pytest.mark.parametrize("who", ["client", "employment", "director", "officer"])
def test_only_whoever_keeps_the_installation_writes_it_down(
    world: World, folder: Path, who: str
) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        signs(world, who)
    with pytest.raises(NotVisible):
        list_added_languages(world.actor(who))


def test_the_database_holds_it(world: World, folder: Path) -> None:
    signed = signs(world)
    for wrong in ({"reader": ""}, {"digest": "none"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LanguageSignature.objects.filter(pk=signed.pk).update(**wrong)


# -- on the pages ----------------------------------------------------------------------------------


def test_the_menu_offers_it_and_a_browser_that_kept_it_reads_finnish(
    world: World, folder: Path, login: Any
) -> None:
    client = login("client")
    page = client.get("/my/").content.decode()
    assert 'value="sv"' in page and 'value="et"' not in page
    client.cookies["django_language"] = "et"
    assert 'lang="et"' not in client.get("/my/").content.decode().partition("<body")[0]
    signs(world)
    page = client.get("/my/").content.decode()
    assert 'value="et"' in page and '<html lang="et"' in page


def test_whoever_keeps_the_installation_signs_it_on_a_page(
    world: World, folder: Path, login: Any
) -> None:
    keeper = login("keeper")
    assert "Nobody has signed" in keeper.get("/installation/languages/").content.decode()
    catalogue = catalogue_of("et")
    assert catalogue is not None
    form = keeper.get("/installation/languages/et/").content.decode()
    assert catalogue.digest in form and "2 texts" in form
    sent = keeper.post(
        "/installation/languages/et/",
        {
            "reader": "Liis Lugeja",
            "signed_on": day_of(world.now).isoformat(),
            "digest": catalogue.digest,
        },
    )
    assert sent.status_code == 302
    page = keeper.get("/installation/languages/").content.decode()
    assert "Liis Lugeja" in page and "Its texts are signed" in page
    writes(folder, Yes="Jaa", No="Ei")
    page = keeper.get("/installation/languages/").content.decode()
    assert "1 text has changed since" in page
