"""Somebody with a browser, who goes to a provider and comes back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from django.conf import settings
from django.test import Client


class Visitor:
    """One browser: with us, and with a provider."""

    def __init__(self, here: Client | None = None) -> None:
        self.here = here or Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
        self.there = requests.Session()

    def go(self, key: str, **asked: str) -> Any:
        """The button of a provider on our log-in page."""
        return self.here.get(f"/login/with/{key}/", asked)

    def prove(self, url: str, login: str, acr: str = "http://ftn.ficora.fi/2017/loa2") -> str:
        """Log in at the certified provider; where it sends the browser with its answer.

        ``login`` "": say no there.
        """
        for _ in range(10):
            if url.startswith(settings.PUBLIC_URL):
                return url
            answer = self.there.get(url, allow_redirects=False, timeout=10)
            if answer.status_code == 200 and "<form" in answer.text:
                form = {"login": login, "acr": acr}
                answer = self.there.post(url, data=form, allow_redirects=False, timeout=10)
            assert answer.status_code in (302, 303), answer.text
            url = requests.compat.urljoin(url, answer.headers["Location"])
        raise AssertionError(url)

    def log_out_there(self, url: str) -> None:
        """The provider's own page of logging out: they say yes to it."""
        page = self.there.get(url, timeout=10)
        form = re.search(r'action="([^"]+)".*?name="xsrf" value="([^"]+)"', page.text, re.DOTALL)
        assert form, page.text
        given = {"xsrf": form[2], "logout": "yes"}
        self.there.post(form[1], data=given, allow_redirects=False, timeout=10)

    def come_back(self, url: str) -> Any:
        return self.here.get(url.removeprefix(settings.PUBLIC_URL))

    def log_in(self, key: str, login: str, **asked: str) -> Any:
        """The whole way; our last answer."""
        acr = asked.pop("acr", "http://ftn.ficora.fi/2017/loa2")
        sent = self.go(key, **asked)
        assert sent.status_code == 302, sent.content.decode()
        return self.come_back(self.prove(sent.headers["Location"], login, acr))

    @property
    def user_id(self) -> str:
        """Who is logged in with us in this browser, or ""."""
        return str(self.here.session.get("_auth_user_id", ""))


def asked_in(url: str) -> dict[str, str]:
    """What stands in an address."""
    return dict(parse_qsl(urlsplit(url).query))
