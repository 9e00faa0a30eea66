"""The rows behind each kind of sheet: how they are read from the database, and how lines of a plan are stored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts import sheet_library
from service.actions.parts.sheet_people import store_people, store_posts
from service.domain.people import Organisation, OrgKind
from service.domain.sheets.columns import Value
from service.domain.sheets.kinds import posts
from service.domain.sheets.plan import Line
from service.domain.sheets.world import DICTIONARY, Rows
from service.store import accounts, organisations, people
from service.store.session import Transaction


@dataclass(frozen=True, slots=True)
class Register:
    """``load``: every row as the sheet knows it. ``store``: the new and changed lines of one kind, and a note for the history."""

    load: Callable[[Transaction], Rows]
    store: Callable[[Frame, Sequence[Line], str], None]


def known_rows(tx: Transaction, kinds: Collection[str]) -> dict[str, Rows]:
    """Everything a plan for these kinds is compared with."""
    found = {kind: REGISTERS[kind].load(tx) for kind in kinds if kind in REGISTERS}
    if any(kind.startswith(DICTIONARY) for kind in kinds):
        found |= sheet_library.load_dictionaries(tx)
    return found


def _organisations(tx: Transaction) -> Rows:
    return {
        found.id: {
            "id": found.id, "name": found.name, "short_name": found.short_name, "kind": found.kind.value,
            "parent_id": found.parent_id or "", "code": found.code, "office": found.office,
            "head_title": found.head_title,
        }
        for found in organisations.list_organisations(tx)
    }  # fmt: skip


def _store_organisations(frame: Frame, lines: Sequence[Line], _note: str) -> None:
    for line in parents_first(lines):
        values = dict(line.values)
        parent = values.pop("parent_id") or None
        kind = OrgKind(values.pop("kind"))
        organisations.add_organisation(frame.tx, Organisation(kind=kind, parent_id=parent, **values))


def parents_first(lines: Sequence[Line]) -> list[Line]:
    """Each after the line of its parent, if that one comes too."""
    waiting: dict[str, Line] = {line.key: line for line in lines}
    found: list[Line] = []
    while waiting:
        ready = [line for line in waiting.values() if line.values["parent_id"] not in waiting]
        found += [waiting.pop(line.key) for line in ready or list(waiting.values())]
    return found


def _people(tx: Transaction) -> Rows:
    """What the rules of people and posts ask goes along and is no column: roles, and how far the account has come."""
    administrators, made = people.administrators(tx), accounts.makers(tx)
    return {
        found.id: {
            "id": found.id, "name": found.name, "organisation_id": found.organisation_id,
            "administrator": found.id in administrators, "account": found.id in made,
            "waiting": found.id in made and made[found.id].waiting,
            "created_by": (made[found.id].created_by or "") if found.id in made else "",
        }
        for found in people.list_people(tx)
    }  # fmt: skip


def _posts(tx: Transaction) -> Rows:
    found: dict[str, Mapping[str, Value]] = {}
    for person, held in people.all_holdings(tx):
        values = {"person_id": person, "post": held.post, "organisation_id": held.organisation_id, "state": posts.HELD}
        found[posts.KIND.key_of(values)] = values
    return found


REGISTERS: Mapping[str, Register] = {
    "organisations": Register(_organisations, _store_organisations),
    "people": Register(_people, store_people),
    "posts": Register(_posts, store_posts),
    "stations": Register(sheet_library.load_stations, sheet_library.store_stations),
    "legal_bases": Register(sheet_library.load_bases, sheet_library.store_bases),
    "forms": Register(sheet_library.load_forms, sheet_library.store_forms),
    "items": Register(sheet_library.load_items, sheet_library.store_items),
    "power_documents": Register(sheet_library.load_documents, sheet_library.store_documents),
}
