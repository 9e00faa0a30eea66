"""What differs between two versions of an item, element by element, as people read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.elements import BY_NAME, ELEMENTS, Element, Kind, choice_label, label
from service.domain.items import Item
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Words:
    """What codes and ids are called. ``codes``: (dictionary, code) -> label; the others id -> name."""

    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """``before`` and ``after`` as people read them, empty for nothing said."""

    element: str
    label: str
    before: str
    after: str


def changed(before: Item, after: Item) -> tuple[str, ...]:
    """Names of the elements that differ, in the order of the card."""
    return tuple(e.name for e in ELEMENTS if getattr(before, e.name) != getattr(after, e.name))


def differences(before: Item, after: Item, words: Words) -> tuple[Difference, ...]:
    """Elements, then the status."""
    found = [
        Difference(name, label(name), shown(before, name, words), shown(after, name, words))
        for name in changed(before, after)
    ]
    if (before.status, before.status_reason) != (after.status, after.status_reason):
        found.append(Difference("status", label("status"), *(_status(item) for item in (before, after))))
    return tuple(found)


def shown(item: Item, name: str, words: Words) -> str:
    """One element as text; several lines where it has several rows."""
    element = BY_NAME[name]
    return SHOWN[element.kind](element, getattr(item, name), words)


def _status(item: Item) -> str:
    word = say(f"item.status.{item.status}")
    return say("item.status_with_reason", status=word, reason=item.status_reason) if item.status_reason else word


def _plain(_element: Element, value: Any, _words: Words) -> str:
    return "" if value is None else str(value)


def _flag(_element: Element, value: bool | None, _words: Words) -> str:
    return "" if value is None else say("flag.yes" if value else "flag.no")


def _choice(element: Element, value: str, _words: Words) -> str:
    return choice_label(element.name, value) if value in element.choices else value


def _code(element: Element, value: str, words: Words) -> str:
    return words.codes.get((element.dictionary, str(value)), str(value))


def _codes(element: Element, value: tuple[str, ...], words: Words) -> str:
    return say("list.comma").join(_code(element, code, words) for code in value)


def _organisation(_element: Element, value: str, words: Words) -> str:
    return words.organisations.get(value, value)


def _forms(_element: Element, value: tuple[str, ...], words: Words) -> str:
    return "\n".join(words.forms.get(id, id) for id in value)


def _citations(_element: Element, value: Any, words: Words) -> str:
    return "\n".join(words.bases.get(c.basis_id, c.basis_id) + c.article for c in value)


def _materials(_element: Element, value: Any, _words: Words) -> str:
    return "\n".join(
        say("item.material", name=m.name, source=m.source or say("list.none"), originals=m.originals, copies=m.copies,
            required=say("flag.needed" if m.required else "flag.optional"))
        for m in value
    )  # fmt: skip


def _flow(_element: Element, value: Any, _words: Words) -> str:
    return "\n".join(
        say("item.step", number=n, name=s.name, actor=s.actor,
            days=say("list.none") if s.limit_days is None else s.limit_days, standard=s.standard)
        for n, s in enumerate(value, 1)
    )  # fmt: skip


SHOWN: Mapping[Kind, Callable[[Element, Any, Words], str]] = {
    Kind.TEXT: _plain,
    Kind.WORDS: _plain,
    Kind.NUMBER: _plain,
    Kind.DATE: _plain,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.TEXTS: lambda _e, value, _w: "\n".join(value),
    Kind.ORGANISATION: _organisation,
    Kind.FORMS: _forms,
    Kind.CITATIONS: _citations,
    Kind.MATERIALS: _materials,
    Kind.FLOW: _flow,
}
