"""The identity provider beside a trial: allauth's own, as ``make run`` starts it."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings as django_settings
from django.core.management import call_command

from devservers.provider.run import environment, issuers, prepare
from tests.oidc.running import free_port
from tests.oidc.visiting import Visitor
from tests.personas import World
from tests.servers import ROOT
from web.identity import metadata
from web.identity.providers import read_providers

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("oidc")]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The provider runs at this port, with what it keeps in this folder."""
    folder, found = tmp_path_factory.mktemp("trial"), free_port()
    prepare(folder, port=found, service=django_settings.PUBLIC_URL)
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "devservers.provider.wsgi", "--bind",
         f"127.0.0.1:{found}", "--worker-class", "gthread", "--threads", "2",
         "--log-level", "warning", "--no-control-socket"],
        cwd=ROOT, env=environment(folder),
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                requests.get(f"http://127.0.0.1:{found}/log-in/", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield found, folder
    finally:
        child.terminate()
        child.wait(10)


@pytest.fixture
def trial(world: World, settings: Any, port: tuple[int, Path]) -> Iterator[None]:
    """The service knows the provider, and the provider the demo's people."""
    at, folder = port
    said = StringIO()
    call_command("demo_identities", **issuers(at), stdout=said)
    (folder / "people.json").write_text(said.getvalue())
    settings.IDENTITY_PROVIDERS = read_providers(folder / "providers.toml", production=False)
    metadata.forget()
    yield
    metadata.forget()


def fills(visitor: Visitor, page: requests.Response, **typed: str) -> requests.Response:
    """Send the form of a page of the provider's; where it leads, up to an address of ours."""
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|next)" value="([^"]+)"', page.text))
    form = {name: html.unescape(value) for name, value in hidden.items()} | typed
    return follow(visitor, visitor.there.post(
        page.url, data=form, headers={"Referer": page.url}, allow_redirects=False, timeout=10
    ))  # fmt: skip


def follow(visitor: Visitor, answer: requests.Response) -> requests.Response:
    while answer.is_redirect and not answer.headers["Location"].startswith(
        django_settings.PUBLIC_URL
    ):
        url = requests.compat.urljoin(answer.url, answer.headers["Location"])
        answer = visitor.there.get(url, allow_redirects=False, timeout=10)
    return answer


def at_provider(visitor: Visitor, key: str, **asked: str) -> requests.Response:
    sent = visitor.go(key, **asked)
    assert sent.status_code == 302, sent.content.decode()
    return follow(
        visitor, visitor.there.get(sent.headers["Location"], allow_redirects=False, timeout=10)
    )


@pytest.mark.parametrize(
    ("key", "who"), [("trial-staff", "employment"), ("trial-clients", "client")]
)
def test_the_demos_people_log_in_there_and_prove_it_anew(trial: None, key: str, who: str) -> None:
    visitor = Visitor()
    answer = fills(visitor, at_provider(visitor, key), login=who, password="demo")
    assert visitor.come_back(answer.headers["Location"]).headers["Location"] == "/"
    assert visitor.user_id
    # Being logged in there is not enough for what asks for more: the password once again.
    again = at_provider(visitor, key, level="high", next="/log-ins/")
    assert again.status_code == 200 and 'name="login"' not in again.text
    answer = fills(visitor, again, password="demo")
    assert visitor.come_back(answer.headers["Location"]).headers["Location"] == "/log-ins/"


def test_nobody_logs_in_at_the_provider_of_others_or_by_another_password(trial: None) -> None:
    for key, who, password in (
        ("trial-staff", "client", "demo"), ("trial-clients", "employment", "demo"),
        ("trial-staff", "employment", "Demo"), ("trial-staff", "nobody", "demo"),
    ):  # fmt: skip
        visitor = Visitor()
        answer = fills(visitor, at_provider(visitor, key), login=who, password=password)
        assert answer.status_code == 200 and "another password" in answer.text


def test_it_is_no_part_of_the_service(trial: None, port: tuple[int, Path]) -> None:
    """Its tables and addresses are its own, and an outside party is nobody's staff there."""
    assert "allauth.idp.oidc" not in django_settings.INSTALLED_APPS
    people = json.loads((port[1] / "people.json").read_text())
    assert "association" not in people and people["client"]["whom"] == "clients"
