"""What can be wrong with a form before anybody fills it in. Every component is looked at; ``properties`` knows the details."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.texts import say
from service.domain.variables import RESERVED
from service.engine.forms import properties
from service.engine.forms.components import FIELDS, GROUP, LIST, SUPPORTED, kind_of, label_of, name_of

NEWEST_VERSION = 19
MOST_COMPONENTS = 1_000
DEEPEST = 8
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """``element``: the component's id or key; ``name``: what people call it."""

    text: str
    element: str = ""
    name: str = ""


def lint(form: Mapping[str, Any]) -> list[Fault]:
    """Every problem of the form, in its order."""
    faults = [Fault(text) for text in _head(form)]
    return faults + _Lint().components(form.get("components"), set(), depth=0, top=True)


def _head(form: Mapping[str, Any]) -> Iterator[str]:
    id, version = form.get("id"), form.get("schemaVersion", NEWEST_VERSION)
    if not isinstance(id, str) or not id.strip() or len(id) > LONGEST_ID:
        yield say("forms.id")
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version <= NEWEST_VERSION:
        yield say("forms.version", found=properties.short(version), limit=NEWEST_VERSION)


class _Lint:
    def __init__(self) -> None:
        self.count = 0

    def components(self, found: Any, names: set[str], *, depth: int, top: bool) -> list[Fault]:
        """One list of components; ``names``: those taken on this level of values; ``top``: they become variables."""
        if not isinstance(found, list):
            return [Fault(say("forms.components"))]
        if depth > DEEPEST:
            return [Fault(say("forms.too_deep", limit=DEEPEST))]
        faults: list[Fault] = []
        for component in found:
            self.count += 1
            if self.count == MOST_COMPONENTS + 1:
                faults.append(Fault(say("forms.too_many", limit=MOST_COMPONENTS)))
            if self.count > MOST_COMPONENTS:
                break
            faults += self._component(component, names, depth=depth, top=top)
        return faults

    def _component(self, component: Any, names: set[str], *, depth: int, top: bool) -> list[Fault]:
        if not isinstance(component, dict):
            return [Fault(say("forms.components"))]
        element, name = str(component.get("id") or name_of(component))[:LONGEST_ID], label_of(component)
        if kind_of(component) not in SUPPORTED:
            text = say("forms.kind", kind=properties.short(component.get("type")), known="、".join(sorted(SUPPORTED)))
            return [Fault(text, element, name)]
        texts = [*_name(component, names, top=top), *properties.check(component)]
        faults = [Fault(text, element, name) for text in texts]
        if kind_of(component) in (GROUP, LIST):
            own_level = bool(name_of(component))
            inner = set() if own_level else names
            faults += self.components(component.get("components"), inner, depth=depth + 1, top=top and not own_level)
        return faults


def _name(component: Mapping[str, Any], names: set[str], *, top: bool) -> Iterator[str]:
    """A field and a list need a name, a group may have one; on one level each stands once."""
    kind = kind_of(component)
    raw = component.get("path" if kind in (GROUP, LIST) else "key")
    if kind not in FIELDS and kind != LIST and (kind != GROUP or raw in (None, "")):
        return
    if not isinstance(raw, str) or not raw.isidentifier() or raw.startswith("_"):
        yield say("forms.name", name=properties.short(raw))
    elif top and raw in RESERVED:
        yield say("forms.reserved", name=raw)
    elif raw in names:
        yield say("forms.name_twice", name=raw)
    else:
        names.add(raw)
