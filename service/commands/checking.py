"""What is looked at after data was moved: every chain, every live case's state, and cases rebuilt from their history."""

from dataclasses import dataclass

from service.actions.check_states import StatesChecked, check_states
from service.actions.frame import Bundles
from service.actions.replay_case import Replayed, replay_case
from service.actions.verify_history import Verified, verify_history
from service.commands.terminal import tell
from service.domain.texts import say
from service.store import cases
from service.store.session import Transaction


@dataclass(frozen=True, slots=True)
class Checked:
    """``replays`` counts the cases rebuilt; ``differing`` are those that did not come out the same."""

    verified: Verified
    states: StatesChecked
    replays: int
    differing: tuple[Replayed, ...]

    @property
    def good(self) -> bool:
        return not (self.verified.breaks or self.states.unreadable or self.differing)

    @property
    def goes_on(self) -> bool:
        """Whether this program can work with the data: a break in the history is told, but is none of the program's making."""
        return not (self.states.unreadable or self.differing)

    def tell(self) -> None:
        """Every finding, then the sums."""
        for broken in self.verified.breaks:
            tell(say("cli.broken", chain=broken.chain, seq=broken.seq, what=say(f"break.{broken.what}")))
        for bad in self.states.unreadable:
            tell(say("check.unreadable", case=bad.case_id, why=bad.why))
        for other in self.differing:
            tell(say("cli.replay_differs", case=other.case_id, event=other.wrong_at, why=other.why))
        key = "cli.verify_failed" if self.verified.breaks else "cli.verified"
        found = self.verified
        tell(say(key, chains=found.chains, events=found.events, breaks=len(found.breaks)))
        tell(say("check.states", live=len(self.states.live), unreadable=len(self.states.unreadable)))
        tell(say("cli.replayed_all", count=self.replays, wrong=len(self.differing)))


def check_all(tx: Transaction, bundles: Bundles, *, replayed: int | None) -> Checked:
    """``replayed``: how many of the live cases to rebuild, spread evenly; None means every case, ended ones too."""
    states = check_states(tx, bundles=bundles)
    chosen = cases.all_case_ids(tx) if replayed is None else _spread(states.live, replayed)
    results = [replay_case(tx, id, bundles=bundles) for id in chosen]
    differing = tuple(result for result in results if not result.same)
    return Checked(verify_history(tx), states, len(results), differing)


def _spread(ids: tuple[str, ...], count: int) -> list[str]:
    """At most ``count`` of them, from the oldest to the newest."""
    if count >= len(ids):
        return list(ids)
    return [ids[n * len(ids) // count] for n in range(count)]
