"""Whether this program can go on with every running case: its diagrams compile, its stored state is read, its waits are found."""

from dataclasses import dataclass

from service.actions.frame import Bundles
from service.domain.errors import NotFound
from service.engine import run
from service.engine.model import EngineError, Refused
from service.store import cases
from service.store.session import Transaction


@dataclass(frozen=True, slots=True)
class Unreadable:
    case_id: str
    why: str


@dataclass(frozen=True, slots=True)
class StatesChecked:
    """``live``: ids of the cases that are not ended, oldest first."""

    live: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]


def check_states(tx: Transaction, *, bundles: Bundles) -> StatesChecked:
    """Read only; one case in memory at a time."""
    live = cases.live_case_ids(tx)
    found = (_unreadable(tx, id, bundles) for id in live)
    return StatesChecked(tuple(live), tuple(each for each in found if each))


def _unreadable(tx: Transaction, case_id: str, bundles: Bundles) -> Unreadable | None:
    stored = cases.case_with_state(tx, case_id)
    assert stored
    try:
        run.waits(bundles.get(tx, stored.bundle_digest), stored.state)
    except (EngineError, Refused, NotFound) as error:
        return Unreadable(case_id, str(error))
    return None
