"""An auditor checks every chain against its head; the first event that does not hold is named.

Versions of items are compared with what the history says of them too: triggers keep them, and whoever owns the database can switch those off.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.domain.history import Break, SealedEvent, first_break
from service.domain.item_content import content_digest
from service.store import events, items
from service.store.session import Transaction

ITEM = "item/"


@dataclass(frozen=True, slots=True)
class Verified:
    """``breaks``: one per broken chain, in the order of the chains' names."""

    chains: int
    events: int
    breaks: tuple[Break, ...]


def verify_history(tx: Transaction) -> Verified:
    """Read only; memory stays flat, one chain at a time."""
    chains = count = 0
    breaks = []
    for chain, head_seq, head_hash in events.chains(tx):
        told: dict[int, tuple[int, str]] = {}
        read = _noting(events.read_chain(tx, chain), told) if chain.startswith(ITEM) else events.read_chain(tx, chain)
        broken = first_break(read, chain=chain, head_seq=head_seq, head_hash=head_hash) or _other_content(
            tx, chain, told
        )
        chains, count = chains + 1, count + head_seq
        if broken:
            breaks.append(broken)
    return Verified(chains, count, tuple(breaks))


def _noting(read: Iterable[SealedEvent], told: dict[int, tuple[int, str]]) -> Iterator[SealedEvent]:
    """Into ``told``: version of the item -> (event, digest of what it said then)."""
    for sealed in read:
        yield sealed  # what comes after a break is not asked for any more
        body = json.loads(sealed.body)
        if "content_sha256" in body:
            told[body["version"]] = (sealed.seq, body["content_sha256"])


def _other_content(tx: Transaction, chain: str, told: dict[int, tuple[int, str]]) -> Break | None:
    """The first event whose version is gone or says something else now."""
    if not told:
        return None
    found = {item.version: content_digest(item) for item in items.item_versions(tx, chain.removeprefix(ITEM))}
    wrong = (seq for version, (seq, digest) in sorted(told.items()) if found.get(version) != digest)
    seq = next(wrong, None)
    return None if seq is None else Break(chain, seq, "content")
