"""Whether the elements of an item hold what they may hold: shapes, lengths, and what the registers know. Nothing is looked up here."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.domain.codes import item_faults
from service.domain.elements import ELEMENTS, Element, Kind, label
from service.domain.errors import Fault
from service.domain.items import Citation, FlowStep, Item, Material
from service.domain.library import BasisStatus
from service.domain.texts import say

MOST = 9_999  # days, visits
MOST_COPIES = 999
MOST_ENTRIES = 200  # of one list
LONGEST_NAME = 200  # of a material, a step, whoever issues or does it
LONGEST_STANDARD = 1_000
FIRST, LAST = date(1949, 10, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Known:
    """What elements may refer to. ``codes``: dictionary -> codes in use. ``bases``: id -> status."""

    codes: Mapping[str, Collection[str]] = field(default_factory=dict)
    organisations: Collection[str] = frozenset()
    forms: Collection[str] = frozenset()
    bases: Mapping[str, BasisStatus] = field(default_factory=dict)


def element_faults(item: Item, known: Known, *, before: Item | None = None) -> tuple[Fault, ...]:
    """Everything wrong with one item, element by element, in the order of the card; ``codes.only_warns`` tells doubts from faults.

    What ``before`` already said may stay: a code that has gone out of use since, a legal basis that was repealed.
    """
    faults = []
    for element in ELEMENTS:
        value = getattr(item, element.name)
        if element.name in ("name", "department_id") and not value:
            faults.append(_fault("needed", element))
        elif before is None or getattr(before, element.name) != value:
            faults += CHECKS[element.kind](element, value, known)
    return (*faults, *item_faults(item))


def _text(element: Element, value: str, _known: Known) -> Iterator[Fault]:
    if len(value) > element.longest:
        yield _fault("too-long", element, limit=element.longest, found=len(value))
    breaks = "\n\r\t" if element.kind is Kind.WORDS else ""
    if any(not c.isprintable() and c not in breaks for c in value):
        yield _fault("characters", element)


def _texts(element: Element, value: tuple[str, ...], known: Known) -> Iterator[Fault]:
    yield from _size(element, value)
    for text in value:
        yield from _text(element, text, known)
        if not text.strip():
            yield _fault("empty-entry", element)


def _number(element: Element, value: int | None, _known: Known) -> Iterator[Fault]:
    if value is not None and not 0 <= value <= MOST:
        yield _fault("range", element, found=value, first=0, last=MOST)


def _day(element: Element, value: date | None, _known: Known) -> Iterator[Fault]:
    if value is not None and not FIRST <= value <= LAST:
        yield _fault("range", element, found=value, first=FIRST, last=LAST)


def _code(element: Element, value: str, known: Known) -> Iterator[Fault]:
    if value and value not in known.codes.get(element.dictionary, ()):
        yield _fault("not-in-dictionary", element, found=value[:60])


def _codes(element: Element, value: tuple[str, ...], known: Known) -> Iterator[Fault]:
    for code in value:
        yield from _code(element, code, known)
    if len(set(value)) < len(value):
        yield _fault("twice", element)


def _choice(element: Element, value: str, _known: Known) -> Iterator[Fault]:
    if value and value not in element.choices:
        yield _fault("not-a-choice", element, found=value[:60])


def _flag(_element: Element, _value: bool | None, _known: Known) -> Iterator[Fault]:
    yield from ()


def _organisation(element: Element, value: str, known: Known) -> Iterator[Fault]:
    if value not in known.organisations:
        yield _fault("no-such-organisation", element, found=value[:60])


def _forms(element: Element, value: tuple[str, ...], known: Known) -> Iterator[Fault]:
    yield from (_fault("no-such-form", element, found=id[:60]) for id in value if id not in known.forms)
    if len(set(value)) < len(value):
        yield _fault("twice", element)


def _citations(element: Element, value: tuple[Citation, ...], known: Known) -> Iterator[Fault]:
    yield from _size(element, value)
    for citation in value:
        status = known.bases.get(citation.basis_id)
        if status is None:
            yield _fault("no-such-basis", element, found=citation.basis_id[:60])
        elif status is BasisStatus.REPEALED:
            yield _fault("basis-repealed", element, found=citation.basis_id)
        yield from _line(element, citation.article, needed=False)


def _materials(element: Element, value: tuple[Material, ...], _known: Known) -> Iterator[Fault]:
    yield from _size(element, value)
    for row in value:
        yield from _line(element, row.name)
        yield from _line(element, row.source, needed=False)
        for count in (row.originals, row.copies):
            if not 0 <= count <= MOST_COPIES:
                yield _fault("range", element, found=count, first=0, last=MOST_COPIES)


def flow_faults(flow: tuple[FlowStep, ...], *, promised: int | None = None) -> tuple[Fault, ...]:
    """Every step has a name and somebody who does it; together the steps are not longer than the promise."""
    element = Element("flow", Kind.FLOW, "flow")
    faults = list(_size(element, flow))
    for step in flow:
        faults += [*_line(element, step.name), *_line(element, step.actor)]
        faults += _line(element, step.standard, needed=False, longest=LONGEST_STANDARD)
        if step.limit_days is not None and not 0 <= step.limit_days <= MOST:
            faults.append(_fault("range", element, found=step.limit_days, first=0, last=MOST))
    days = sum(step.limit_days or 0 for step in flow)
    if promised is not None and days > promised:
        faults.append(_fault("flow-longer", element, found=days, wanted=promised))
    return tuple(faults)


def _flow(_element: Element, value: tuple[FlowStep, ...], _known: Known) -> Iterator[Fault]:
    yield from flow_faults(value)


def _line(element: Element, text: str, *, needed: bool = True, longest: int = LONGEST_NAME) -> Iterator[Fault]:
    if needed and not text.strip():
        yield _fault("empty-entry", element)
    if len(text) > longest:
        yield _fault("too-long", element, limit=longest, found=len(text))
    if not text.isprintable():
        yield _fault("characters", element)


def _size(element: Element, value: Collection[Any]) -> Iterator[Fault]:
    if len(value) > MOST_ENTRIES:
        yield _fault("too-many", element, limit=MOST_ENTRIES, found=len(value))


def _fault(code: str, element: Element, **values: object) -> Fault:
    return Fault(code, say(f"fault.{code}", element=label(element.name), **values), {"field": element.name})


CHECKS: Mapping[Kind, Callable[[Element, Any, Known], Iterator[Fault]]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.TEXTS: _texts,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.ORGANISATION: _organisation,
    Kind.FORMS: _forms,
    Kind.CITATIONS: _citations,
    Kind.MATERIALS: _materials,
    Kind.FLOW: _flow,
}
