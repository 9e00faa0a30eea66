"""The sealed history: a chain of events per case, per definition and per actor-day.

The exact bytes sealed are stored; JSON columns of a database change numbers and would make an honest history look forged.
A body holds chain, seq and prev, so ``SHA-256(0x00 || body)`` is at once the link of the chain and an RFC 6962 leaf.
Personal values lie in a payload row of their own with a random salt; the body carries only its hash, so a lawful erasure
removes text and salt and leaves every link intact.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

FIRST_PREV = "0" * 64


@dataclass(frozen=True, slots=True)
class Index:
    """The columns an event is found by: copies of what its body says, so a change of them hides it without touching a seal."""

    case_id: str | None
    type: str
    at: datetime
    actor_id: str


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """One event as stored. ``body`` is the exact text sealed; ``payload`` is None when lawfully erased.

    ``index``: what the database finds it by, when it comes from there; no part of what is sealed.
    """

    chain: str
    seq: int
    prev: str
    hash: str
    body: str
    salt: str = ""
    payload: str | None = None
    erased: bool = False
    index: Index | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the event and what is wrong with it (a code: hash, link, seq, payload, head, body, index, content)."""

    chain: str
    seq: int
    what: str


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no blanks, no NaN, no NUL. Numbers other than int travel as text (codec)."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "\\u0000" in text:
        raise ValueError("a NUL character cannot be sealed")
    return text


def leaf(body: str) -> str:
    """Hex of SHA-256(0x00 || body), body as UTF-8."""
    return hashlib.sha256(b"\x00" + body.encode()).hexdigest()


def payload_hash(salt: str, payload: str) -> str:
    """Hex of SHA-256(0x02 || salt || payload); the prefix keeps it apart from leaves and inner nodes."""
    return hashlib.sha256(b"\x02" + bytes.fromhex(salt) + payload.encode()).hexdigest()


def seal(
    *, chain: str, seq: int, prev: str, salt: str, facts: Mapping[str, Any], personal: Mapping[str, Any]
) -> SealedEvent:
    """Seal ``facts`` (public) and ``personal`` (erasable) as event ``seq`` of ``chain`` behind ``prev``."""
    payload = canonical(personal)
    body = canonical(
        {**facts, "v": 1, "chain": chain, "seq": seq, "prev": prev, "payload": payload_hash(salt, payload)}
    )
    return SealedEvent(chain=chain, seq=seq, prev=prev, hash=leaf(body), body=body, salt=salt, payload=payload)


def first_break(
    events: Iterable[SealedEvent], *, chain: str, head_seq: int | None = None, head_hash: str | None = None
) -> Break | None:
    """The first event of ``chain`` (in order of seq) that does not hold, or None. With a head, a cut-off tail shows too."""
    seq, prev = 0, FIRST_PREV
    for event in events:
        seq += 1
        wrong = _wrong_with(event, chain=chain, seq=seq, prev=prev)
        if wrong:
            return Break(chain, seq if wrong == "seq" else event.seq, wrong)
        prev = event.hash
    if head_seq is not None and head_seq != seq:
        return Break(chain, min(seq, head_seq) + 1, "head")
    if head_hash is not None and seq and head_hash != prev:
        return Break(chain, seq, "head")
    return None


def _wrong_with(event: SealedEvent, *, chain: str, seq: int, prev: str) -> str:
    if event.seq != seq or event.chain != chain:
        return "seq"
    if leaf(event.body) != event.hash:
        return "hash"
    if event.prev != prev:
        return "link"
    try:
        body = json.loads(event.body)
    except ValueError:
        return "body"
    if (body.get("chain"), body.get("seq"), body.get("prev")) != (chain, seq, prev):
        return "link"
    if event.index and not _found_as_sealed(event.index, body, chain):
        return "index"
    return _wrong_payload(event, body)


def _found_as_sealed(index: Index, body: Mapping[str, Any], chain: str) -> bool:
    """Whether a search finds the event under just what was sealed; only an event in a case's own chain is the case's."""
    try:
        at = datetime.fromisoformat(body["at"])
    except (KeyError, TypeError, ValueError):
        return False
    kind, _, id = chain.partition("/")
    sealed = Index(id if kind == "case" else None, body.get("type", ""), at=at, actor_id=body.get("actor", ""))
    return index == sealed


def _wrong_payload(event: SealedEvent, body: Mapping[str, Any]) -> str:
    if event.payload is None:
        return "" if event.erased else "payload"
    try:
        return "" if payload_hash(event.salt, event.payload) == body.get("payload") else "payload"
    except ValueError:
        return "payload"
