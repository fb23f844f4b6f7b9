"""The forms of a page as a browser has them: what is in each, and what each button would send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

VOID = {"input", "meta", "link", "img", "br", "hr"}


@dataclass(slots=True)
class Control:
    """One name of a form: its kind (``text``, ``date``, ``radio``, ``select``...) and its values.

    ``values``: what it would send as rendered. ``options``: what may be chosen. ``optional``: its
    label says so; ``demanded``: the browser is told that it is required.
    """

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    chosen: bool = False
    optional: bool = False
    demanded: bool = False
    least: str = ""


@dataclass(slots=True)
class Rendered:
    """One ``<form>``: where and how it is sent, its controls, and its buttons' name and value."""

    method: str
    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def is_of_a_thing_that_is(self) -> bool:
        """It edits what stands: its values are stored ones."""
        return "revision" in self.controls

    def chosen_already(self) -> list[Control]:
        """The choices that somebody finds made who has made none."""
        return [
            c for c in self.controls.values() if c.kind in {"radio", "select"} and any(c.values)
        ]

    @property
    def key(self) -> tuple[Any, ...]:
        return self.method, tuple(self.controls), tuple(b[:2] for b in self.buttons)

    def as_it_is(self) -> dict[str, list[str]]:
        return {c.name: list(c.values) for c in self.controls.values() if c.values}

    def filled(self, today: date, texts: dict[str, str]) -> dict[str, list[str]]:
        """As it is, with something plausible in every empty field that isn't called optional."""
        data = self.as_it_is()
        for control in self.controls.values():
            if any(control.values) or control.optional or control.kind == "hidden":
                continue
            if value := _plausible(control, today, texts):
                data[control.name] = [value]
        return data

    def sent_by(self, page: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """For each button the address it sends to, and what it adds."""
        for name, value, formaction in self.buttons or [("", "", "")]:
            yield formaction or self.action or page, {name: [value]} if name else {}


def _plausible(control: Control, today: date, texts: dict[str, str]) -> str:
    if control.kind in {"radio", "select", "checkboxes"}:
        return next((option for option in control.options if option), "")
    if control.kind == "checkbox":
        return control.options[0] if control.demanded else ""
    return texts.get(control.name) or {
        "date": (today + timedelta(days=3)).isoformat(),
        "time": "10:00",
        "number": control.least or "1",
        "email": "somebody@example.org",
        "file": "",
        "password": "",
    }.get(control.kind, "Some words")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Rendered] = []
        self.posts: list[str] = []  # of elements that post by themselves
        self.links: list[str] = []
        self.form: Rendered | None = None
        self.named: dict[str, Rendered] = {}
        self.select: Control | None = None
        self.text: Control | None = None
        self.said = ""
        self.ids: dict[str, Control] = {}
        self.optional: set[str] = set()
        self.label = ""
        self.groups: list[list[Control]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        # A form that script sends goes to the same address with the same fields.
        if "hx-post" in given and not (tag == "form" and given["hx-post"] == given.get("action")):
            self.posts.append(given["hx-post"])
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        if tag == "form":
            self.form = Rendered(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self.form)
            if given.get("id"):
                self.named[given["id"]] = self.form
        elif tag == "label":
            self.label = given.get("for", "")
        elif tag == "fieldset":
            self.groups.append([])
        elif tag == "span" and given.get("class") == "optional":
            self.optional.add(self.label or f"group {len(self.groups)}")
        elif "disabled" not in given:
            # What stands elsewhere on the page may belong to a form by its name.
            form = self.named.get(given.get("form", "")) or self.form
            if form is not None:
                self._control(form, tag, given)

    def _control(self, form: Rendered, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button" or (tag == "input" and kind == "submit"):
            if given.get("type", "submit") == "submit":
                form.buttons.append((name, given.get("value", ""), given.get("formaction", "")))
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given:
                self.select.values, self.select.chosen = [given.get("value", "")], True
        elif tag in {"input", "select", "textarea"} and name:
            kind = {"select": "select", "textarea": "text"}.get(tag, kind)
            control = form.controls.setdefault(name, Control(name, kind))
            control.demanded |= "required" in given
            control.least = given.get("min", "")
            if given.get("id"):
                self.ids[given["id"]] = control
            if self.groups:
                self.groups[-1].append(control)
            if kind in {"radio", "checkbox"}:
                control.options.append(given.get("value", "on"))
                if kind == "checkbox" and len(control.options) > 1:
                    control.kind = "checkboxes"
                if "checked" in given:
                    control.values.append(given.get("value", "on"))
                    control.chosen = True
            elif tag == "select":
                self.select = control
            elif tag == "textarea":
                self.text, self.said = control, ""
            else:
                control.values.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "label":
            self.label = ""
        elif tag == "textarea" and self.text is not None:
            self.text.values, self.text = [self.said.removeprefix("\n")], None
        elif tag == "select" and self.select is not None:
            if not self.select.values and self.select.options:
                self.select.values = [self.select.options[0]]  # a browser takes the first
            self.select = None
        elif tag == "fieldset" and self.groups:
            if f"group {len(self.groups)}" in self.optional:
                for control in self.groups[-1]:
                    control.optional = True
                self.optional.discard(f"group {len(self.groups)}")
            self.groups.pop()

    def close(self) -> None:
        super().close()
        for control_id in self.optional & self.ids.keys():
            self.ids[control_id].optional = True


def read(html: str) -> tuple[list[Rendered], list[str]]:
    """Every form of a page, also what posts by itself, and where its links lead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    posts = [Rendered("post", address) for address in reader.posts]
    return [*reader.forms, *posts], list(dict.fromkeys(reader.links))
