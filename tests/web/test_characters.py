"""Characters that no text of the database can hold are left out of whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caseplan.messages.models import Attachment, Message
from caseplan.plan.models import Goal
from people.models import Draft
from tests.pages.asked import asked
from tests.personas import World

__all__ = ["asked"]
URLENCODED = "application/x-www-form-urlencoded"


def sends(client: Client, path: str, body: bytes) -> Any:
    return client.post(path, body, content_type=URLENCODED)


@pytest.mark.parametrize("sent", [b"%00", b"\x00", b"%ED%A0%80"], ids=["nul", "raw", "half"])
def test_a_draft_with_one_is_kept_without_it(world: World, login: Any, sent: bytes) -> None:
    body = b"draft_page=/my/goals/new/&text=I+want" + sent + b"+to+draw&na" + sent + b"me=x"
    assert sends(login("client"), "/drafts/", body).status_code == 204
    kept = Draft.objects.get().fields
    assert "\x00" not in str(kept) and kept["text"][0].startswith("I want")
    assert kept["text"][0].endswith(" to draw")


def test_what_is_saved_is_what_was_seen(world: World, login: Any) -> None:
    client = login("client")
    assert client.post("/my/goals/new/", {"text": "I want\x00 to draw"}).status_code == 302
    assert Goal.objects.filter(text="I want to draw").exists()


def test_in_a_file_s_name_and_beside_it(world: World, login: Any, asked: dict[str, Any]) -> None:
    sent = {
        "text": "See\x00 this.",
        "attached": SimpleUploadedFile(
            "vi\x00sit.pdf", b"%PDF-1.7 vi\x00sit", "application/p\x00df"
        ),
        "atta\x00ched": SimpleUploadedFile("b.pdf", b"%PDF-1.7"),
    }
    assert (
        login("client").post(reverse("pages:thread", args=[asked["thread"]]), sent).status_code
        == 302
    )
    assert Message.objects.filter(text="See this.").exists()
    assert all("\x00" not in a.name for a in Attachment.objects.all())


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "messages", "x"])
def test_in_a_cookie(world: World, login: Any, name: str) -> None:
    client = login("client")
    client.cookies[name] = ""
    client.cookies[name].set(name, "a\x00b", '"a\\000b"')  # as a browser may send it
    assert client.get("/my/").status_code in {200, 302}
    assert client.post("/my/goals/new/", {"text": "x"}).status_code in {200, 302}


def test_in_an_address_it_is_the_address_of_nothing(world: World, login: Any) -> None:
    client = login("employment")
    for path in ("/cases/%00/", "/%00", f"/cases/{world.case.pk}/%ED%A0%80/", "/api/v1/%00/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert client.get("/api/v1/cases/%00/").headers["Content-Type"] == "application/json"
