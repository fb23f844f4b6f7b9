"""Pages travel compressed; what another site could have chosen a part of does not (BREACH)."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

PACKED = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    ("query", "asked_by", "is_packed"),
    [
        ("", {}, True),
        ("?q=Virtanen", {}, True),
        ("?q=Virtanen", {"sec-fetch-site": "same-origin"}, True),
        ("?q=Virtanen", {"sec-fetch-site": "none"}, True),  # typed, or out of the favourites
        ("?q=Virtanen", {"sec-fetch-site": "cross-site"}, False),
        ("?q=Virtanen", {"sec-fetch-site": "same-site"}, False),  # a neighbour's part of our domain
        # The way in, by an identity provider elsewhere: nothing on it is of another's choosing.
        ("", {"sec-fetch-site": "cross-site"}, True),
    ],
)
def test_a_page_is_compressed_unless_another_site_chose_its_query(
    db: None, login: Any, query: str, asked_by: dict[str, str], is_packed: bool
) -> None:
    page = login("employment").get(f"/cases/{query}", headers={**PACKED, **asked_by})
    assert page.status_code == 200
    assert page.headers.get("Content-Encoding", "") == ("gzip" if is_packed else "")
    if is_packed:
        assert b"<!doctype html>" in gzip.decompress(page.content)


def test_the_same_page_has_another_length_each_time(db: None, login: Any) -> None:
    client = login("client")
    pages = [client.get("/about/", headers=PACKED) for _ in range(8)]
    assert len({len(page.content) for page in pages}) > 1


def test_the_proof_of_a_form_is_another_one_in_each_answer(db: None, login: Any) -> None:
    client = login("client")
    proofs = [client.get("/my/goals/new/").context["csrf_token"] for _ in range(2)]
    assert str(proofs[0]) != str(proofs[1])


def test_neither_files_nor_json_are_compressed_here(db: None, login: Any) -> None:
    client = login("client")
    for address in ("/my/everything.json", "/api/v1/cases/"):
        answer = client.get(address, headers=PACKED)
        assert "Content-Encoding" not in answer.headers, address
