"""A person looks at one item of the library: what is wrong or missing, which versions others rest on, where it is authorised."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.library import known_things
from service.domain.codes import only_warns
from service.domain.elements import missing
from service.domain.errors import Fault, NotFound
from service.domain.item_check import element_faults
from service.domain.item_diff import Difference, Words, differences
from service.domain.items import Authorisation, Item
from service.domain.library import LegalBasis, PowerDocument
from service.store import items, ledger, library, organisations

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class ItemView:
    """``missing``: needed elements nobody has filled. ``documents``: power documents that name the item, withdrawn ones too."""

    item: Item
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    missing: tuple[str, ...]
    bases: tuple[LegalBasis, ...]
    documents: tuple[PowerDocument, ...]
    authorisations: tuple[Authorisation, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """``signed``: departments' opinions about exactly this version; ``authorised``: rows of the ledger."""

    item: Item
    changed: tuple[Difference, ...]
    signed: int
    authorised: int


def look_at_item(frame: Frame, item_id: str) -> ItemView:
    """The newest version."""
    item = _found(items.get_item(frame.tx, item_id), item_id)
    faults = element_faults(item, known_things(frame))
    return ItemView(
        item=item, faults=tuple(f for f in faults if not only_warns(f)),
        doubts=tuple(f for f in faults if only_warns(f)), missing=missing(item),
        bases=tuple(library.bases_by_ids(frame.tx, [c.basis_id for c in item.citations])),
        documents=tuple(d for d in library.all_documents(frame.tx) if item.id in d.item_ids),
        authorisations=tuple(ledger.list_authorisations(frame.tx, item=item.id, limit=MOST_ROWS).items),
    )  # fmt: skip


def look_at_versions(frame: Frame, item_id: str) -> tuple[VersionView, ...]:
    """Every version, newest first, each with what it changed of the one before."""
    found = items.item_versions(frame.tx, item_id)
    _found(found[0] if found else None, item_id)
    words, used = words_of(frame), items.used_versions(frame.tx, item_id)
    pairs = zip(found, [*found[1:], None], strict=True)
    return tuple(
        VersionView(after, differences(before, after, words) if before else (), *used.get(after.version, (0, 0)))
        for after, before in pairs
    )


def look_at_differences(frame: Frame, item_id: str, *, first: int, second: int) -> tuple[Difference, ...]:
    """What differs between two versions."""
    before, after = (_version(frame, item_id, number) for number in (first, second))
    return differences(before, after, words_of(frame))


def look_at_version(frame: Frame, item_id: str, version: int) -> Item:
    return _version(frame, item_id, version)


def words_of(frame: Frame) -> Words:
    """What all codes and ids are called."""
    return Words(
        codes={(e.dictionary, e.code): e.label for e in library.list_entries(frame.tx)},
        organisations={o.id: o.name for o in organisations.list_organisations(frame.tx)},
        forms=items.form_names(frame.tx),
        bases=library.basis_names(frame.tx),
    )


def _version(frame: Frame, item_id: str, number: int) -> Item:
    found = items.item_version(frame.tx, item_id, number)
    if found is None:
        raise NotFound("item.no_version", id=item_id[:60], version=number)
    return found


def _found(item: Item | None, item_id: str) -> Item:
    if item is None:
        raise NotFound("item.unknown", id=item_id[:60])
    return item
