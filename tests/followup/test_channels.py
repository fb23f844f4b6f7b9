"""Every channel keeps the same promises: one contract, run against each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from followup.channels import ChannelUnavailable, DeliveryRefused, Gateway, Letter, gateway_for
from followup.channels.folder import Folder
from followup.models import Channel
from tests.followup.mail import mail_server


@dataclass
class Bench:
    """One channel with the other side it hands over to."""

    gateway: Gateway
    address: str
    refused: str
    taken: Callable[[], list[tuple[str, str]]]
    break_it: Callable[[], None]
    ids: Callable[[], set[str]] = field(default=set)


def _read(folder: Path) -> list[tuple[str, str]]:
    files = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    return [(one["to"], one["text"]) for one in files]


@pytest.fixture(params=["email", "sms", "suomifi"])
def bench(request: Any, tmp_path: Path, settings: Any) -> Iterator[Bench]:
    if request.param != "email":
        settings.MESSAGE_FOLDER = tmp_path
        folder = tmp_path / request.param

        def a_file_in_the_way() -> None:
            folder.parent.mkdir(exist_ok=True)
            if folder.exists():
                for file in folder.iterdir():
                    file.unlink()
                folder.rmdir()
            folder.write_text("")

        address = "+358 40 123" if request.param == "sms" else "0192-abc"
        yield Bench(
            gateway_for(Channel(request.param)), address, "not an address",
            lambda: _read(folder), a_file_in_the_way,
            lambda: {file.stem for file in folder.glob("*.json")},
        )  # fmt: skip
        return
    with mail_server() as (postbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        postbox.refuses.add("nobody@example.org")

        def nobody_listens() -> None:
            settings.EMAIL_PORT = 9

        def taken() -> list[tuple[str, str]]:
            return [(one["To"], one.get_payload(decode=True).decode()) for one in postbox.letters]

        yield Bench(
            gateway_for(Channel.EMAIL), "aino@example.org", "nobody@example.org", taken,
            nobody_listens,
            lambda: {one.strip("<>").partition("@")[0] for one in postbox.ids},
        )  # fmt: skip


def letter(bench: Bench, number: str = "1", **changed: str) -> Letter:
    return Letter(
        **{"id": number, "to": bench.address, "subject": "Otsikko", "text": "Äiti", **changed}
    )


def test_a_letter_is_taken_with_its_own_id(bench: Bench) -> None:
    with bench.gateway as gateway:
        gateway.hand_over(letter(bench))
    assert [(to, text.strip()) for to, text in bench.taken()] == [(bench.address, "Äiti")]
    assert bench.ids() == {"1"}


def test_the_same_letter_again_carries_the_same_id(bench: Bench) -> None:
    with bench.gateway as gateway:
        gateway.hand_over(letter(bench))
        gateway.hand_over(letter(bench))
    assert bench.ids() == {"1"}


def test_a_refused_letter_does_not_keep_the_next(bench: Bench) -> None:
    with bench.gateway as gateway:
        with pytest.raises(DeliveryRefused):
            gateway.hand_over(letter(bench, to=bench.refused))
        gateway.hand_over(letter(bench, "2"))
    assert bench.ids() == {"2"}


def test_a_channel_that_does_not_answer_says_so(bench: Bench) -> None:
    bench.break_it()
    gateway: Gateway = bench.gateway
    if bench.refused == "nobody@example.org":
        gateway = gateway_for(Channel.EMAIL)  # the settings were read before
    with gateway as opened, pytest.raises(ChannelUnavailable):
        opened.hand_over(letter(bench))


def test_a_folder_never_shows_half_a_letter(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out", address="")
    with folder as gateway:
        gateway.hand_over(Letter("1", "123", "s", "t"))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["1.json"]
