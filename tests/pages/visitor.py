"""People at their browsers, without a browser: ``visit.of("clerk")`` opens pages, fills in forms and presses buttons.

What a page without scripts can do, this can do: it follows redirects, keeps cookies, sends the hidden fields of a form and the origin.
"""

from datetime import timedelta
from types import TracebackType
from typing import Any

import httpx
from fastapi.testclient import TestClient
from lxml import html

from service.actions.parts.tokens import token_hash
from service.store import sessions
from service.store.sessions import Session
from tests.actions.stage import Stage
from tests.api.desk import Desk

ORIGIN = "http://oneseal.test"


class Sheet:
    """One page as it came. ``status``, ``text`` (what a reader sees, blanks squeezed), ``source``."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer, self.status, self.source = answer, answer.status_code, answer.text
        self.path = answer.request.url.raw_path.decode()
        self.tree: Any = _tree(answer.text)
        self.text = " ".join(self.tree.text_content().split())

    @property
    def heading(self) -> str:
        return " ".join(self.tree.xpath("string(//main//h1)").split())

    @property
    def notice(self) -> str:
        return " ".join(self.tree.xpath("string(//*[@role='status'])").split())

    @property
    def error(self) -> str:
        return " ".join(self.tree.xpath("string(//*[@id='faults'])").split())

    def fault(self, field: str) -> str:
        """What stands beside the field."""
        return " ".join(self.tree.xpath(f"string(//*[@id='fault-{field}'])").split())

    def links(self) -> dict[str, str]:
        """Words -> address."""
        return {" ".join(a.text_content().split()): str(a.get("href")) for a in self.tree.iter("a")}

    def rows(self) -> list[list[str]]:
        """The cells of the tables' bodies."""
        return [
            [" ".join(cell.text_content().split()) for cell in row.iter("td", "th")]
            for row in self.tree.xpath("//table/tbody/tr")
        ]

    def value(self, field: str) -> str:
        """What stands in a field of a form."""
        (found,) = self.tree.xpath(f"//*[@id='field-{field}']")
        if found.tag == "select":
            chosen = found.xpath(".//option[@selected]")
            return str(chosen[0].get("value")) if chosen else ""
        return str(found.get("value") or "") if found.tag == "input" else (found.text or "").removeprefix("\n")

    def form(self, button: str, within: str = "") -> Any:
        """The form with this button; ``within``: words that stand in its row or section."""
        found = [
            form
            for form in self.tree.iter("form")
            for pressed in form.iter("button")
            if " ".join(pressed.text_content().split()) == button and (not within or within in _around(form))
        ]
        assert found, f"no button {button!r} on the page {self.path}: {self.text[:600]}"
        return found[0]


class Visitor:
    """One person with one browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def open(self, path: str) -> Sheet:
        return Sheet(self.client.get(path))

    def press(self, sheet: Sheet, button: str, *, within: str = "", files: Any = None, **filled: Any) -> Sheet:
        """Fills the form's fields, presses the button and answers the page one lands on."""
        return Sheet(self.send(sheet, button, within=within, files=files, follow=True, **filled))

    def send(
        self, sheet: Sheet, button: str, *, within: str = "", files: Any = None, follow: bool = False, **filled: Any
    ) -> httpx.Response:
        form = sheet.form(button, within)
        data = _fields(form, button) | filled
        target = form.get("action") or sheet.path
        method = (form.get("method") or "get").upper()
        if method == "GET":
            found: httpx.Response = self.client.get(target, params=data)
            return found
        headers = {"Origin": ORIGIN}
        answer: httpx.Response = self.client.post(
            target, data=data, files=files, headers=headers, follow_redirects=follow
        )
        return answer


class Visit:
    """The service of a stage, for people with browsers."""

    def __init__(self, stage: Stage, **given: Any) -> None:
        """``given``: settings besides."""
        self.stage, self.desk = stage, Desk(stage, **given)
        self._visitors: dict[str, Visitor] = {}
        self.nobody = self.stranger()

    def stranger(self) -> Visitor:
        """A browser nobody has signed in with."""
        made = TestClient(self.desk.app, base_url=ORIGIN, raise_server_exceptions=False)
        visitor = Visitor(made)
        self._visitors[f"stranger {len(self._visitors)}"] = visitor
        return visitor

    def of(self, person: str) -> Visitor:
        """The person's browser, with a live session."""
        if person not in self._visitors:
            token = f"session-of-{person}-" * 3
            ends = self.stage.now + timedelta(days=300)
            with self.stage.database.begin() as tx:
                begun = self.stage.now
                sessions.add_session(
                    tx, Session(f"session of {person}", token_hash(token), person, begun, ends, ends, begun)
                )
            visitor = self.stranger()
            visitor.client.cookies.set("oneseal", token)
            self._visitors[person] = visitor
        return self._visitors[person]

    def __enter__(self) -> "Visit":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for visitor in self._visitors.values():
            visitor.client.close()
        self.desk.__exit__(kind, error, trace)


def _tree(source: str) -> Any:
    return html.document_fromstring(source or "<p></p>")


def _fields(form: Any, button: str) -> dict[str, Any]:
    """What a browser would send: hidden and filled fields, chosen options, ticked boxes, the button's own value."""
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        if value is not None:
            found[name] = [*found[name], value] if name in found else [value]
    for pressed in form.iter("button"):
        if pressed.get("name") and " ".join(pressed.text_content().split()) == button:
            found[pressed.get("name")] = pressed.get("value") or ""
    return found


def _around(form: Any) -> str:
    for above in form.iterancestors("tr", "section", "li"):
        return str(above.text_content())
    return str(form.getparent().text_content())
