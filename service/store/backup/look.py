"""Looks into a backup without a database: every part against the manifest, and every chain of the history against its head."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from service.domain.errors import Invalid
from service.domain.history import FIRST_PREV, Break, Index, SealedEvent, first_break
from service.store.backup.archive import Archive, Manifest
from service.store.backup.take import heads_digest

HISTORY = frozenset({"event", "event_payload", "case_", "chain"})  # read for the chains anyway


@dataclass(frozen=True, slots=True)
class Looked:
    """``breaks``: one per chain that does not hold. The backup is whole all the same: it holds what the database held."""

    manifest: Manifest
    digest: str
    breaks: tuple[Break, ...]


def look(archive: Archive) -> Looked:
    """Invalid when the backup is not what its manifest says; memory holds the heads of the chains and one row."""
    for part in archive.manifest.parts:
        if part.table not in HISTORY:
            for _ in archive.rows(part):
                pass
    heads = _heads(archive)
    breaks = tuple(_breaks(archive, heads))
    told = [(chain, *head) for chain, head in heads.items()]
    if heads_digest(told) != archive.manifest.heads:
        raise Invalid("backup.damaged", path=archive.path, where="heads")
    return Looked(archive.manifest, archive.digest, breaks)


def _heads(archive: Archive) -> dict[str, tuple[int, str]]:
    """Chain -> (seq, hash), as ``events.chains`` finds them; chains without a head are added while events are read."""
    found = {
        f"case/{row['id']}": (row["event_seq"], row["event_hash"])
        for row in _dicts(archive, "case_", "id", "event_seq", "event_hash")
    }
    return found | {row["chain"]: (row["seq"], row["hash"]) for row in _dicts(archive, "chain")}


def _breaks(archive: Archive, heads: dict[str, tuple[int, str]]) -> Iterator[Break]:
    seen = set()
    for chain, events in groupby(_events(archive), key=lambda event: event.chain):
        seen.add(chain)
        seq, hash = heads.setdefault(chain, (0, FIRST_PREV))
        found = first_break(events, chain=chain, head_seq=seq, head_hash=hash)
        if found:
            yield found
    for chain in sorted(heads.keys() - seen):
        found = first_break((), chain=chain, head_seq=heads[chain][0], head_hash=heads[chain][1])
        if found:
            yield found


def _events(archive: Archive) -> Iterator[SealedEvent]:
    """Events with their payloads: both parts have the order of the same key, so they are read side by side."""
    payloads = _dicts(archive, "event_payload")
    waiting = next(payloads, None)
    for row in _dicts(archive, "event"):
        mine = waiting if waiting and (waiting["chain"], waiting["seq"]) == (row["chain"], row["seq"]) else None
        if mine:
            waiting = next(payloads, None)
        yield _sealed(row, mine or {})
    for _ in payloads:  # to its end, where its digest is compared
        pass


def _sealed(row: Mapping[str, Any], payload: Mapping[str, Any]) -> SealedEvent:
    return SealedEvent(
        row["chain"], row["seq"], row["prev"], hash=row["hash"], body=row["body"], salt=payload.get("salt") or "",
        payload=payload.get("content"), erased=bool(payload.get("erased")),
        index=Index(row["case_id"], row["type"], at=row["at"], actor_id=row["actor_id"]),
    )  # fmt: skip


def _dicts(archive: Archive, table: str, *names: str) -> Iterator[dict[str, Any]]:
    part = archive.part(table)
    if part is None:
        raise Invalid("backup.damaged", path=archive.path, where=table)
    known = [field.name for field in part.fields]
    for row in archive.rows(part):
        found = dict(zip(known, row, strict=True))
        yield {name: found[name] for name in names} if names else found
