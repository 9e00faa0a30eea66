"""That a backup was taken, brought back, or the schema moved is part of the history: it tells who had all data in hand, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.history import SealedEvent
from service.domain.keeping import CHAIN


@dataclass(frozen=True, slots=True)
class NoteKeeping:
    """``facts`` are whole numbers and texts without personal values: revisions, digests, counts."""

    type: Literal["backup.taken", "data.restored", "schema.upgraded"]
    facts: Mapping[str, Any] = field(default_factory=dict)


def note_keeping(frame: Frame, order: NoteKeeping) -> SealedEvent:
    """In the chain ``keeping``; from the command line the actor is the system, whoever typed it."""
    return seal_chain_event(frame, CHAIN, EventFacts(type=order.type, facts=order.facts))
