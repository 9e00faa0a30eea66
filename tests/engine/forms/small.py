"""Small forms for tests, and the answer of the check in as few words as possible."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from service.engine import forms

AT = datetime(2022, 11, 23, 1, 0, tzinfo=UTC)
YES_NO = [{"label": "同意", "value": "agree"}, {"label": "不同意", "value": "refuse"}]


def form(*components: dict[str, Any], **head: Any) -> dict[str, Any]:
    return {"type": "default", "id": "small", "schemaVersion": 19, "components": list(components)} | head


def field(type: str, key: str = "a", **properties: Any) -> dict[str, Any]:
    return {"type": type, "id": f"id_{key}", "key": key, "label": f"字段{key}"} | properties


def rows(path: str, *components: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """A list whose rows are the case's, unless ``allowAddRemove`` is given."""
    head = {"type": "dynamiclist", "id": f"id_{path}", "path": path, "label": f"清单{path}", "isRepeating": True}
    return head | {"components": list(components)} | properties


def group(path: str, *components: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "group", "path": path, "label": f"分组{path}", "components": list(components)} | properties


def deployed(form: Mapping[str, Any]) -> dict[str, Any]:
    """The form after the reading of a deployment, which must find nothing wrong."""
    read, problems = forms.read_form(orjson.dumps(dict(form)), "small.form")
    assert not problems, problems
    assert read is not None
    return read


def checked(
    form: Mapping[str, Any], data: Mapping[str, Any], current: Mapping[str, Any] | None = None
) -> forms.Checked:
    return forms.check(deployed(form), data, current=current or {}, at=AT)


def codes(
    form: Mapping[str, Any], data: Mapping[str, Any], current: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """(field, code) of every fault, in order."""
    return [(str(f.where["field"]), f.code) for f in checked(form, data, current).faults]


def kept(form: Mapping[str, Any], data: Mapping[str, Any], current: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The values kept; there must be no fault."""
    found = checked(form, data, current)
    assert not found.faults, found.faults
    return found.data
