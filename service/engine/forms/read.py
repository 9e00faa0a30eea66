"""Read a form file at deploy: the form, and every reason why it cannot be used as it is."""

import json
from typing import Any

import orjson

from service.domain.texts import say
from service.engine.forms.lint import lint
from service.engine.model import Problem

LARGEST = 512 * 1024
RULE = "forms"
BOM = b"\xef\xbb\xbf"


def read_form(content: bytes, file: str) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The form (None when nothing can be made of the file) and all its problems with file and component."""
    if len(content) > LARGEST:
        return None, (Problem(RULE, say("forms.too_large", size=len(content), limit=LARGEST), file),)
    try:
        form = orjson.loads(content.removeprefix(BOM))
    except orjson.JSONDecodeError as error:
        text = say("forms.not_json", why=error.msg)
        return None, (Problem(RULE, text, file, line=error.lineno, column=error.colno),)
    doubt = _doubt(content)
    if doubt:
        return None, (Problem(RULE, doubt, file),)
    if not isinstance(form, dict):
        return None, (Problem(RULE, say("forms.not_a_form"), file),)
    found = tuple(Problem(RULE, fault.text, file, fault.element, fault.name) for fault in lint(form))
    return (form if isinstance(form.get("id"), str) and form["id"] else None), found


class _Twice(Exception):
    """A key that stands twice in one object: which of the two is meant nobody can tell."""


def _doubt(content: bytes) -> str:
    """Names the first such key of a file that has been read already; empty when there is none."""

    def once(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Twice(key)
            seen.add(key)

    try:
        json.loads(content.removeprefix(BOM), object_pairs_hook=once, parse_int=str)
    except _Twice as found:
        return say("forms.key_twice", key=str(found)[:60])
    except RecursionError:
        return say("forms.not_json", why="nested too deep")
    return ""
