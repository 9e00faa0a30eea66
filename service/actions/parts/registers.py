"""Scenes of the registers behind the item library, whose rows change in place: find and lock, refuse what is wrong, write and tell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, TypeVar

from service.actions.frame import Frame
from service.actions.parts.library import fresh_id, good_id
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.errors import Conflict, Fault, Invalid, NotFound
from service.domain.item_check import FIRST, LAST
from service.domain.library import LegalBasis, PowerDocument, Station
from service.domain.texts import say
from service.store import events
from service.store.session import Transaction

R = TypeVar("R", LegalBasis, PowerDocument, Station)
UNKNOWN = {"basis": "basis.unknown", "power_document": "power_document.unknown", "station": "station.unknown"}
LONGEST = 1_000
LONGEST_TEXT = 20_000
LONG_ONES = frozenset({"articles", "note"})


def find_row(frame: Frame, kind: str, id: str, get: Callable[[Transaction, str], R | None]) -> R:
    """The row, while nobody else writes to it; NotFound when there is none."""
    found = lock_row(frame, f"{kind}/{good_id(id)}", lambda: get(frame.tx, id))
    if found is None:
        raise NotFound(UNKNOWN[kind], id=id[:60])
    return found


def free_row(
    frame: Frame, kind: str, id: str, get: Callable[[Transaction, str], R | None], *, prefix: str
) -> str:  # fmt: skip
    """An id nobody has, locked: the one wanted, or a number of its own."""
    free = good_id(id) if id else fresh_id(frame, prefix, get)
    if lock_row(frame, f"{kind}/{free}", lambda: get(frame.tx, free)) is not None:
        raise Conflict("register.taken", id=free)
    return free


def lock_row(frame: Frame, chain: str, look: Callable[[], R | None]) -> R | None:
    events.chain_head(frame.tx, chain)
    return look()


def save_row(
    frame: Frame, kind: str, after: R, *, before: R | None, put: Callable[[Transaction, R], None], type: str = "",
    note: str = "",
) -> R:  # fmt: skip
    """Write the row one version further and seal which fields changed; nothing when none did."""
    changed = _changed(before, after)
    if before is not None and not changed:
        return before
    made = replace(after, version=before.version + 1 if before else 1)
    put(frame.tx, made)
    facts = {"id": made.id, "version": made.version, "changed": changed if before else []}
    event = EventFacts(type=type or f"{kind}.put", facts=facts, personal={"note": note} if note else {})
    seal_chain_event(frame, f"{kind}/{made.id}", event)
    return made


def _changed(before: Any, after: Any) -> list[str]:
    old = asdict(before) if before else {}
    return [name for name, value in asdict(after).items() if old.get(name) != value]


def refuse(name: str, faults: Sequence[Fault]) -> None:
    """Invalid with every fault, when there is one."""
    if faults:
        raise Invalid("register.refused", name=name[:100], count=len(faults), faults=faults)


def fault(code: str, field: str, **values: object) -> Fault:
    return Fault(code, say(f"fault.{code}", element=say(f"element.{field}"), **values), {"field": field})


def shape_faults(row: Any, *, needed: Iterable[str]) -> list[Fault]:
    """Texts neither too long nor with control characters, days of this world, what is needed there."""
    faults = []
    values = {name: value for name, value in asdict(row).items() if name not in ("id", "version")}
    for name, value in values.items():
        for part in value if isinstance(value, tuple | list) else (value,):
            faults += _text_faults(name, part) if isinstance(part, str) else _day_faults(name, part)
    return faults + [fault("needed", name) for name in needed if not values[name]]


def _text_faults(name: str, text: str) -> list[Fault]:
    limit = LONGEST_TEXT if name in LONG_ONES else LONGEST
    breaks = "\n\r\t" if name in LONG_ONES else ""
    if len(text) > limit:
        return [fault("too-long", name, limit=limit, found=len(text))]
    return [fault("characters", name)] if any(not c.isprintable() and c not in breaks for c in text) else []


def _day_faults(name: str, value: Any) -> list[Fault]:
    wrong = isinstance(value, date) and not FIRST <= value <= LAST
    return [fault("range", name, found=value, first=FIRST, last=LAST)] if wrong else []
