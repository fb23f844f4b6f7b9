"""Log-ins through the certified OpenID provider: there and back, nothing of the protocol played."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from audit.models import AuditRow
from common.levels import LogInLevel
from people.models import AccountEvent, LogIn, Office, User
from tests.oidc.conftest import CLIENTS, LOA2, LOA3, SEALED, Received
from tests.oidc.liar import Liar
from tests.oidc.visiting import Visitor, asked_in
from tests.personas import World
from web.identity import metadata
from web.identity.links import links_to_prove
from web.identity.providers import Provider

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("oidc")]
Linked = Callable[[str, str, str], User]
Add = Callable[..., Provider]


def test_somebody_logs_in_and_comes_to_the_page_they_wanted(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    provider("county", certified_issuer)
    user, visitor = linked("social", certified_issuer, "aino-17"), Visitor()
    sent = visitor.go("county", next="/cases/?page=2")
    asked = asked_in(sent.headers["Location"])
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert asked["acr_values"] == f"password {LOA2} {LOA3}" and asked["ui_locales"] == "fi"
    assert "/cases" not in sent.headers["Location"]
    answer = visitor.come_back(visitor.prove(sent.headers["Location"], "aino-17"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/?page=2")
    assert visitor.user_id == str(user.pk)
    row = LogIn.objects.get(user=user)
    assert (row.issuer, bool(row.issuer_session)) == (certified_issuer, True)


def test_the_log_in_page_names_who_one_may_come_from(
    certified_issuer: str, provider: Add, client: Client
) -> None:
    assert b"/login/with/" not in client.get("/login/").content
    provider("county", certified_issuer)
    provider("national", "https://id.example.fi", whom=CLIENTS)
    page = client.get("/login/?next=/cases/")
    assert page.status_code == 200 and 'name="username"' in page.content.decode()
    assert 'href="/login/with/county/?next=%2Fcases%2F"' in page.content.decode()
    assert 'href="/login/with/national/?next=%2Fcases%2F"' in page.content.decode()


def test_by_a_secret_as_well(certified_issuer: str, provider: Add, linked: Linked) -> None:
    provider(
        "national", certified_issuer, whom=CLIENTS, client_id="by-secret",
        authentication='authentication = "client_secret_basic"\nsecret_file = "secret"',
    )  # fmt: skip
    user, visitor = linked("client", certified_issuer, "client-1"), Visitor()
    assert visitor.log_in("national", "client-1").status_code == 302
    assert visitor.user_id == str(user.pk)


def test_a_token_that_was_sealed_for_us(
    certified_issuer: str, provider: Add, linked: Linked, client: Client
) -> None:
    provider("county", certified_issuer, SEALED, client_id="sealed")
    user, visitor = linked("social", certified_issuer, "aino-17"), Visitor()
    assert visitor.log_in("county", "aino-17").status_code == 302
    assert visitor.user_id == str(user.pk)
    published = client.get("/login/with/county/keys.json").json()["keys"]
    assert [key["use"] for key in published] == ["sig", "enc"]


def test_nobody_comes_in_whose_account_is_closed(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    provider("national", certified_issuer, whom=CLIENTS)
    user, visitor = linked("client", certified_issuer, "client-1"), Visitor()
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = visitor.log_in("national", "client-1")
    assert answer.status_code == 403 and not visitor.user_id
    assert "02 123 456" in answer.content.decode()


def test_a_client_who_is_not_let_in_reads_what_to_do_and_which_office_to_call(
    certified_issuer: str, provider: Add, world: World
) -> None:
    provider("national", certified_issuer, whom=CLIENTS)
    office = Office.objects.get(pk=world.actor("social").office_id)
    Office.objects.filter(pk=office.pk).update(phone="02 778 1001")
    page = Visitor().log_in("national", "nameless")  # without a Finnish identity code
    said = page.content.decode()
    assert page.status_code == 403
    assert office.name in said and 'href="tel:027781001"' in said
    assert "/login/code/" in said and "02 123 456" in said


def test_nobody_comes_in_as_somebody_they_are_not(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    """Another body's address; a code of another browser's; a code twice."""
    provider("county", certified_issuer)
    linked("social", certified_issuer, "aino-17")
    assert Visitor().log_in("county", "intruder").status_code == 400
    victim, thief = Visitor(), Visitor()
    url = victim.prove(victim.go("county").headers["Location"], "aino-17")
    thief.go("county")
    assert thief.come_back(url).status_code == 400 and not thief.user_id
    # Their own state with the victim's code: the provider's proof of who asked is another's.
    own = asked_in(thief.go("county").headers["Location"])
    answer = thief.here.get(
        "/login/with/county/back/",
        {"code": asked_in(url)["code"], "state": own["state"], "iss": certified_issuer},
    )
    assert answer.status_code == 400 and not thief.user_id
    assert victim.come_back(url).status_code == 302 and victim.user_id
    # Once: a code that comes back is nobody's any more.
    assert victim.come_back(url).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)",
     "http:///evil.example", "https:evil.example", "http://testserver@evil.example/"],
)  # fmt: skip
def test_the_way_back_leads_to_us_alone(
    certified_issuer: str, provider: Add, linked: Linked, address: str
) -> None:
    provider("county", certified_issuer)
    linked("social", certified_issuer, "aino-17")
    assert Visitor().log_in("county", "aino-17", next=address).headers["Location"] == "/"


def test_whoever_says_no_there_reads_so_and_begins_again(
    certified_issuer: str, provider: Add
) -> None:
    provider("county", certified_issuer)
    answer = Visitor().log_in("county", "", next="/cases/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "/login/with/county/?next=%2Fcases%2F" in page
    assert "code=" not in page and "state=" not in page and "02 123 456" not in page


def test_what_is_not_told_is_named_and_who_mends_it(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    provider("county", certified_issuer, 'required = ["given_name", "family_name"]\n')
    linked("social", certified_issuer, "nameless")
    page = Visitor().log_in("county", "nameless")
    assert page.status_code == 403 and "02 123 456" in page.content.decode()
    assert "Last name" in page.content.decode() or "Sukunimi" in page.content.decode()


def test_a_weaker_log_in_than_this_provider_must_give(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    provider("county", certified_issuer, 'least = "substantial"\n')
    linked("social", certified_issuer, "aino-17")
    assert Visitor().log_in("county", "aino-17", acr="password").status_code == 403
    assert Visitor().log_in("county", "aino-17", acr=LOA3).status_code == 302


def test_whoever_is_logged_in_proves_it_again_as_themselves(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    """A surer log-in, asked for on the way, leads back; another person's changes nothing."""
    provider("county", certified_issuer)
    user, visitor = linked("social", certified_issuer, "aino-17"), Visitor()
    linked("kela", certified_issuer, "bo-18")
    visitor.log_in("county", "aino-17")
    before, log_in = visitor.here.session.session_key, LogIn.objects.get(user=user).id
    visitor.there.cookies.clear()
    answer = visitor.log_in("county", "bo-18", level="high", next="/cases/", acr=LOA3)
    assert answer.status_code == 409 and visitor.user_id == str(user.pk)
    assert 'href="/logout/"' in answer.content.decode()
    visitor.there.cookies.clear()
    assert visitor.log_in("county", "aino-17", level="high", next="/cases/").status_code == 403
    visitor.there.cookies.clear()
    answer = visitor.log_in("county", "aino-17", level="high", next="/cases/", acr=LOA3)
    assert answer.headers["Location"] == "/cases/"
    assert (visitor.here.session.session_key, LogIn.objects.get(user=user).id) == (before, log_in)
    assert AccountEvent.LOG_IN_REFUSED in events_of(user)


def test_one_proves_it_anew_where_one_is_known_and_so_much_can_be_proved(
    certified_issuer: str, provider: Add, linked: Linked, rf: RequestFactory
) -> None:
    provider("county", certified_issuer)
    provider("other", "https://id.example.fi")
    request = rf.get("/")
    request.user = linked("social", certified_issuer, "aino-17")
    (one,) = links_to_prove(request, LogInLevel.HIGH, "/grounds/")
    assert one.url == "/login/with/county/?next=%2Fgrounds%2F&level=high"
    request.user = User.objects.get(username="kela")
    assert links_to_prove(request, LogInLevel.LOW, "/grounds/") == []


def test_a_log_out_there_ends_it_here(
    certified_issuer: str, provider: Add, linked: Linked, received: Received, client: Client
) -> None:
    """The provider itself tells it, once, and of nobody else."""
    provider("county", certified_issuer)
    user = linked("social", certified_issuer, "aino-17")
    visitor, elsewhere, other = Visitor(), Visitor(), Visitor()
    linked("kela", certified_issuer, "bo-18")
    for one, name in ((visitor, "aino-17"), (elsewhere, "aino-17"), (other, "bo-18")):
        one.log_in("county", name)
    received.forms.clear()
    sent = visitor.here.get("/login/with/county/out/").headers["Location"]
    assert asked_in(sent)["client_id"] == "yhdessa"
    visitor.log_out_there(sent)
    (form,) = received.forms
    assert client.post("/login/with/county/ended/", form).status_code == 200
    assert not is_in(visitor) and is_in(elsewhere) and is_in(other)
    assert AccountEvent.LOG_IN_ENDED in events_of(user)
    assert client.post("/login/with/county/ended/", form).status_code == 400
    assert client.get("/login/with/county/ended/").status_code == 405


def test_whoever_logs_out_here_is_shown_the_way_out_there(
    certified_issuer: str, provider: Add, linked: Linked
) -> None:
    provider("national", certified_issuer, whom=CLIENTS)
    linked("client", certified_issuer, "client-1")
    visitor = Visitor()
    visitor.log_in("national", "client-1")
    assert visitor.here.post("/logout/").headers["Location"] == "/login/with/national/away/"
    page = visitor.here.get("/login/with/national/away/").content.decode()
    assert "/login/with/national/out/" in page
    assert not is_in(visitor)


def test_our_keys_are_published_and_no_secret_with_them(
    certified_issuer: str, provider: Add, client: Client
) -> None:
    provider("county", certified_issuer)
    (key,) = client.get("/login/with/county/keys.json").json()["keys"]
    assert key["use"] == "sig" and not {"d", "p", "q"} & key.keys()
    assert client.get("/login/with/nobody/keys.json").status_code == 404


def test_a_provider_that_is_down_in_the_middle_has_its_page(
    liar: Liar, provider: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Down before, and down between the way there and the way back; then it is up again."""
    monkeypatch.setattr(metadata, "RESTS_SECONDS", 0)
    provider("county", liar.issuer)
    visitor = Visitor()
    asked = asked_in(visitor.go("county", next="/cases/").headers["Location"])
    liar.raw = {"/token": lambda handler: handler.connection.close()}
    answer = visitor.here.get("/login/with/county/back/", {"code": "c", "state": asked["state"]})
    page = answer.content.decode()
    assert answer.status_code == 503 and "02 123 456" in page and "/login/" in page
    assert "/login/with/county/?next=%2Fcases%2F" in page and not visitor.user_id
    metadata.forget()
    liar.raw = {"/.well-known/openid-configuration": lambda handler: handler.connection.close()}
    assert visitor.go("county").status_code == 503
    liar.raw = {}
    assert visitor.go("county").status_code == 302


def events_of(user: User) -> set[str]:
    return set(AuditRow.objects.filter(subject_id=user.pk).values_list("action", flat=True))


def is_in(visitor: Visitor) -> bool:
    return bool(visitor.here.get("/log-ins/").status_code == 200)


def test_the_operator_tries_a_provider(certified_issuer: str, provider: Add) -> None:
    """What it finds, and what to tell the provider of us; no key, no secret."""
    provider("county", certified_issuer)
    said = StringIO()
    call_command("try_identity_provider", "county", stdout=said)
    assert "/login/with/county/back/" in said.getvalue() and "2 keys" in said.getvalue()
    with pytest.raises(CommandError, match="Known: county"):
        call_command("try_identity_provider", "nobody")
    provider("other", "http://127.0.0.1:9")
    with pytest.raises(CommandError, match="not_reached"):
        call_command("try_identity_provider", "other")


def test_a_log_out_of_somebody_ends_what_came_from_there_and_nothing_else(
    liar: Liar, provider: Add, linked: Linked, login: Any, client: Client
) -> None:
    """Of a log-in by its name; of somebody by theirs, wherever; never of both where they differ."""
    provider("county", liar.issuer)
    linked("social", liar.issuer, "aino-17")
    by_password, visitors = login("social"), {name: Visitor() for name in ("s-1", "s-2", "s-3")}
    for name, visitor in visitors.items():
        asked = asked_in(visitor.go("county").headers["Location"])
        liar.nonce, liar.claims = asked["nonce"], {"sid": name}
        given = {"code": "c", "state": asked["state"]}
        assert visitor.here.get("/login/with/county/back/", given).status_code == 302

    def told(**claims: Any) -> list[str]:
        without = "" if "sid" in claims else "sid"
        token = liar.logout_token(without=without, **claims)
        answer = client.post("/login/with/county/ended/", {"logout_token": token})
        assert answer.status_code == 200
        return [name for name, visitor in visitors.items() if is_in(visitor)]

    assert told(sid="s-1", sub="bo-18") == ["s-1", "s-2", "s-3"]
    assert told(sid="s-1") == ["s-2", "s-3"]
    assert told(sub="aino-17") == []
    assert by_password.get("/log-ins/").status_code == 200
