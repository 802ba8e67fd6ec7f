"""The forms of a page as a browser would send them: read from its HTML, and filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"text", "search", "date", "time", "email", "url", "tel", "password", "number", "hidden"}
PLAIN = {"date": "2026-05-10", "time": "19:30", "email": "ada@book.example", "number": "1"}


@dataclass
class Form:
    """One form: where it goes, what it holds as it was drawn, and which fields somebody can write in."""

    action: str
    method: str
    holds: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    ticked: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **other: str) -> dict[str, str | list[str]]:
        """Give what is sent when every box is ticked and every field holds something, or this."""
        empty = (name for name in self.written if not self.holds[name])
        plain = {name: PLAIN.get(self.written[name], "otto@book.example") for name in empty}
        return self.holds | self.ticked | plain | other


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.within: Form | None = None
        self.textarea = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.within = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.within)
        elif self.within and (name := said.get("name")):
            self._field(self.within, tag, name, said)
        elif self.within and tag == "option" and ("selected" in said or self.select not in self.within.holds):
            self.within.holds[self.select] = said.get("value", "")

    def _field(self, form: Form, tag: str, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        if kind in WRITTEN:
            form.holds[name] = said.get("value", "")
            if kind != "hidden":
                form.written[name] = kind
        elif kind == "textarea":
            form.holds[name], form.written[name], self.textarea = "", kind, name
        elif kind == "select":
            self.select = name
        elif kind == "checkbox":
            form.ticked.setdefault(name, []).append(said.get("value", "on"))
        elif kind in {"button", "radio"}:
            form.holds.setdefault(name, said.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self.within and self.textarea:
            self.within.holds[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.within = None
        elif tag == "textarea":
            self.textarea = ""


def forms_of(page: str) -> list[Form]:
    """Give the forms of a page, in their order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
