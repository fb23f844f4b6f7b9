"""Somebody is logged out while they write: they are told so, and lose nothing they typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
GOAL = "I want to draw again, every week"
PAGE = "/my/goals/new/"


def log_out_behind_their_back(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies(name="sessionid")


def log_in(page: Page, username: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", "demo")
    follow(page.locator("main button[type=submit]"))


def kept(page: Page) -> str:
    """What the browser holds of what was typed."""
    return page.evaluate(  # type: ignore[no-any-return]
        "Object.keys(sessionStorage).filter(k => k.startsWith('written:'))"
        ".map(k => sessionStorage.getItem(k)).join()"
    )


def test_who_is_logged_out_while_writing_is_told_and_finds_it_again(enter: Enter) -> None:
    client = enter("client", PHONE)
    page = client.go(PAGE).page
    log_out_behind_their_back(client)
    page.fill("[name=text]", GOAL)
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("You have been logged out", timeout=6000)
    expect(page.locator("[data-draft-said]")).to_be_hidden()
    client.check()
    # Leaving asks still: nothing is saved.
    assert page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    follow(notice.get_by_role("link", name="Log in again"))
    log_in(page, "client")
    assert page.url.endswith(PAGE)
    expect(page.locator("[name=text]")).to_have_value(GOAL)
    expect(page.locator("[data-notice=given-back]")).to_be_visible()
    client.check()
    follow(page.locator("main form button[type=submit]").last)
    assert GOAL in page.content() and kept(page) == ""


def saves(page: Page) -> None:
    follow(page.locator("main form button[type=submit]").last)


def without_proof(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies()


@pytest.mark.parametrize("lose", [log_out_behind_their_back, without_proof])
def test_what_was_sent_after_the_log_out_is_in_the_form_after_the_log_in(
    enter: Enter, lose: Callable[[Visitor], None]
) -> None:
    client = enter("client")
    page = client.go(PAGE).page
    page.fill("[name=text]", GOAL)
    lose(client)
    saves(page)
    page.goto(f"{client.url}/login/?next={PAGE}")
    log_in(page, "client")
    expect(page.locator("[name=text]")).to_have_value(GOAL)


def test_nobody_else_at_the_same_browser_gets_it(enter: Enter) -> None:
    client = enter("client")
    page = client.go(PAGE).page
    page.fill("[name=text]", GOAL)
    log_out_behind_their_back(client)
    saves(page)
    assert GOAL in kept(page)
    log_in(page, "client2")
    page.goto(client.url + PAGE)
    assert GOAL not in page.content() and kept(page) == ""
    expect(page.locator("[name=text]")).to_have_value("")


def test_whoever_logs_out_leaves_nothing_behind(enter: Enter) -> None:
    client = enter("client")
    page = client.go(PAGE).page
    page.evaluate("sessionStorage.setItem('written:/x#0', JSON.stringify({user: '', at: 0}))")
    follow(page.locator(".client-menu button"))
    assert kept(page) == ""


def test_a_second_press_sends_nothing(enter: Enter) -> None:
    client = enter("client")
    page = client.go(PAGE).page
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    page.fill("[name=text]", "I want to sing")
    page.evaluate(
        """() => {
          const button = [...document.querySelectorAll("main form [type=submit]")].pop();
          button.click(); button.click(); button.click();
        }"""
    )
    page.wait_for_url(f"{client.url}/my/plan/")
    assert sum(url.endswith(PAGE) for url in sent) == 1
    assert page.get_by_text("I want to sing").count() >= 1
