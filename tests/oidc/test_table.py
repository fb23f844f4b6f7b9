"""The operator's table of providers: what is not understood is told with line and field."""

from __future__ import annotations

from pathlib import Path

import pytest
from joserfc.jwk import ECKey, RSAKey

from config import env
from web.identity.providers import NotUnderstood, Provider, read_providers

GOOD = """\
# The providers of this installation.
[salo]
names = { fi = "Salo", sv = "Salo", en = "Salo" }
issuer = "https://login.example.fi/staff"
client_id = "yhdessa"
authentication = "private_key_jwt"
key_files = ["new.pem", "old.pem"]
contact = "The help desk"
whom = "staff"
bodies = ["employment"]
domains = ["salo.example.fi"]
least = "substantial"
[salo.levels]
"urn:mfa" = "substantial"
[salo.claims]
given_name = "given_name"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("table")
    for name, key in (
        ("new.pem", RSAKey.generate_key(2048)), ("old.pem", ECKey.generate_key("P-256")),
        ("curve.pem", ECKey.generate_key("P-384")),
    ):  # fmt: skip
        (found / name).write_bytes(key.as_pem(private=True))
    (found / "public.pem").write_bytes(RSAKey.generate_key(2048).as_pem(private=False))
    (found / "secret").write_text("a secret\n")
    (found / "no-key.pem").write_text("hello")
    for path in found.iterdir():
        path.chmod(0o600)
    (found / "open.pem").write_bytes((found / "new.pem").read_bytes())
    (found / "open.pem").chmod(0o644)
    return found


def read(folder: Path, text: str, *, production: bool = True) -> tuple[Provider, ...]:
    table = folder / "providers.toml"
    table.write_text(text)
    return read_providers(table, production=production)


def test_a_table_is_read_with_what_it_leaves_out(folder: Path) -> None:
    (one,) = read(folder, GOOD)
    assert (one.key, one.name_in("sv"), one.scopes) == ("salo", "Salo", ("openid",))
    assert one.hosts == {"login.example.fi"} and one.max_age_minutes == 720
    assert [key["kty"] for key in one.published_keys["keys"]] == ["RSA", "EC"]
    assert "signing_keys" not in repr(one) and "secret=" not in repr(one)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "said"),
    [
        ('issuer = "https', 'isuer = "https', 4, "isuer is not known"),
        ('issuer = "https', 'isuer = "https', 2, "issuer is missing"),
        ('"https://login', '"http://login', 4, "issuer must begin with https://"),
        ('"https://login', '"https://me@login', 4, "issuer must be an address without"),
        ("private_key_jwt", "none", 6, "authentication must be one of"),
        ('["new.pem", "old.pem"]', "[]", 7, "key_files is empty"),
        ('"old.pem"', '"gone.pem"', 7, "gone.pem cannot be read"),
        ('"old.pem"', '"public.pem"', 7, "public.pem must be a private key"),
        ('"old.pem"', '"no-key.pem"', 7, "no-key.pem must be a private key"),
        ('"old.pem"', '"curve.pem"', 7, "curve.pem must be a private key"),
        ('"old.pem"', '"open.pem"', 7, "open.pem is anybody's to read"),
        ('whom = "staff"', 'whom = "everybody"', 9, "whom must be one of"),
        ('["employment"]', '["police"]', 10, "'police' must be one of employment"),
        ('["employment"]', '"employment"', 10, "must be a list of words"),
        ('"salo.example.fi"', '"@salo.example.fi"', 11, "must be like salo.fi"),
        ('least = "substantial"', 'least = "high"', 12, "nobody could come in"),
        ('"urn:mfa" = "substantial"', '"urn:mfa" = "very"', 14, "levels.urn:mfa is not understood"),
        ('given_name = "given_name"', 'hetu = "hetu"', 16, "claims.hetu is not understood"),
        ("contact =", "contakt =", 8, "contakt is not known"),
        ('{ fi = "Salo", sv = "Salo", en = "Salo" }', '{ fi = "Salo" }', 3, "names.sv is missing"),
        ("[salo]", "[Salo kaupunki]", 0, "TOML"),
        ('least = "substantial"', 'required = ["email"]', 12, "'email' must be one of given_name"),
        ('least = "substantial"', 'algorithms = ["HS256"]', 12, "'HS256' must be one of"),
        ('least = "substantial"', 'algorithms = ["none"]', 12, "'none' must be one of"),
        ('least = "substantial"', 'asks = ["urn:other"]', 12, "has no level"),
        ('least = "substantial"', 'max_age_minutes = 0', 12, "must be minutes"),
        ('least = "substantial"', 'max_age_minutes = true', 12, "must be minutes"),
        ('least = "substantial"', 'userinfo = "no"', 12, "userinfo must be true or false"),
        ('least = "substantial"', 'scopes = ["profile"]', 12, 'must have "openid"'),
        ('least = "substantial"', 'hosts = ["https://a.fi/"]', 12, "must be a host"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_with_its_line(
    folder: Path, was: str, becomes: str, line: int, said: str
) -> None:
    assert was in GOOD
    with pytest.raises(NotUnderstood) as refused:
        read(folder, GOOD.replace(was, becomes))
    text = "\n".join(refused.value.faults)
    if said == "TOML":
        assert "at line 2" in text
        return
    assert any(said in fault and f", line {line}: " in fault for fault in refused.value.faults), (
        text
    )


def test_two_tables_are_never_one_provider(folder: Path) -> None:
    """What belongs to an issuer and a subject would be two providers'."""
    with pytest.raises(NotUnderstood, match="another has the same"):
        read(folder, GOOD + GOOD.replace("salo", "turku"))


def test_clients_are_known_by_their_identity_code(folder: Path) -> None:
    clients = GOOD.replace('"staff"', '"clients"')
    with pytest.raises(NotUnderstood) as refused:
        read(folder, clients)
    assert "identity_code" in str(refused.value) and "for staff only" in str(refused.value)


def test_a_machine_of_ones_own_may_be_without_a_certificate_in_a_trial_only(folder: Path) -> None:
    near = GOOD.replace("https://login.example.fi", "http://127.0.0.1:8001")
    assert read(folder, near, production=False)[0].may_call("http://127.0.0.1:8001/token")
    with pytest.raises(NotUnderstood):
        read(folder, near)


def test_a_faulty_table_stops_the_start_with_every_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "faults", [])
    (folder / "bad.toml").write_text(GOOD.replace("contact", "contakt").replace("[salo]", "[x]"))
    monkeypatch.setenv("IDENTITY_PROVIDERS", str(folder / "bad.toml"))
    assert env.providers("IDENTITY_PROVIDERS", production=True) == ()
    assert len(env.faults) >= 2 and all("bad.toml" in fault for fault in env.faults)
    monkeypatch.setenv("IDENTITY_PROVIDERS", str(folder / "gone.toml"))
    env.providers("IDENTITY_PROVIDERS", production=True)
    assert "cannot be read" in env.faults[-1]
