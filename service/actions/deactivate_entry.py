"""A code goes out of use: new entries cannot take it, items that have it keep it. An entry is never removed."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.dictionaries import FIXED, lock_entry, must_be_dictionary, save_entry
from service.actions.parts.library import allow_keeping
from service.domain.errors import Conflict
from service.domain.library import DictionaryEntry
from service.domain.library_permission import Keeping
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class DeactivateEntry:
    dictionary: str
    code: str
    if_match: int | None = None


def deactivate_entry(frame: Frame, order: DeactivateEntry) -> DictionaryEntry:
    """The entry, out of use."""
    allow_keeping(frame, "dictionary.keep", Keeping())
    must_be_dictionary(frame, order.dictionary)
    before = lock_entry(frame, order.dictionary, order.code, new=False)
    assert before
    must_match(order.if_match, before.version, what=before.label)
    if order.dictionary in FIXED:
        raise Conflict("dictionary.fixed", dictionary=say(f"dictionary.{order.dictionary}"))
    if not before.active:
        raise Conflict("dictionary.inactive", code=before.code, label=before.label)
    return save_entry(frame, replace(before, active=False), before=before, type="dictionary.deactivated")
