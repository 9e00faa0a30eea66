"""A code of a dictionary is added, or its label, place or source is changed: the national lists disagree, so a county keeps its own."""

import re
from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.dictionaries import FIXED, lock_entry, must_be_dictionary, save_entry
from service.actions.parts.library import allow_keeping
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.library import DictionaryEntry
from service.domain.library_permission import Keeping
from service.domain.texts import say

CODE = re.compile(r"[A-Za-z0-9_.-]{1,16}")
LONGEST = 200
LAST_PLACE = 9_999


@dataclass(frozen=True, slots=True)
class PutEntry:
    """``new``: the code is not there yet. One that was out of use comes back with it."""

    dictionary: str
    code: str
    label: str
    position: int
    source: str = ""
    new: bool = False
    if_match: int | None = None


def put_entry(frame: Frame, order: PutEntry) -> DictionaryEntry:
    """The entry as it is now."""
    allow_keeping(frame, "dictionary.keep", Keeping())
    must_be_dictionary(frame, order.dictionary)
    before = lock_entry(frame, order.dictionary, order.code, new=order.new)
    if before:
        must_match(order.if_match, before.version, what=before.label)
    elif order.dictionary in FIXED:
        raise Conflict("dictionary.fixed", dictionary=say(f"dictionary.{order.dictionary}"))
    blank = DictionaryEntry(order.dictionary, order.code, "", 0)
    after = replace(
        before or blank, label=order.label.strip(), position=order.position, source=order.source.strip(),
        active=True,
    )  # fmt: skip
    if faults := _faults(after):
        raise Invalid("dictionary.refused", code=order.code[:60], faults=faults)
    return save_entry(frame, after, before=before, type="dictionary.put")


def _faults(entry: DictionaryEntry) -> list[Fault]:
    wrong = {
        "code": not CODE.fullmatch(entry.code),
        "label": not entry.label or len(entry.label) > LONGEST or not entry.label.isprintable(),
        "source": len(entry.source) > LONGEST or not entry.source.isprintable(),
        "position": not 0 <= entry.position <= LAST_PLACE,
    }
    return [Fault("entry", say(f"fault.entry.{name}"), {"field": name}) for name, bad in wrong.items() if bad]
