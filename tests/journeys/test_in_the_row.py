"""What is done in a row: by keyboard, with a log-out in between, in a browser without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


def in_the_case(visitor: Visitor) -> Page:
    """On the page of a case in which the worker has something to do."""
    page = visitor.page
    page.goto(f"{visitor.url}/cases/")
    addresses = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
    for address in addresses:
        if re.fullmatch(r"/cases/[0-9a-f-]{36}/", address):
            page.goto(visitor.url + address)
            if page.get_by_role("button", name=re.compile("^Done")).count():
                return page
    raise AssertionError("no case with anything to do")


def is_on(page: Page, words: str) -> None:
    """The focus is led there once the answer has settled in the row."""
    expect(page.locator(":focus")).to_have_text(re.compile(rf"^\s*{words}"))


def test_done_undone_and_moved_by_the_keyboard_alone(enter: Enter) -> None:
    worker = enter("employment")
    page = in_the_case(worker)
    where = page.url
    page.get_by_role("button", name=re.compile("^Done")).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row-said")).to_have_text("done just now")
    is_on(page, "Undo")
    expect(page.locator("#said")).to_contain_text("done just now")
    worker.check()
    page.keyboard.press("Enter")
    expect(page.locator(".row-said")).to_have_text("undone")
    is_on(page, "Done")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form = page.locator("form.in-place")
    expect(form.get_by_label("New day")).to_be_focused()
    worker.check()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    is_on(page, "Move")
    page.keyboard.press("Enter")
    form.get_by_label("New day").fill("2020-01-01")
    form.get_by_label("Why").fill("The bus does not go")
    page.keyboard.press("Enter")
    expect(form.get_by_label("New day")).to_be_focused()
    expect(form).to_contain_text("Choose a day that has not passed.")
    expect(form.get_by_label("Why")).to_have_value("The bus does not go")
    worker.check()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    worker.check()
    form.get_by_label("New day").fill("2099-01-01")
    page.keyboard.press("Enter")
    expect(page.locator(".row-said")).to_contain_text("moved to")
    is_on(page, "Undo")
    page.keyboard.press("Enter")
    expect(page.locator(".row-said")).to_have_text("undone")
    assert page.url == where


def test_who_is_logged_out_is_led_to_the_log_in_and_finds_what_was_typed(enter: Enter) -> None:
    worker = enter("employment")
    page = in_the_case(worker)
    follow(page.get_by_role("link", name=re.compile("^Move")).first)
    # The focus is led to the first field once the form has settled; whoever types waits for that.
    expect(page.locator("form.in-place").get_by_label("New day")).to_be_focused()
    page.locator("form.in-place").get_by_label("Why").fill("The workshop is full")
    page.context.clear_cookies(name="sessionid")
    follow(page.locator("form.in-place button[type=submit]"))
    page.wait_for_url("**/login/**")
    page.fill("[name=username]", "employment")
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/day/**")
    # In the person's own language again, whichever the browser had.
    expect(page.locator("[name=why]")).to_have_value("The workshop is full")


def test_without_script_the_same_buttons_do_the_same(enter: Enter) -> None:
    worker = enter("employment", java_script_enabled=False)
    page = in_the_case(worker)
    where = page.url
    follow(page.get_by_role("button", name=re.compile("^Done")).first)
    assert page.url == where
    expect(page.locator("#messages")).to_contain_text("Done just now.")
    follow(page.locator("#messages").get_by_role("button", name="Undo"))
    expect(page.locator("#messages")).to_contain_text("Undone.")
    follow(page.get_by_role("link", name=re.compile("^Move")).first)
    page.get_by_label("New day").fill("2099-01-01")
    follow(page.get_by_role("button", name="Move"))
    assert page.url == where
    follow(page.locator("#messages").get_by_role("button", name="Undo"))
    expect(page.locator("#messages")).to_contain_text("Undone.")
