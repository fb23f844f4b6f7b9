"""What no page takes is refused before it is read, in words, and with what it does take."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.routes import all_routes
from tests.personas import World

MB = 1024**2


class Unread(io.RawIOBase):
    """A body whose reading is a failure."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: Any) -> int:
        raise AssertionError("the body was read")


def sends(path: str, *, client: Client | None = None, **environ: Any) -> Any:
    client = client or Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    return client.request(
        REQUEST_METHOD="POST", PATH_INFO=path, CONTENT_TYPE="application/x-www-form-urlencoded",
        **{"wsgi.input": Unread(), **environ},
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/login/", "/day/", "/language/"])
def test_a_large_body_is_refused_unread(db: None, path: str) -> None:
    page = sends(path, CONTENT_LENGTH=str(12 * MB + 1))
    assert page.status_code == 413
    assert "12 MB at most" in page.content.decode()


def test_the_answer_is_in_the_readers_language(db: None) -> None:
    client = Client(headers={"accept-language": "fi"})
    assert "enintään 12 Mt" in sends("/login/", client=client, CONTENT_LENGTH=str(13 * MB)).text


def test_a_body_of_unknown_length_is_refused_unread(db: None) -> None:
    page = sends("/login/", HTTP_TRANSFER_ENCODING="chunked")
    assert page.status_code == 411


def test_register_files_have_a_limit_of_their_own(world: World, login: Any) -> None:
    path = "/register/new/"
    assert sends(path, client=login("director"), CONTENT_LENGTH=str(501 * MB)).status_code == 413
    large = {"files": io.BytesIO(b"x" * (13 * MB))}
    assert login("director").post(path, large).status_code == 200  # the form, with what is wrong


def test_the_api_says_it_in_json(db: None) -> None:
    answer = sends("/api/v1/cases/", CONTENT_LENGTH=str(13 * MB))
    assert answer.status_code == 405  # it takes nothing at all
    assert answer.headers["Content-Type"] == "application/json"


METHODS = ("PUT", "DELETE", "TRACE", "PATCH", "BREW")


def test_no_address_takes_a_method_it_does_not_have(world: World, login: Any) -> None:
    """Every address of the product, also somebody else's and nobody's: the method comes first.

    A page is asked with one of the methods, in turn: the marker every view carries says it for all
    of them. What is no page of ours (the log-in, the API) is asked with each.
    """
    client = login("employment")
    wrong = []
    for number, (name, pattern) in enumerate(all_routes()):
        try:
            path = "/" + "".join(_filled(pattern, name))
        except LookupError:
            continue
        turn = number % len(METHODS)
        for method in METHODS[turn : turn + 1] if name.startswith("pages:") else METHODS:
            answer = client.generic(method, path)
            if answer.status_code != 405 or not answer.headers.get("Allow"):
                wrong.append((name, path, method, answer.status_code))
            elif path.startswith("/api/"):
                assert json.loads(answer.content)["detail"]
            else:
                assert "This cannot be done here" in answer.content.decode()
    assert wrong == []


def test_a_refused_method_is_told_which_ones_the_address_takes(world: World, login: Any) -> None:
    """What ``Allow`` names is taken, and nothing else: a page, a button, an address of the API."""
    client = login("director")
    wrong, paths = [], {}
    for name, pattern in all_routes():
        try:
            path = "/" + "".join(_filled(pattern, name))
        except LookupError:
            continue
        allow = client.generic("PUT", path).headers["Allow"].split(", ")
        told = client.options(path).headers.get("Allow", "").split(", ")
        if told != allow and not path.startswith("/api/"):
            wrong.append((name, "OPTIONS says otherwise", told))
        paths[path] = (name, allow)
    for method in ("GET", "POST"):  # one after the other: what is posted may end the session
        for path, (name, allow) in paths.items():
            answer = client.generic(method, path)
            if answer.status_code == 405 and answer.headers["Allow"].split(", ") != allow:
                wrong.append((name, method, answer.headers["Allow"]))
            is_login = answer.headers.get("Location", "").startswith("/login/")
            is_taken = answer.status_code < 400 and not is_login
            if (answer.status_code == 405 and method in allow) or (
                is_taken and method not in allow
            ):
                wrong.append((name, method, answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))
    kinds = {tuple(allow) for _name, allow in paths.values()}
    assert ("POST", "OPTIONS") in kinds
    assert ("GET", "HEAD", "OPTIONS") in kinds
    assert ("GET", "HEAD", "POST", "OPTIONS") in kinds


def _filled(pattern: Any, name: str) -> list[str]:
    from django.urls import reverse  # noqa: PLC0415

    values = {
        "UUIDConverter": "0193b2c4-0000-7000-8000-000000000000",
        "IntConverter": "1", "SlugConverter": "x", "StringConverter": "x",
        "PathConverter": "x",
    }  # fmt: skip
    given = {
        key: values[type(converter).__name__]
        for key, converter in pattern.pattern.converters.items()
    }
    return [reverse(name, kwargs=given).lstrip("/")]


def test_what_a_page_takes_is_told_where_it_is_asked(world: World, login: Any) -> None:
    client = login("employment")
    shown, form = client.options("/day/"), client.options("/absences/new/")
    assert shown.status_code == form.status_code == 204
    assert shown.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert form.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_what_is_sent_to_a_page_that_only_shows_is_refused_in_words(
    world: World, login: Any
) -> None:
    answer = login("employment").post("/day/", {"words": "mine"})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "This cannot be done here" in answer.content.decode()


def test_a_button_that_is_opened_as_a_page_is_told_in_words(world: World, login: Any) -> None:
    answer = login("employment").get("/drafts/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"
    assert "This cannot be done here" in answer.content.decode()


@pytest.mark.parametrize("path", ["/day/", "/cases/", "/about/", "/api/v1/cases/"])
def test_head_is_get_without_the_body(world: World, login: Any, path: str) -> None:
    client = login("employment")
    asked, head = client.get(path), client.head(path)
    assert head.status_code == asked.status_code == 200
    assert head.content == b""


def test_text_is_limited_as_the_body_is() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == settings.LARGEST_BODY
