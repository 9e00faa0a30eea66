"""A person looks at a deployed version: how the work goes, who does each step, with which form, and who deployed it and why."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.pictures import Diagram, find_diagram, marks_seen
from service.domain.cases import Definition
from service.domain.errors import NotFound
from service.engine.model import Bundle, Element
from service.store import definitions, events

DEPTH = 20  # of groups and lists in a form; deeper ones are refused at deploy


@dataclass(frozen=True, slots=True)
class ProcessView:
    """One process of the deployment. ``undrawn``: why there is no picture, else empty. ``steps`` in the order of the file."""

    id: str
    name: str
    documentation: str
    undrawn: str
    steps: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a form; ``level`` counts the groups and lists round it."""

    label: str
    kind: str
    required: bool
    level: int


@dataclass(frozen=True, slots=True)
class FormView:
    id: str
    file: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """``files``: name -> bytes. ``running``: cases on this version that have not ended. ``versions``: all there are, newest first."""

    definition: Definition
    versions: tuple[Definition, ...]
    running: int
    note: str
    files: Mapping[str, int]
    processes: tuple[ProcessView, ...]
    forms: tuple[FormView, ...]


def look_at_version(frame: Frame, process: str, version: int | None = None) -> VersionView:
    """The newest version when none is named; NotFound when there is no such thing."""
    every = tuple(d for d in definitions.list_definitions(frame.tx) if d.process_key == process)
    found = next((d for d in every if version in (None, d.version)), None)
    if found is None:
        raise NotFound("definition.no_version", process=process, version=version or 1)
    bundle = frame.bundles.get(frame.tx, found.bundle_digest)
    first = find_diagram(bundle, "", title=found.name)
    return VersionView(
        definition=found,
        versions=every,
        running=definitions.running_cases(frame.tx).get((process, found.version), 0),
        note=note_of(frame, found),
        files={name: len(content) for name, content in sorted(bundle.files.items())},
        processes=tuple(_process(bundle, id, name) for id, name in first.paper.processes.items()),
        forms=tuple(_forms(bundle)),
    )


def note_of(frame: Frame, found: Definition) -> str:
    """Why it was deployed, from the sealed history; empty when nothing was said or it was erased."""
    for event in events.read_chain(frame.tx, f"definition/{found.process_key}"):
        try:
            said: Mapping[str, Any] = json.loads(event.payload or "{}")
            if json.loads(event.body).get("version") == found.version:
                return str(said.get("note", ""))
        except ValueError:
            continue  # damaged; the verification names it
    return ""


def _process(bundle: Bundle, id: str, name: str) -> ProcessView:
    diagram = find_diagram(bundle, id, title=name)
    steps = tuple(e for e in bundle.elements.values() if e.process == id and e.kind.endswith(("Task", "callActivity")))
    return ProcessView(id, name, diagram.paper.documentation, _why_undrawn(diagram), steps)


def _why_undrawn(diagram: Diagram) -> str:
    try:
        marks_seen(diagram)
    except NotFound as error:
        return str(error)
    return ""


def _forms(bundle: Bundle) -> Iterator[FormView]:
    for name, content in sorted(bundle.files.items()):
        if name.endswith(".form"):
            schema: Mapping[str, Any] = json.loads(content)
            yield FormView(str(schema.get("id", name)), name, tuple(_fields(schema.get("components", ()), 0)))


def _fields(components: Any, level: int) -> Iterator[FieldView]:
    for component in components if level < DEPTH else ():
        label, kind = str(component.get("label") or component.get("key") or ""), str(component.get("type", ""))
        inside = component.get("components") or ()
        if component.get("key") or (inside and label):
            yield FieldView(label, kind, bool(component.get("validate", {}).get("required")), level)
        yield from _fields(inside, level + 1 if label else level)
