"""A browser without a script: it follows links and sends the form that a button belongs to."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag

from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.instrument import Instrument
from assessor.store import documents
from tests.web.conftest import Cast
from tests.web.waves.conftest import words as words_of

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """The forms of a page with their fields as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, object]] = []
        self._fields: Fields | None = None
        self._buttons: list[tuple[str, str, bool]] = []
        self._select = self._textarea = ""
        self._first: str | None = None
        self._chosen: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields, self._buttons = {}, []
            self.forms.append({**given, "fields": self._fields, "buttons": self._buttons})
        if self._fields is None:
            return
        name = given.get("name", "")
        if tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if kind not in {"checkbox", "radio"} or "checked" in given:
                self._fields.setdefault(name, []).append(given.get("value", ""))
        if tag == "button" and name:
            self._buttons.append((name, given.get("value", ""), "disabled" in given))
        if tag == "select":
            self._select, self._first, self._chosen = name, None, []
        if tag == "option" and self._select:
            value = given.get("value", "")
            self._first = value if self._first is None else self._first
            if "selected" in given:
                self._chosen.append(value)
        if tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        if self._fields is None:
            return
        if tag == "select" and self._select:
            chosen = self._chosen or ([self._first] if self._first is not None else [])
            self._fields[self._select] = chosen
            self._select = ""
        if tag == "textarea" and self._textarea:
            # The first line break after the tag is no part of the text.
            self._fields[self._textarea] = [self._text.removeprefix("\n")]
            self._textarea = ""


@dataclass
class Page:
    """A page as it was answered, and what can be done on it."""

    client: FlaskClient
    address: str
    status_code: int
    html: str
    _: int = 0

    @property
    def words(self) -> str:
        return words_of(self.html.partition("<main")[2])

    @property
    def status(self) -> str:
        """What the live region says."""
        found = re.search(r'role="status" data-says>(.*?)</p>', self.html, re.DOTALL)
        return words_of(found[1]) if found else ""

    def forms(self) -> list[dict[str, object]]:
        reader = _Forms()
        reader.feed(self.html)
        return reader.forms

    def form_with(self, button: str) -> dict[str, object]:
        for form in self.forms():
            for name, value, is_disabled in form["buttons"]:  # type: ignore[attr-defined]
                if (name, value) == ("do", button):
                    assert not is_disabled, f"{button} is disabled"
                    return form
        raise AssertionError(f"no button {button} on {self.address}")

    def has_button(self, button: str) -> bool:
        return any(
            (name, value) == ("do", button)
            for form in self.forms()
            for name, value, _ in form["buttons"]  # type: ignore[attr-defined]
        )

    def value(self, name: str) -> str:
        for form in self.forms():
            fields: Fields = form["fields"]  # type: ignore[assignment]
            if name in fields:
                return fields[name][0]
        raise AssertionError(f"no field {name}")

    def press(self, do: str, **typed: str | list[str]) -> "Page":
        """Fill in fields and press a button; the page that answers, wherever it leads."""
        form = self.form_with(do)
        fields: Fields = {**form["fields"]}  # type: ignore[dict-item]
        for name, value in typed.items():
            fields[name] = [value] if isinstance(value, str) else value
        fields["do"] = [do]
        return self._sent(str(form.get("action") or self.address), fields)

    def submit(self, action: str) -> "Page":
        """Press the one button of the form that leads to an address ending so."""
        form = next(one for one in self.forms() if str(one.get("action", "")).endswith(action))
        fields: Fields = form["fields"]  # type: ignore[assignment]
        return self._sent(str(form["action"]), fields)

    def _sent(self, address: str, fields: Fields) -> "Page":
        answer = self.client.post(address, data=fields)
        if answer.status_code in {301, 302, 303}:
            return open_page(self.client, str(answer.location))
        return Page(self.client, address, answer.status_code, answer.get_data(as_text=True))

    def follow(self, text: str) -> "Page":
        for found in re.finditer(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.html, re.DOTALL):
            if text in words_of(found[2]):
                return open_page(self.client, found[1].replace("&amp;", "&"))
        raise AssertionError(f"no link {text!r}")

    def at(self, at: str) -> "Page":
        return open_page(self.client, f"{self.address.partition('?')[0]}?at={at}")


def open_page(client: FlaskClient, address: str) -> Page:
    answer = client.get(urldefrag(address).url)
    assert answer.status_code == 200, (address, answer.status_code)
    return Page(client, address, 200, answer.get_data(as_text=True))


def draft_of(site: Flask, cast: Cast, key: str) -> Instrument:
    with site.app_context():
        found = documents.instrument_draft(cast.librarian.library_id, key)
        assert found is not None
        return found.draft
