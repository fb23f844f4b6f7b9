"""Tokens that an honest provider would not have made, or not for whoever asked now: all refused.

Each stands beside the true one, which is taken: a liar that nobody believes would show nothing.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import ECKey, RSAKey

from common.clock import machine_now
from people.entering import Claim, VerifiedIdentity
from tests.oidc.conftest import SEALED
from tests.oidc.liar import LOA2, Liar, encoded, signed_with_secret
from tests.oidc.visiting import asked_in
from web.identity import fetching, metadata, protocol
from web.identity.providers import Provider
from web.identity.refusals import ClaimsMissing, LoginFailed, NotVerified, TooWeak, Unreachable
from web.identity.tokens import verify_logout_token

pytestmark = pytest.mark.xdist_group("oidc")
Add = Callable[..., Provider]
NOW = int(time.time())
OTHER = RSAKey.generate_key(2048, parameters={"use": "sig"}, auto_kid=True)
CURVE = ECKey.generate_key("P-256", auto_kid=True)


class Attempt:
    """One log-in by hand: what we ask, and what a liar answers."""

    def __init__(self, provider: Provider, liar: Liar, **asked: Any) -> None:
        self.provider, self.session = provider, {}
        url = protocol.ask(
            provider, self.session, redirect_uri="https://us.example/back", next_url="/",
            language="fi", **asked,
        )  # fmt: skip
        self.asked = asked_in(url)
        self.answer = {"state": self.asked["state"], "code": "a-code"}
        liar.nonce = self.asked["nonce"]

    def end(self) -> VerifiedIdentity:
        asked = protocol.take_asked(self.session, self.provider, self.answer)
        return protocol.verify_answer(self.provider, asked, self.answer, now=machine_now())


def log_in(provider: Provider, liar: Liar, **asked: Any) -> VerifiedIdentity:
    return Attempt(provider, liar, **asked).end()


def sets(**claims: Any) -> Callable[[Liar], None]:
    return lambda liar: liar.claims.update(claims)


def lacks(name: str) -> Callable[[Liar], None]:
    return lambda liar: liar.without.add(name)


def signs(key: Any, **header: Any) -> Callable[[Liar], None]:
    def change(liar: Liar) -> None:
        liar.signed_with = key(liar) if callable(key) else key
        liar.header = header

    return change


def publishes(*keys: Any) -> Callable[[Liar], None]:
    def change(liar: Liar) -> None:
        liar.published = list(keys)

    return change


def both(*changes: Callable[[Liar], None]) -> Callable[[Liar], None]:
    return lambda liar: [change(liar) for change in changes] and None


def spoils(spoil: Callable[[str], Any]) -> Callable[[Liar], None]:
    return lambda liar: setattr(liar, "spoil", spoil)


def part(token: str, number: int, value: str) -> str:
    parts = token.split(".")
    parts[number] = value
    return ".".join(parts)


HOSTILE: dict[str, tuple[Callable[[Liar], None], str]] = {
    # How it is signed.
    "unsigned": (signs(OTHER, alg="none", kid=None), "algorithm"),
    "unsigned, in other letters": (spoils(
        lambda t: f"{encoded({'alg': 'None'})}.{t.split('.')[1]}."), "algorithm"),
    "signed with the public key as a secret": (
        lambda liar: setattr(liar, "spoil", lambda t: signed_with_secret(
            t, liar.key.as_pem(private=False))), "algorithm"),
    "signed with the client's secret": (
        spoils(lambda t: signed_with_secret(t, b"a-secret-of-forty-characters-and-more-ab")),
        "algorithm"),
    "signed with a way nobody agreed on": (signs(lambda liar: liar.key, alg="RS512"), "algorithm"),
    "signed by another's key under this one's name": (signs(OTHER), "signature"),
    "signed by another's key under its own name": (signs(OTHER, kid=OTHER.kid), "key"),
    "with a key that it brings along": (
        signs(CURVE, alg="ES256", kid=CURVE.kid, jwk=CURVE.as_dict(private=False)), "key"),
    "with an address of keys that it brings along": (
        signs(OTHER, kid=OTHER.kid, jku="http://127.0.0.1:9/keys"), "key"),
    "with the name of a file for its key": (signs(OTHER, kid="../../../dev/null"), "key"),
    "with a number for the name of its key": (signs(OTHER, kid=17), "garbage"),
    "with an extension that must be understood": (
        signs(lambda liar: liar.key, crit=["new"], new=True), "garbage"),
    "without a key's name, where there are two": (
        both(signs(lambda liar: liar.key, kid=None), lambda liar: liar.published.append(OTHER)),
        "key"),
    "by a curve's key under the name of the other": (
        both(signs(CURVE, alg="ES256"), lambda liar: liar.published.append(CURVE)), "garbage"),
    "by a key that is for secrecy": (
        both(signs(OTHER, kid=OTHER.kid), lambda liar: liar.published.append(
            {**OTHER.as_dict(private=False), "use": "enc"})), "key"),
    "with its claims changed afterwards": (spoils(lambda t: part(t, 1, encoded(
        {**_claims_in(t), "sub": "bo-18"}))), "signature"),
    "with its signature cut short": (spoils(lambda t: t[:-8]), "signature"),
    "without its signature": (spoils(lambda t: part(t, 2, "")), "signature"),
    # Who made it, and for whom.
    "of another provider": (sets(iss="https://id.example.se"), "issuer"),
    "of this provider with a slash more": (
        lambda liar: liar.claims.update(iss=liar.issuer + "/"), "issuer"),
    "of several providers": (lambda liar: liar.claims.update(iss=[liar.issuer]), "issuer"),
    "of nobody": (lacks("iss"), "issuer"),
    "for another service": (sets(aud="another"), "audience"),
    "for another, naming us as its party": (sets(aud="another", azp="yhdessa"), "audience"),
    "for several, naming nobody as its party": (sets(aud=["yhdessa", "another"]), "azp"),
    "for several, naming another as its party": (
        sets(aud=["yhdessa", "another"], azp="another"), "azp"),
    "for us, made for another": (sets(azp="another"), "azp"),
    "for nobody": (lacks("aud"), "audience"),
    "for a name in another shape": (sets(aud={"yhdessa": True}), "audience"),
    # When.
    "that is over": (sets(exp=NOW - 301, iat=NOW - 900), "expired"),
    "without an end": (lacks("exp"), "expired"),
    "with an end that is no number": (sets(exp="never"), "expired"),
    "with an end that no clock reaches": (sets(exp=float("nan")), "expired"),
    "made tomorrow": (sets(iat=NOW + 86_400, exp=NOW + 90_000), "future"),
    "that holds from tomorrow on": (sets(nbf=NOW + 86_400), "future"),
    "that says not when it was made": (lacks("iat"), "future"),
    "of a log-in from yesterday": (sets(auth_time=NOW - 86_400), "auth_time"),
    "of a log-in tomorrow": (sets(auth_time=NOW + 86_400), "auth_time"),
    "of a log-in at no time": (sets(auth_time=float("nan")), "auth_time"),
    "of a log-in that is only true": (sets(auth_time=True), "auth_time"),
    "that says not when they logged in": (lacks("auth_time"), "auth_time"),
    # For whom it was asked.
    "that answers nobody": (lacks("nonce"), "nonce"),
    "that answers another question": (sets(nonce="another"), "nonce"),
    "that answers with nothing": (sets(nonce=""), "nonce"),
    "that answers with a list": (lambda liar: liar.claims.update(nonce=[liar.nonce]), "nonce"),
    "for another access token": (sets(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "at_hash"),
    "with no hash of the access token": (sets(at_hash=17), "at_hash"),
    # Whom it names.
    "of nobody in particular": (lacks("sub"), "subject"),
    "of somebody without a name": (sets(sub=""), "subject"),
    "of a number": (sets(sub=17), "subject"),
    "of several": (sets(sub=["aino-17", "bo-18"]), "subject"),
    "of a name that never ends": (sets(sub="a" * 256), "subject"),
    "of a name that looks like another": (sets(sub="aino-17\u200b"), "subject"),
    "of a name with a null": (sets(sub="aino-17\x00"), "subject"),
    "of somebody in another body's domain": (sets(email="aino@kela.example.fi"), "domain"),
    "of somebody in a domain that ends alike": (
        sets(email="a@x-salo.example.fi"), "domain"),
    "of one address of several in another's domain": (
        sets(email=["a@salo.example.fi", "a@kela.example.fi"]), "domain"),
    "with a list for the log-in's name": (sets(sid=["s-1"]), "sid"),
    # How surely they proved it.
    "of a weaker log-in than was asked": (sets(acr="password"), "acr"),
    "of a log-in that the table lacks": (sets(acr=f"{LOA2}#4"), "acr_unknown"),
    "of a log-in that is not told": (lacks("acr"), "acr_unknown"),
    "of several log-ins": (sets(acr=[LOA2]), "acr_unknown"),
    # What is no token.
    "that is none": (lambda liar: liar.tokens.update(id_token=None), "garbage"),
    "that is a list": (lambda liar: liar.tokens.update(id_token=["a"]), "garbage"),
    "that is empty": (lambda liar: liar.tokens.update(id_token=""), "garbage"),
    "that is words": (lambda liar: liar.tokens.update(id_token="a.b.c"), "garbage"),
    "that is long": (spoils(lambda t: t + "A" * 200_000), "garbage"),
    "that is a list inside": (spoils(lambda t: part(t, 1, encoded([1]))), "signature"),
    "whose header is a list": (spoils(lambda t: part(t, 0, encoded([1]))), "garbage"),
    "whose header never ends": (signs(lambda liar: liar.key, note="A" * 9000), "garbage"),
    "with an access token that is none": (
        lambda liar: liar.tokens.update(access_token={"a": 1}), "garbage"),
}  # fmt: skip


def _claims_in(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def test_the_true_token_is_taken(provider: Add, liar: Liar) -> None:
    found = log_in(provider("county", liar.issuer, 'least = "substantial"\n'), liar)
    assert (found.subject, found.level, found.session) == ("aino-17", "substantial", "s-1")
    assert found.first(Claim.EMAIL) == "aino@salo.example.fi"


@pytest.mark.parametrize(
    "change", [sets(iat=NOW + 280), sets(auth_time=NOW + 280),
               lambda liar: liar.claims.update(exp=int(time.time()) - 280),
               sets(aud=["yhdessa"]), sets(aud=["yhdessa", "another"], azp="yhdessa")],
)  # fmt: skip
def test_clocks_differ_by_five_minutes_and_an_honest_token_by_its_form(
    provider: Add, liar: Liar, change: Callable[[Liar], None]
) -> None:
    change(liar)
    assert log_in(provider("county", liar.issuer), liar).authenticated_at <= machine_now()


def test_no_hostile_token_lets_anybody_in(provider: Add, liar: Liar, record_property: Any) -> None:
    """Every one is refused, and for what is wrong with it."""
    table = provider("county", liar.issuer, 'least = "substantial"\n')
    wrong: dict[str, str] = {}
    for name, (change, why) in HOSTILE.items():
        metadata.forget()
        liar.be_honest()
        change(liar)
        try:
            log_in(table, liar)
        except LoginFailed as refused:
            wrong.update({name: refused.why} if refused.why != why else {})
        else:
            wrong[name] = "was taken"
    assert wrong == {}
    record_property("counts", f"{len(HOSTILE)} hostile tokens tried, {len(HOSTILE)} refused")


EVENTS = "http://schemas.openid.net/event/backchannel-logout"
LOGOUTS: dict[str, tuple[dict[str, Any], str]] = {
    "of another provider": ({"iss": "https://id.example.se"}, "issuer"),
    "for another service": ({"aud": "another"}, "audience"),
    "for several": ({"aud": ["yhdessa", "another"]}, "audience"),
    "that is over": ({"exp": NOW - 301}, "expired"),
    "made long ago": ({"iat": NOW - 1000, "exp": NOW + 86_400}, "expired"),
    "made tomorrow": ({"iat": NOW + 86_400, "exp": NOW + 90_000}, "future"),
    "without an end": ({"without": "exp"}, "expired"),
    "without a name": ({"without": "jti"}, "jti"),
    "without the event": ({"without": "events"}, "events"),
    "of another event": ({"events": {"http://example.org/": {}}}, "events"),
    "whose event is a word": ({"events": EVENTS}, "events"),
    "with a nonce, as an ID token has": ({"nonce": "n"}, "nonce"),
    "of nobody": ({"without": "sid"}, "nobody"),
    "of a list of log-ins": ({"sid": ["s-1"]}, "sid"),
    "of a number": ({"sub": 17}, "subject"),
}  # fmt: skip


def test_no_hostile_word_ends_a_log_in(provider: Add, liar: Liar, record_property: Any) -> None:
    table = provider("county", liar.issuer)
    assert verify_logout_token(table, liar.logout_token(), now=time.time())["sid"] == "s-1"
    wrong = {}
    for name, (claims, why) in LOGOUTS.items():
        try:
            verify_logout_token(table, liar.logout_token(**claims), now=time.time())
        except NotVerified as refused:
            wrong.update({name: refused.why} if refused.why != why else {})
        else:
            wrong[name] = "was taken"
    for token in (liar.id_token(), "", None, liar.sign({"iss": liar.issuer}, typ="at+jwt")):
        with pytest.raises(NotVerified):
            verify_logout_token(table, token, now=time.time())
    assert wrong == {}
    count = len(LOGOUTS) + 4
    record_property("counts", f"{count} hostile log-out tokens tried, {count} refused")


def sealed(token: str, key: Any, **header: str) -> str:
    return jwe.encrypt_compact(
        {"alg": "RSA-OAEP-256", "enc": "A256GCM", **header}, token.encode(), key,
        algorithms=["RSA-OAEP-256", "RSA-OAEP", "RSA1_5", "A256GCM", "DEF"],
    )  # fmt: skip


def test_where_tokens_come_sealed_no_other_is_taken(
    provider: Add, liar: Liar, own_key: RSAKey
) -> None:
    table = provider("county", liar.issuer, SEALED)
    liar.spoil = lambda token: sealed(token, own_key)
    assert log_in(table, liar).subject == "aino-17"
    for spoil, why in (
        (lambda token: token, "not_sealed"),
        (lambda token: sealed(token, RSAKey.generate_key(2048)), "not_sealed"),
        (lambda token: sealed(token, own_key, zip="DEF"), "not_sealed"),
        (lambda token: sealed("{}", own_key), "garbage"),
        (lambda token: sealed(sealed(token, own_key), own_key), "garbage"),
        (lambda token: sealed(part(token, 2, ""), own_key), "signature"),
    ):
        liar.spoil = spoil
        with pytest.raises(NotVerified, match=why):
            log_in(table, liar)


def test_an_answer_is_taken_once_and_in_the_browser_that_asked(provider: Add, liar: Liar) -> None:
    table = provider("county", liar.issuer)
    one, other = Attempt(table, liar), Attempt(table, liar)
    other.answer = one.answer
    with pytest.raises(NotVerified, match="state"):
        other.end()
    liar.nonce = one.asked["nonce"]
    one.end()
    with pytest.raises(NotVerified, match="state"):
        one.end()


@pytest.mark.parametrize("state", ["", "another", None])
def test_an_answer_nobody_asked_for_is_refused(
    provider: Add, liar: Liar, state: str | None
) -> None:
    attempt = Attempt(provider("county", liar.issuer), liar)
    attempt.answer = {"code": "c", **({"state": state} if state is not None else {})}
    with pytest.raises(NotVerified, match="state"):
        attempt.end()


def test_an_answer_that_comes_too_late_is_refused(
    provider: Add, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = Attempt(provider("county", liar.issuer), liar)
    monkeypatch.setattr(protocol, "PENDING_SECONDS", 0)
    with pytest.raises(NotVerified, match="state"):
        attempt.end()


def test_an_answer_of_one_provider_is_never_taken_to_another(provider: Add, liar: Liar) -> None:
    """Mix-up: the code of an honest provider would be given to the one that lies."""
    with Liar().running() as honest:
        ours, theirs = provider("honest", honest.issuer), provider("liar", liar.issuer)
        attempt = Attempt(theirs, liar)
        attempt.provider = ours  # it comes back to the other's address
        with pytest.raises(NotVerified, match="mix_up"):
            attempt.end()
        attempt = Attempt(theirs, liar)
        attempt.answer["iss"] = honest.issuer
        with pytest.raises(NotVerified, match="mix_up"):
            attempt.end()
    assert "/token" not in liar.asked


def test_a_provider_that_says_who_it_is_says_it_always(provider: Add, liar: Liar) -> None:
    liar.description = {"authorization_response_iss_parameter_supported": True}
    attempt = Attempt(provider("county", liar.issuer), liar)
    with pytest.raises(NotVerified, match="mix_up"):
        attempt.end()
    attempt = Attempt(attempt.provider, liar)
    attempt.answer["iss"] = liar.issuer
    assert attempt.end().subject == "aino-17"


def test_whoever_must_prove_it_anew_does(provider: Add, liar: Liar) -> None:
    table = provider("county", liar.issuer)
    liar.claims = {"auth_time": NOW - 1800}
    assert log_in(table, liar).subject == "aino-17"
    attempt = Attempt(table, liar, level="substantial", fresh=True)
    assert attempt.asked["max_age"] == "0"
    with pytest.raises(NotVerified, match="auth_time"):
        attempt.end()
    with pytest.raises(TooWeak):
        log_in(table, liar, level="high", fresh=True)


def test_what_is_said_beside_the_token_is_of_the_same_person(provider: Add, liar: Liar) -> None:
    table = provider("county", liar.issuer, "userinfo = true\n")
    liar.without = {"email"}
    liar.userinfo = {"email": "aino@salo.example.fi", "given_name": "Eve"}
    found = log_in(table, liar)
    assert (found.first(Claim.EMAIL), found.first(Claim.GIVEN_NAME)) == (
        "aino@salo.example.fi", "Aino",
    )  # fmt: skip
    for sub in ("bo-18", None, ["aino-17"]):
        liar.userinfo = {"sub": sub}
        with pytest.raises(NotVerified, match="subject"):
            log_in(table, liar)


def test_what_must_be_said_is_said(provider: Add, liar: Liar) -> None:
    table = provider("county", liar.issuer, 'required = ["email", "family_name"]\n')
    for value in (None, "", "  ", 17, [], "a" * 301, "Sa\nlo"):
        liar.claims = {"family_name": value}
        with pytest.raises(ClaimsMissing) as refused:
            log_in(table, liar)
        assert refused.value.claims == {Claim.FAMILY_NAME}


def answers(content: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


GARBAGE = {
    "empty": answers(b""),
    "no JSON": answers(b"<html>It works!</html>"),
    "a list": answers(b"[]"),
    "a number without end": answers(b"1" * 5000),
    "brackets without end": answers(b"[" * 100_000),
    "without end": endless,
    "an error": answers(b"{}", 500),
    "elsewhere": answers(b"", 302, Location="http://127.0.0.1:9/"),
    "cut short": answers(b"{", Content_Length="100"),
    "no HTTP": lambda handler: handler.wfile.write(b"\x00\x16\x03\x01"),
    "nothing": lambda handler: handler.connection.close(),
}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_garbage_from_a_provider_is_told_as_trouble(
    provider: Add, liar: Liar, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "RESTS_SECONDS", 0)
    monkeypatch.setattr(fetching, "READ_SECONDS", 1)
    table = provider("county", liar.issuer)
    for name, answer in GARBAGE.items():
        metadata.forget()
        liar.raw = {path: answer}
        with pytest.raises(LoginFailed) as refused:
            log_in(table, liar)
        # The token's address may say in its own words that it refuses.
        assert isinstance(refused.value, Unreachable) or path == "/token", name


def test_a_slow_provider_is_waited_for_so_long_and_then_left_alone(
    provider: Add, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that sends a letter now and then, which no limit for a single wait would notice."""
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5)

    def drips(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(20):
            handler.wfile.write(b"X: y\r\n")
            time.sleep(0.1)

    liar.raw = {"/.well-known/openid-configuration": drips}
    table = provider("county", liar.issuer)
    begun = time.monotonic()
    for why in ("slow", "resting", "resting"):
        with pytest.raises(Unreachable, match=why):
            log_in(table, liar)
    assert time.monotonic() - begun < 1.5


DESCRIPTIONS = {
    "the issuer of another": ({"issuer": "https://id.example.se"}, "other_issuer"),
    "people go elsewhere": (
        {"authorization_endpoint": "https://evil.example/"}, "other_host_authorization_endpoint"),
    "the code goes elsewhere": (
        {"token_endpoint": "http://169.254.169.254/"}, "other_host_token_endpoint"),
    "the keys come from elsewhere": (
        {"jwks_uri": "https://evil.example/keys"}, "other_host_jwks_uri"),
    "the keys come from a file": ({"jwks_uri": "file:///etc/passwd"}, "other_host_jwks_uri"),
    "people log out elsewhere": (
        {"end_session_endpoint": "https://evil.example/"}, "other_host_end_session_endpoint"),
    "an address is no text": ({"token_endpoint": 17}, "no_token_endpoint"),
    "an address is missing": ({"jwks_uri": ""}, "no_jwks_uri"),
}  # fmt: skip


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_provider_sends_nobody_to_hosts_that_the_operator_did_not_name(
    provider: Add, liar: Liar, name: str
) -> None:
    liar.description, why = DESCRIPTIONS[name]
    with pytest.raises(Unreachable, match=why):
        log_in(provider("county", liar.issuer), liar)


def test_a_new_key_is_asked_for_but_not_at_every_token(
    provider: Add, liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = provider("county", liar.issuer)
    log_in(table, liar)
    liar.key = liar.signed_with = OTHER
    liar.published = [OTHER]
    with pytest.raises(NotVerified, match="key"):  # asked for a moment ago
        log_in(table, liar)
    monkeypatch.setattr(metadata, "ANEW_SECONDS", 0)
    assert log_in(table, liar).subject == "aino-17"
    assert liar.asked.count("/keys") == 2


@pytest.mark.parametrize(
    "keys",
    [[], [{"kty": "oct", "k": "c2VjcmV0"}], [{"kty": "RSA", "n": "AQ", "e": "AQAB"}], ["a"], [None],
     [{"kty": "RSA", "n": "A" * 171, "e": "AQAB"}]],
)  # fmt: skip
def test_keys_that_are_none_or_too_short_are_none(
    provider: Add, liar: Liar, keys: list[Any]
) -> None:
    liar.published = keys
    with pytest.raises(Unreachable, match="no_keys"):
        log_in(provider("county", liar.issuer), liar)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8)
    | st.integers(NOW - 2_000, NOW + 2_000) | st.integers()
    | st.sampled_from(["yhdessa", "another", LOA2, "aino-17", "0", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)  # fmt: skip


def may_be(claim: str, value: Any, now: float) -> bool:
    """Whether an honest token may say this, told apart from the code that checks it."""
    is_time = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    if claim == "aud":
        return value in ("yhdessa", ["yhdessa"])
    if claim == "exp":
        return is_time and value > now - 301
    if claim in ("iat", "nbf"):
        return is_time and value < now + 301
    if claim == "auth_time":
        return is_time and now - 43_501 < value < now + 301
    if claim == "sub":
        return isinstance(value, str) and value.isascii() and value.isprintable() and value != ""
    if claim in ("azp", "at_hash"):  # a party that is nobody's, a hash that is none: as if unsaid
        return value == "yhdessa" if claim == "azp" and value else not value
    if claim == "sid":
        return isinstance(value, str)
    return claim == "acr" and value == LOA2  # of issuer and nonce there is one


@pytest.mark.deep
@pytest.mark.parametrize(
    "claim",
    ["iss", "aud", "exp", "iat", "nbf", "auth_time", "sub", "azp", "at_hash", "sid", "acr",
     "nonce"],
)  # fmt: skip
def test_whatever_a_claim_is_nothing_is_taken_but_what_may_be(
    provider: Add, liar: Liar, claim: str
) -> None:
    table = provider("county", liar.issuer, 'least = "substantial"\n')

    @settings(max_examples=150, deadline=None, database=None)
    @given(value=VALUES)
    def tried(value: Any) -> None:
        liar.claims = {claim: value}
        try:
            log_in(table, liar)
        except LoginFailed as refused:
            assert not isinstance(refused, Unreachable), refused.why
        else:
            assert may_be(claim, value, time.time()), (claim, value)

    tried()
