"""A system shows who it is by its own key, or gets nothing; what it gets ends with it."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from audit.models import AuditRow
from common.clock import machine_now
from common.decision import NotAllowed, Refused
from common.scopes import MachineScope
from people import services
from people.models import Machine, MachineAssertion, MachineKey, MachineToken
from tests.api.registering import (
    ASSERTION_TYPE,
    EC,
    OTHERS,
    System,
    audience,
    post,
    proposed,
    public,
    registered,
    system,
)
from tests.personas import World
from web.machines.keys import read_public_keys

RSA = RSAKey.generate_key(2048)


@pytest.fixture
def machine(world: World) -> Machine:
    """With both kinds of keys, so that each may be taken for the other's."""
    return registered(world, keys=[*read_public_keys(public(EC)), *read_public_keys(public(RSA))])


def parts(header: object, claims: object, signature: bytes = b"") -> str:
    def coded(value: object) -> str:
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    return ".".join((coded(header), coded(claims), coded(signature)))


def by_secret(own: System, secret: bytes) -> str:
    """By hand: a library that is any good makes none."""
    signed = parts({"alg": "HS256"}, own.claims()).rsplit(".", 1)[0]
    mac = hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def tampered(token: str) -> str:
    head, body, signature = token.split(".")
    return ".".join((head, body, ("A" if signature[0] != "A" else "B") + signature[1:]))


def crossed(own: System) -> str:
    """Claims of one proof under the signature of another."""
    one, other = own.assertion(), own.assertion(scope="more")
    return ".".join((*one.split(".")[:1], other.split(".")[1], one.split(".")[2]))


def now() -> int:
    """Not once for the module: a slow run would make the future the present."""
    return int(time.time())


HOSTILE: dict[str, Callable[[System], str]] = {
    "alg none": lambda s: parts({"alg": "none"}, s.claims()),
    "alg None, written otherwise": lambda s: parts({"alg": "nOnE"}, s.claims()),
    "no alg": lambda s: parts({"typ": "JWT"}, s.claims()),
    "HS256 with the public key (JSON)": lambda s: by_secret(s, public(EC).encode()),
    "HS256 with the public key (PEM)": lambda s: by_secret(s, RSA.as_pem(private=False)),
    "HS256 with an empty secret": lambda s: by_secret(s, b" "),
    "RS512, which is not on the list": lambda s: System(s.name, RSA, "RS512").assertion(),
    "RS256 said, ES256 done": lambda s: parts(
        {"alg": "RS256"}, s.claims(), base64.urlsafe_b64decode(s.assertion().split(".")[2] + "==")
    ),
    "another's key": lambda s: System(s.name, OTHERS).assertion(),
    "another's key of the same kid": lambda s: System(s.name, OTHERS).assertion({"kid": "1"}),
    "brings its own key along": lambda s: System(s.name, OTHERS).assertion(
        {"jwk": OTHERS.as_dict(private=False)}
    ),
    "its own, with a key along": lambda s: s.assertion({"jwk": EC.as_dict(private=False)}),
    "its own, with a place for keys": lambda s: s.assertion({"jku": "https://evil.example/k"}),
    "its own, of another type": lambda s: s.assertion({"typ": "at+jwt"}),
    "tampered signature": lambda s: tampered(s.assertion()),
    "claims of another proof": crossed,
    "no signature": lambda s: s.assertion().rsplit(".", 1)[0] + ".",
    "wrong aud": lambda s: s.assertion(aud="https://other.example/token"),
    "our address without the path": lambda s: s.assertion(aud=audience().split("/api")[0]),
    "aud of two": lambda s: s.assertion(aud=[audience(), "https://other.example"]),
    "no aud": lambda s: s.assertion(aud=None),
    "aud a number": lambda s: s.assertion(aud=1),
    "expired": lambda s: s.assertion(iat=now() - 700, exp=now() - 400),
    "expired, issued just now": lambda s: s.assertion(exp=now() - 400),
    "no exp": lambda s: s.assertion(exp=None),
    "exp in words": lambda s: s.assertion(exp="soon"),
    "exp true": lambda s: s.assertion(exp=True),
    "exp beyond the calendar": lambda s: s.assertion(exp=10**18),
    "lives for a day": lambda s: s.assertion(exp=now() + 86_400),
    "from the future": lambda s: s.assertion(iat=now() + 400, exp=now() + 500),
    "not before later": lambda s: s.assertion(nbf=now() + 400),
    "no iat": lambda s: s.assertion(iat=None),
    "old, though it has not expired": lambda s: s.assertion(iat=now() - 2000, exp=now() + 100),
    "no jti": lambda s: s.assertion(jti=None),
    "empty jti": lambda s: s.assertion(jti=""),
    "jti a list": lambda s: s.assertion(jti=["a", "b"]),
    "jti without end": lambda s: s.assertion(jti="j" * 500),
    "no iss": lambda s: s.assertion(iss=None),
    "iss of another": lambda s: s.assertion(iss="01890000-0000-7000-8000-000000000000"),
    "no sub": lambda s: s.assertion(sub=None),
    "sub a list": lambda s: s.assertion(sub=[s.name]),
    "sub nobody's": lambda s: s.assertion(sub="01890000-0000-7000-8000-000000000000"),
    "claims a list": lambda s: jws.serialize_compact({"alg": "ES256"}, b"[1]", EC),
    "claims no JSON": lambda s: jws.serialize_compact({"alg": "ES256"}, b"{", EC),
    "header a list": lambda s: parts([], s.claims()),
    "crit of ours to understand": lambda s: parts({"alg": "ES256", "crit": ["x"]}, s.claims()),
    "too long": lambda s: s.assertion(filler="f" * 5000),
    "too deep": lambda s: parts({"alg": "ES256"}, b"[" * 2000),
    "one part": lambda s: "abc",
    "five parts": lambda s: "a.b.c.d.e",
    "letters beyond ASCII": lambda s: "ä.ö.å",
    "a zero byte": lambda s: "a\0b.c.d",
}


def test_no_hostile_proof_gets_a_token(
    world: World, machine: Machine, record_property: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.machines.begin_proving", lambda *args, **kwargs: _Counted())
    own = system(machine)
    assert own.asks().status_code == 200
    given = MachineToken.objects.count()
    for what, make in HOSTILE.items():
        answer = own.asks(make(own))
        assert answer.status_code == 401, what
        assert answer.json() == {"error": "invalid_client"}, what
    assert MachineToken.objects.count() == given
    record_property("counts", f"{len(HOSTILE)} hostile proofs tried, {len(HOSTILE)} refused")


class _Counted:
    def succeeded(self) -> None: ...


def test_each_allowed_way_of_signing_gets_one(world: World, machine: Machine) -> None:
    for key, algorithm in ((EC, "ES256"), (RSA, "RS256"), (RSA, "PS256")):
        answer = System(str(machine.pk), key, algorithm).asks()
        assert answer.status_code == 200, algorithm
        assert answer.json() | {"access_token": ""} == {
            "access_token": "", "token_type": "Bearer", "expires_in": 600,
            "scope": "cases.read plans.read",
        }  # fmt: skip
        assert answer.headers["Cache-Control"] == "no-store"


def test_clocks_may_differ_by_five_minutes(world: World, machine: Machine) -> None:
    own, now = system(machine), int(time.time())
    assert own.asks(own.assertion(iat=now + 270, exp=now + 400)).status_code == 200
    assert own.asks(own.assertion(iat=now - 300, exp=now - 270)).status_code == 200


def test_a_proof_counts_once(world: World, machine: Machine) -> None:
    own = system(machine)
    proof = own.assertion()
    assert own.asks(proof).status_code == 200
    assert own.asks(proof).status_code == 401
    same_jti = own.assertion(jti="used-before-1")
    assert own.asks(same_jti).status_code == 200
    assert own.asks(own.assertion(jti="used-before-1")).status_code == 401
    refused = AuditRow.objects.filter(subject_id=machine.pk, action="machine_refused_replayed")
    assert refused.count() == 2


def test_nobody_else_uses_up_its_proofs(world: World, machine: Machine) -> None:
    own = system(machine)
    assert System(own.name, OTHERS).asks(
        System(own.name, OTHERS).assertion(jti="to-be-used-1")
    ).status_code == 401  # fmt: skip
    assert own.asks(own.assertion(jti="to-be-used-1")).status_code == 200


REQUESTS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no grant": ({"grant_type": None}, 400, "invalid_request"),
    "a password's grant": ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    "two grants": ({"grant_type": ["client_credentials", "x"]}, 400, "invalid_request"),
    "no type of proof": ({"client_assertion_type": None}, 401, "invalid_client"),
    "a secret instead": ({"client_secret": "s"}, 401, "invalid_client"),
    "another's name beside": ({"client_id": "x"}, 401, "invalid_client"),
    "a scope it has not": ({"scope": "explanations.read"}, 400, "invalid_scope"),
    "people under protection": ({"scope": "cases.read protected.read"}, 400, "invalid_scope"),
    "a scope nobody has": ({"scope": "cases.write"}, 400, "invalid_scope"),
}


def test_no_other_request_gets_a_token(
    world: World, machine: Machine, record_property: Any
) -> None:
    own = system(machine)
    for what, (more, status, error) in REQUESTS.items():
        answer = own.asks(**more)
        assert (answer.status_code, answer.json()) == (status, {"error": error}), what
    sent = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": own.assertion()}  # fmt: skip
    for kind in ("application/json", "text/plain", "application/jwt"):
        answer = Client().post("/api/v1/token/", json.dumps(sent), content_type=kind)
        assert answer.status_code == 415, kind
        assert answer.headers["Content-Type"] == "application/json"
    assert post(sent | {"filler": "f" * 20_000}).status_code == 413
    assert Client().get("/api/v1/token/", sent).status_code == 405
    assert not MachineToken.objects.exists()
    record_property("counts", f"{len(REQUESTS) + 5} hostile token requests tried, all refused")


def test_less_may_be_asked_for_than_it_is_registered_for(world: World, machine: Machine) -> None:
    own = system(machine)
    token = own.token(scope="cases.read")
    assert own.reads("cases/", token).status_code == 200
    refused = own.reads("plans/", token)
    assert refused.status_code == 403
    assert "plans.read" in refused.json()["detail"]
    assert own.reads("cases/", own.token()).status_code == 200


def test_what_is_brought_in_place_of_a_token_reads_nothing(
    world: World, machine: Machine, login: Any, record_property: Any
) -> None:
    """Nor does it fall back on who is logged in in the browser that brings it."""
    own = system(machine)
    token = own.token()
    brought = [
        "", "Bearer", f"Bearer {token}x", f"Bearer {token[:-1]}", f"Bearer {token} {token}",
        f"Basic {token}", f"Token {token}", token, f"Bearer {own.assertion()}",
        "Bearer " + "a" * 43, "Bearer " + "a" * 9000, f"Bearer {machine.pk}", "Bearer ä",
        f"Bearer {MachineToken.objects.get().token_hash[:43]}",
    ]  # fmt: skip
    for header in brought:
        for client in (Client(), login("kela")):
            answer = client.get("/api/v1/cases/", headers={"Authorization": header})
            assert answer.status_code == 401, header[:60]
            assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    record_property("counts", f"{len(brought)} hostile access tokens tried, all refused")


def test_a_token_is_over_after_ten_minutes(world: World, machine: Machine) -> None:
    own = system(machine)
    token = own.token()
    row = MachineToken.objects.get()
    assert row.expires_at - row.issued_at == timedelta(minutes=10)
    assert token not in str(row.__dict__)
    past = timedelta(minutes=11)
    MachineToken.objects.update(issued_at=row.issued_at - past, expires_at=row.expires_at - past)
    assert own.reads("cases/", token).status_code == 401
    assert services.forget_old_machine_tokens() == 1


def test_an_ended_registration_ends_its_tokens_at_once(world: World, machine: Machine) -> None:
    own = system(machine)
    token = own.token()
    services.end_machine(actor=world.actor("keeper"), machine_id=machine.pk, now=world.now)
    assert own.reads("cases/", token).status_code == 401
    assert own.asks().status_code == 401
    assert AuditRow.objects.filter(action="machine_refused_ended").exists()


def test_an_ended_key_ends_its_tokens_and_no_others(world: World, machine: Machine) -> None:
    by_ec, by_rsa = system(machine), system(machine, key=RSA, algorithm="PS256")
    first, second = by_ec.token(), by_rsa.token()
    key = MachineKey.objects.get(machine=machine, kind="P-256")
    services.end_machine_key(actor=world.actor("officer"), key_id=key.pk, now=world.now)
    assert by_ec.reads("cases/", first).status_code == 401
    assert by_ec.asks().status_code == 401
    assert by_rsa.reads("cases/", second).status_code == 200


def test_neither_proof_nor_token_counts_from_elsewhere_or_on_another_day(
    world: World, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = system(machine)
    token = own.token()
    assert own.reads("cases/", token, REMOTE_ADDR="192.0.2.7").status_code == 401
    sent = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": own.assertion()}  # fmt: skip
    assert post(sent, REMOTE_ADDR="192.0.2.7").status_code == 401
    assert AuditRow.objects.filter(action="machine_refused_address").exists()
    over = world.now + timedelta(days=366)
    monkeypatch.setattr("common.clock.now", lambda: over)
    assert own.reads("cases/", token).status_code == 401
    assert own.asks().status_code == 401


def test_what_only_one_person_has_said_gets_nothing(world: World) -> None:
    waits = proposed(world)
    assert system(waits).asks().status_code == 401
    other = proposed(world, name="Toinen", keys=read_public_keys(public(OTHERS)))
    services.decide_machine(
        actor=world.actor("officer"), machine_id=other.pk, accepted=False, now=world.now
    )
    assert system(other, key=OTHERS).asks().status_code == 401


def test_the_database_keeps_tokens_and_keys_to_their_own_system(
    world: World, machine: Machine
) -> None:
    other = registered(world, name="Toinen", keys=read_public_keys(public(OTHERS)))
    key = other.keys.get()
    at = machine_now()
    said: dict[str, Any] = {
        "machine": machine, "key": machine.keys.first(), "token_hash": "a" * 64,
        "scopes": ["cases.read"], "issued_at": at, "expires_at": at + timedelta(minutes=10),
    }  # fmt: skip
    for wrong in (
        {"key": key}, {"scopes": [MachineScope.PROTECTED]}, {"expires_at": at + timedelta(hours=1)},
        {"expires_at": at},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            MachineToken.objects.create(**(said | wrong))
    private = EC.as_dict(private=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MachineKey.objects.create(
            machine=other, slot=2, thumbprint="t", kind="P-256", jwk=private,
            proposed_by=machine.proposed_by, proposed_at=world.now,
        )  # fmt: skip
    for change in ({"scopes": ["protected.read"]}, {"body": "social"}, {"addresses": ["::/0"]},
                   {"valid_until": other.valid_until + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Machine.objects.filter(pk=other.pk).update(**change)


BAD_KEYS = {
    "nothing": "", "no JSON": "{", "a list": "[]", "no keys": '{"keys": []}',
    "a private key": json.dumps({"keys": [EC.as_dict(private=True)]}),
    "a secret": json.dumps(OctKey.generate_key(256).as_dict(private=True)),
    "a curve that is not on the list": public(ECKey.generate_key("P-384")),
    "for sealing": json.dumps(EC.as_dict(private=False) | {"use": "enc"}),
    "for another algorithm": json.dumps(RSA.as_dict(private=False) | {"alg": "HS256"}),
    "numbers that are no point": json.dumps(EC.as_dict(private=False) | {"x": "AA"}),
    "too short": json.dumps(RSA.as_dict(private=False) | {"n": "x" * 171}),
    "twice the same": json.dumps({"keys": [EC.as_dict(private=False)] * 2}),
    "too many": json.dumps({"keys": [k.as_dict(private=False) for k in (EC, RSA, OTHERS)]}),
    "too long": " " * 30_000,
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_KEYS)
def test_only_a_public_key_that_may_sign_is_kept(what: str) -> None:
    with pytest.raises(Refused) as error:
        read_public_keys(BAD_KEYS[what])
    assert error.value.field == "jwks"


def test_of_a_key_only_its_public_numbers_are_kept(world: World) -> None:
    named = RSA.as_dict(private=False) | {"kid": "Kaisa Kivi", "x5c": ["x"], "use": "sig"}
    (key,) = read_public_keys(json.dumps(named))
    assert set(key.jwk) == {"kty", "n", "e"}


def test_guessing_is_slowed_down_and_holds_up_nobody_elsewhere(
    world: World, machine: Machine
) -> None:
    own, thief = system(machine), System(str(machine.pk), OTHERS)
    statuses = [thief.asks().status_code for _ in range(12)]
    assert statuses[:9] == [401] * 9
    assert statuses[-1] == 429
    sent = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": own.assertion()}  # fmt: skip
    assert post(sent, REMOTE_ADDR="127.0.0.9").status_code == 200


def test_a_system_asks_so_often_in_a_minute(
    world: World, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.machines.reading.CALLS_A_MINUTE", 2)
    own = system(machine)
    token = own.token()
    # Five, since a minute may end among them: of the two and the two that it lets by, one is over.
    answers = [own.reads("cases/", token) for _ in range(5)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    answers = [answer for answer in answers if answer.status_code == 429]
    assert answers
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_proof_is_remembered_as_long_as_it_could_count(world: World, machine: Machine) -> None:
    system(machine).token()
    assert MachineAssertion.objects.get().expires_at > machine_now() + timedelta(minutes=5)


def test_who_registers_is_not_who_decides(world: World) -> None:
    machine = proposed(world)
    for persona in ("keeper", "director", "kela", "employment", "colleague"):
        with pytest.raises((NotAllowed, Exception)) as error, transaction.atomic():
            services.decide_machine(
                actor=world.actor(persona), machine_id=machine.pk, accepted=True, now=world.now
            )
        assert type(error.value).__name__ in ("NotAllowed", "NotVisible"), persona
    with pytest.raises(IntegrityError), transaction.atomic():
        Machine.objects.filter(pk=machine.pk).update(
            state="done", decided_at=world.now, decided_by=machine.proposed_by
        )
