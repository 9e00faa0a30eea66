"""The history is enough: every command of a case, done again, gives the very state that is stored.

An event tells the digest of the state as the program of that day wrote it. So each step is compared in the version of its event, and
the next one begins from those bytes, just as it did then.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Bundles
from service.actions.parts import commands
from service.domain.errors import NotFound
from service.domain.history import SealedEvent
from service.engine import run, upgrades
from service.engine.model import Command, EngineError
from service.engine.state import digest as digest_of
from service.store import cases, events
from service.store.session import Transaction


@dataclass(frozen=True, slots=True)
class Replayed:
    """``same``: the replayed digest equals every event's and the stored state. ``wrong_at``: the event that differs, else 0."""

    case_id: str
    steps: int
    same: bool
    wrong_at: int = 0
    why: str = ""


def replay_case(tx: Transaction, case_id: str, *, bundles: Bundles) -> Replayed:
    """Read only: rebuild the state of one case from its events."""
    stored = cases.case_with_state(tx, case_id)
    if stored is None:
        raise NotFound("case.unknown", id=case_id)
    state: bytes | None = None
    digest, steps = "", 0
    for event in events.read_chain(tx, f"case/{case_id}"):
        body = json.loads(event.body)
        if "command" not in body:
            continue
        steps += 1
        try:
            step = run.apply(
                bundles.get(tx, body["bundle"]), state, _command(event), at=datetime.fromisoformat(body["at"])
            )
            state = upgrades.as_of(step.state, body["state_version"])
        except (EngineError, KeyError, TypeError, ValueError) as error:
            return Replayed(case_id, steps, same=False, wrong_at=event.seq, why=str(error))
        digest = digest_of(state)
        if digest != body["state"]:
            return Replayed(case_id, steps, same=False, wrong_at=event.seq, why="digest")
    same = (digest, state) == (stored.state_digest, stored.state)
    return Replayed(case_id, steps, same=same, why="" if same else "stored state")


def _command(event: SealedEvent) -> Command:
    if event.payload is None:
        raise ValueError("payload erased")
    return commands.from_json(json.loads(event.payload)["command"])
