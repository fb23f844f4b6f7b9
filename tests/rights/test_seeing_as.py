"""What the client sees as somebody else is what that body really gets, response by response."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from common.bodies import Body, Receiver
from common.clock import day_of
from consent.models import Category, Choice, ConsentLine, OutsideKind
from consent.selectors import current_policy
from consent.services import accept_invitation, decide, invite
from people.models import Office
from rights.selectors import viewers_of
from tests.builders import joins_from_a_second_office
from tests.personas import World

VOID = {"img", "input", "br", "link", "meta", "path", "circle", "line", "rect", "hr"}
# What a reader can do is not what they see: links, buttons and their rows are left out, and what
# says again of what stands on the page that it is the reader's own to do.
CONTROLS = {
    "action-links", "after-list", "answer-form", "buttons", "control", "count", "mark",
    "printed-by", "row-acts", "tabs", "waits-for-reader",
}  # fmt: skip


class Facts(HTMLParser):
    """The words of a page between the header of the case and its end, without controls."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.stack: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        off = tag in {"form", "button", "nav", "script"} or bool(classes & CONTROLS)
        off |= tag == "a" and any(foot for _tag, _off, foot in self.stack)
        self.stack.append((tag, off, "goal-foot" in classes))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(off for _tag, off, _foot in self.stack):
            self.words.append(" ".join(data.split()))


def facts(html: str) -> list[str]:
    """From below the bar of the case, to where the page of a worker or a preview goes on."""
    start = re.search(r'<div class="(?:beside-main|main-column)">', html).start()
    ends = [
        html.find(mark, start)
        for mark in ("Who sees this, and what has changed", "They see these because",
                     "They do not see these", "What the words mean", "</main>")
    ]  # fmt: skip
    parser = Facts()
    parser.feed(html[start : min(end for end in ends if end > 0)])
    return [as_its_reader_reads(said) for said in parser.words]


def as_its_reader_reads(said: str) -> str:
    """A preview says of a reader what the reader's own page says to them."""
    said = re.sub(r"\A.+ does not see: ", "You don't see: ", said)
    return said.replace(
        "they rest on a consent that has not been given.",
        "they rest on the client's consent, and your organisation has none.",
    )


def version_facts(html: str) -> list[str]:
    parser = Facts()
    parser.feed(html[html.index("<h2>What is agreed</h2>") : html.index("</main>")])
    return parser.words


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def decides(world: World, choice: Choice, receiver: Receiver, **more: Any) -> None:
    decide(
        actor=world.actor("client"), case=world.case, choice=choice, receiver=receiver,
        purpose="test", now=world.now, **more,
    )  # fmt: skip


CHANGES: list[tuple[Choice, Receiver, dict[str, Any]]] = [
    (Choice.GRANTED, Receiver.KELA, {"categories": [Category.SOCIAL_SITUATION]}),
    (Choice.DENIED, Receiver.KELA, {"categories": [Category.SOCIAL_SITUATION]}),
    (Choice.GRANTED, Receiver.EMPLOYMENT, {"categories": None}),
    (Choice.REVOKED, Receiver.EMPLOYMENT, {"categories": [Category.HEALTH_WORK_ABILITY]}),
]


@pytest.mark.parametrize("changes", [CHANGES[:n] for n in range(len(CHANGES) + 1)], ids=str)
def test_the_preview_equals_what_each_body_gets(
    world: World, login: Any, changes: list[tuple[Choice, Receiver, dict[str, Any]]]
) -> None:
    for choice, receiver, more in changes:
        decides(world, choice, receiver, **more)
    client = login("client")
    for body in ("employment", "social", "kela"):
        worker = login(body)
        seen = facts(page(worker, f"/cases/{world.case.pk}/"))
        assert seen == facts(page(client, f"/my/who-sees/as/{body}/")), body
        assert len(seen) > 40
        version = page(worker, f"/versions/{world.version.pk}/")
        shown = page(client, f"/my/who-sees/as/{body}/{world.version.pk}/")
        assert version_facts(version) == version_facts(shown), body


def test_one_thing_shared_alone_shows_in_the_preview_as_to_the_body(
    world: World, login: Any
) -> None:
    decides(world, Choice.GRANTED, Receiver.KELA, document=world.debts_goal)
    seen = facts(page(login("kela"), f"/cases/{world.case.pk}/"))
    assert "Velka-asiat ovat järjestyksessä." in seen
    assert "Aika talousneuvontaan" not in seen
    assert seen == facts(page(login("client"), "/my/who-sees/as/kela/"))


def test_the_preview_equals_what_an_outside_party_gets(world: World, login: Any) -> None:
    for categories in (
        [Category.PLAN_FOLLOW_UP],
        [Category.SOCIAL_SITUATION, Category.IDENTITY_CONTACT],
        [Category.CASE_HANDLING, Category.HEALTH_WORK_ABILITY, Category.PLAN_FOLLOW_UP],
    ):
        name = f"party-{len(categories)}-{categories[0]}"
        made = invite(
            actor=world.actor("client"), case=world.case, kind=OutsideKind.WORKPLACE, name=name,
            organisation="", categories=categories, purpose="a try-out",
            valid_to=day_of(world.now) + timedelta(days=20), now=world.now,
        )  # fmt: skip
        accept_invitation(
            secret=made.secret, username=name, password="x", first_name="O", last_name="P",
            now=world.now,
        )  # fmt: skip
        shared = page(login(name), f"/shared/{world.case.pk}/")
        preview = page(login("client"), f"/my/who-sees/as/{made.party.pk}/")
        mine = facts(preview)
        hidden = [at for at, said in enumerate(mine) if said.startswith("You don't see:")]
        assert "don't see:" not in shared and "does not see:" not in shared
        assert facts(shared) == (mine[: hidden[0]] if hidden else mine)


def test_what_would_change_is_what_then_changes(world: World, login: Any) -> None:
    """Before saving, the page names exactly what appears; after saving, exactly that is there."""
    client, kela = login("client"), login("kela")
    before = facts(page(kela, f"/cases/{world.case.pk}/"))
    look = {"who": "kela", "choice": "granted", "scope": "all", "do": "look"}
    asked = client.post("/my/who-sees/several/", look).content.decode()
    said = [title for title in ("Velka-asiat ovat järjestyksessä.", "Aika talousneuvontaan",
                                "Sosiaaliohjaus") if title in asked]  # fmt: skip
    assert len(said) == 3
    assert not ConsentLine.objects.filter(case=world.case, receiver="kela").exists()
    assert facts(page(kela, f"/cases/{world.case.pk}/")) == before
    assert client.post("/my/who-sees/several/", {**look, "do": "save"}).status_code == 302
    after = facts(page(kela, f"/cases/{world.case.pk}/"))
    assert set(said) <= set(after) - set(before)


def test_a_worker_who_explains_sees_no_more_than_they_may(world: World, login: Any) -> None:
    """Kela looks as social services see it: the debts, which Kela does not see, are not told of."""
    kela, social = login("kela"), login("social")
    case = f"/cases/{world.case.pk}/"
    as_social = page(kela, f"{case}see-as/social/")
    assert "Velka-asiat" not in as_social
    assert "social situation" not in as_social.lower().replace("social services does not see", "")
    own, theirs = facts(page(kela, case)), facts(page(social, case))
    both = set(facts(as_social))
    assert {word for word in both if word in set(theirs)} == both
    assert both - set(own) <= {"Why?"} | set(theirs) & set(own)


def test_a_worker_is_not_told_whom_the_client_trusts_outside(world: World) -> None:
    invite(
        actor=world.actor("client"), case=world.case, kind=OutsideKind.TRUSTED, name="Aunt",
        organisation="", categories=[Category.PLAN_FOLLOW_UP], purpose="support",
        valid_to=day_of(world.now) + timedelta(days=20), now=world.now,
    )  # fmt: skip
    labels = {v.label for v in viewers_of(world.actor("client"), world.case, now=world.now)}
    assert "Aunt" in labels
    for worker in ("employment", "kela"):
        told = {v.label for v in viewers_of(world.actor(worker), world.case, now=world.now)}
        assert "Aunt" not in told


def test_two_offices_of_a_body_are_two_viewers(world: World, login: Any) -> None:
    """What is opened to one office alone shows to that office and in its preview, no other."""
    joins_from_a_second_office(
        world.case, Body.KELA, "kela3", by=world.actor("employment"), now=world.now,
        office="Kela, Forssa",
    )  # fmt: skip
    second = Office.objects.get(name="Kela, Forssa")
    decides(
        world, Choice.GRANTED, Receiver.KELA, categories=[Category.SOCIAL_SITUATION],
        office_id=second.pk,
    )  # fmt: skip
    client = login("client")
    seen = facts(page(login("kela3"), f"/cases/{world.case.pk}/"))
    assert "Velka-asiat ovat järjestyksessä." in seen
    assert seen == facts(page(client, f"/my/who-sees/as/{second.pk}/"))
    first = world.actor("kela").office_id
    other = facts(page(login("kela"), f"/cases/{world.case.pk}/"))
    assert "Velka-asiat ovat järjestyksessä." not in other
    assert other == facts(page(client, f"/my/who-sees/as/{first}/"))


def test_there_is_a_text_to_read_in_the_clients_language(world: World) -> None:
    for language in ("fi", "sv", "en"):
        text = current_policy(language)
        assert text is not None
        assert text.language == language
