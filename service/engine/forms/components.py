"""What form-js calls the parts of a form, and which of them the house runs."""

from collections.abc import Iterator, Mapping
from typing import Any

Component = Mapping[str, Any]

TEXTS = frozenset({"textfield", "textarea"})
ONE_OF = frozenset({"radio", "select"})
SOME_OF = frozenset({"checklist", "taglist"})
FIELDS = TEXTS | ONE_OF | SOME_OF | {"number", "checkbox", "datetime", "filepicker", "expression"}
SILENT = frozenset({"text", "html", "image", "table", "separator", "spacer", "button"})  # carry no value
GROUP, LIST = "group", "dynamiclist"
SUPPORTED = FIELDS | SILENT | {GROUP, LIST}


def kind_of(component: Component) -> str:
    return str(component.get("type", ""))


def parts_of(component: Component) -> list[Component]:
    """The components inside a form, group or list."""
    found = component.get("components")
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def name_of(component: Component) -> str:
    """The key of a field, the path of a list or group; empty for a group that only arranges."""
    found = component.get("path" if kind_of(component) in (GROUP, LIST) else "key")
    return found if isinstance(found, str) else ""


def label_of(component: Component) -> str:
    """What people call the component; its key when it has no plain label."""
    for name in ("label", "dateLabel", "timeLabel"):
        found = component.get(name)
        if isinstance(found, str) and found.strip() and not found.startswith("="):
            return found.strip()
    return name_of(component)


def rule_of(component: Component, name: str) -> Any:
    """One entry of the component's ``validate``."""
    found = component.get("validate")
    return found.get(name) if isinstance(found, Mapping) else None


def hide_of(component: Component) -> str:
    """The FEEL condition under which the component is hidden; empty when it always shows."""
    found = component.get("conditional")
    hide = found.get("hide") if isinstance(found, Mapping) else None
    return hide if isinstance(hide, str) else ""


def is_fixed(component: Component) -> bool:
    """A list whose rows are the case's: people fill them in, they neither add nor remove any."""
    return component.get("allowAddRemove") is not True


def is_expression(value: Any) -> bool:
    """Whether form-js would evaluate ``value`` as FEEL."""
    return isinstance(value, str) and value.startswith("=")


def valued(components: list[Component], hides: tuple[str, ...] = ()) -> Iterator[tuple[Component, tuple[str, ...]]]:
    """The components of one level that carry values, each with the hide conditions that reach it; plain groups are looked into."""
    for component in components:
        kind, around = kind_of(component), (*hides, *filter(None, [hide_of(component)]))
        if kind == GROUP and not name_of(component):
            yield from valued(parts_of(component), around)
        elif kind in FIELDS or kind in (GROUP, LIST):
            yield component, around
