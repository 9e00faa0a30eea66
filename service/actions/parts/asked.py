"""What the forms of a deployment ask people for: their answers, which nobody else may give or change."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.engine.model import Bundle


def names_asked(bundle: Bundle) -> frozenset[str]:
    """The variables that forms fill."""
    return frozenset(name for form in bundle.forms.values() for name in _field_names(form))


def _field_names(part: Mapping[str, Any]) -> Iterator[str]:
    for key in ("key", "path"):
        name = str(part.get(key) or "").partition(".")[0]
        if name:
            yield name
    for inner in part.get("components") or ():
        yield from _field_names(inner)
