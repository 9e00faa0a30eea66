"""The picture of one process of a deployment, and where on it each step is seen: those of called processes at the call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import BPMN
from service.engine.model import Bundle, Problem
from service.engine.svg.marks import ACTIVE, DONE, INCIDENT
from service.engine.svg.model import NotDrawn, Picture
from service.engine.svg.read import read_picture
from service.engine.svg.write import write_svg
from service.engine.xml import Document, read_xml

STRENGTH = (DONE, ACTIVE, INCIDENT)  # what is seen when one place carries several


@dataclass(frozen=True, slots=True)
class Paper:
    """The diagram of one process: the file it stands in, what is said about it, and the deployment's processes (id -> name),
    the main one first.
    """

    process: str
    file: str
    content: bytes
    processes: Mapping[str, str]
    documentation: str = ""


def paper_of(bundle: Bundle, process: str = "") -> Paper:
    """Of the main process when none is named; NotDrawn when the deployment has no such process."""
    documents = _documents(bundle)
    wanted = process or bundle.key
    found = _holding(documents, wanted)
    names = {e.get("id", ""): e.get("name") or e.get("id") or "" for d in documents for e in _processes(d)}
    ordered = sorted(names.items(), key=lambda each: each[0] != bundle.key)
    said = next(e.findtext(f"{{{BPMN}}}documentation") for e in _processes(found) if e.get("id") == wanted)
    return Paper(wanted, found.file, bundle.files[found.file], dict(ordered), " ".join((said or "").split()))


def draw_bundle(
    bundle: Bundle, process: str = "", *, marks: Mapping[str, str] | None = None, description: str = ""
) -> str:
    """SVG of one process. ``marks``: element of any process of the deployment -> done, active or incident."""
    documents = _documents(bundle)
    wanted = process or bundle.key
    picture = read_picture(_holding(documents, wanted), wanted)
    return write_svg(picture, marks=_seen(marks or {}, bundle, picture, documents), description=description)


def seen_on(bundle: Bundle, process: str, marks: Mapping[str, str]) -> dict[str, str]:
    """The marks at the shapes of that process's picture: what lies in a closed subprocess or a called process is seen from outside.

    A step done inside makes nothing done outside: only the call's own end does.
    """
    documents = _documents(bundle)
    wanted = process or bundle.key
    return _seen(marks, bundle, read_picture(_holding(documents, wanted), wanted), documents)


def _seen(marks: Mapping[str, str], bundle: Bundle, picture: Picture, documents: Sequence[Document]) -> dict[str, str]:
    calls = _calls(documents) if marks.keys() - picture.shapes.keys() else {}
    found: dict[str, str] = {}
    for id, state in marks.items():
        for place in _places(id, bundle, picture, calls=calls):
            if (place == id or state != DONE) and _stronger(state, found.get(place)):
                found[place] = state
    return found


def _places(id: str, bundle: Bundle, picture: Picture, *, calls: Mapping[str, list[str]]) -> Iterator[str]:
    """Its own shape, the closed subprocess round it, or every call through which its process is reached."""
    ahead, seen = [id], {id}
    while ahead:
        current = ahead.pop()
        place = picture.hidden.get(current, current)
        if place in picture.shapes:
            yield place
            continue
        process = bundle.elements[current].process if current in bundle.elements else ""
        further = [call for call in calls.get(process, []) if call not in seen]
        seen.update(further)
        ahead += further


def _stronger(state: str, than: str | None) -> bool:
    return than is None or STRENGTH.index(state) > STRENGTH.index(than)


def _calls(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Called process -> the call activities that call it."""
    found: dict[str, list[str]] = {}
    for document in documents:
        for call in document.root.iter(f"{{{BPMN}}}callActivity"):
            found.setdefault(call.get("calledElement", ""), []).append(call.get("id", ""))
    return found


def _documents(bundle: Bundle) -> tuple[Document, ...]:
    read = (read_xml(name, content) for name, content in sorted(bundle.files.items()) if name.endswith(".bpmn"))
    return tuple(found for found in read if isinstance(found, Document))


def _holding(documents: Sequence[Document], process: str) -> Document:
    """The file the process stands in."""
    found = next((d for d in documents if any(e.get("id") == process for e in _processes(d))), None)
    if found is None:
        raise NotDrawn(Problem("picture", say("picture.no_process", process=process), ""))
    return found


def _processes(document: Document) -> Iterator[etree._Element]:
    return document.root.iterchildren(f"{{{BPMN}}}process")
