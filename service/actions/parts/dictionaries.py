"""Scenes of the dictionaries: code and label, kept by people."""

from dataclasses import replace

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.errors import Conflict, NotFound
from service.domain.library import DictionaryEntry
from service.store import events, library

FIXED = frozenset({"power_source", "item_status"})  # decisions read these codes; only their labels may change


def must_be_dictionary(frame: Frame, dictionary: str) -> None:
    if not library.list_entries(frame.tx, dictionary):
        raise NotFound("dictionary.unknown", dictionary=dictionary[:60])


def lock_entry(frame: Frame, dictionary: str, code: str, *, new: bool) -> DictionaryEntry | None:
    """The entry, while nobody else writes to its dictionary; None where ``new`` finds its place free."""
    events.chain_head(frame.tx, f"dictionary/{dictionary}")
    found = library.get_entry(frame.tx, dictionary, code)
    if found is None and not new:
        raise NotFound("dictionary.no_code", code=code[:60])
    if found and new:
        raise Conflict("dictionary.taken", code=found.code, label=found.label)
    return found


def save_entry(frame: Frame, after: DictionaryEntry, *, before: DictionaryEntry | None, type: str) -> DictionaryEntry:
    """Write it one version further and say so; nothing when nothing changed."""
    if after == before:
        return before
    made = replace(after, version=before.version + 1 if before else 1)
    library.put_entry(frame.tx, made)
    facts = {"code": made.code, "label": made.label, "active": made.active, "version": made.version}
    if before:
        facts["label_before"] = before.label
    seal_chain_event(frame, f"dictionary/{made.dictionary}", EventFacts(type=type, facts=facts))
    return made
