"""An auditor checks every chain against its head; the first event that does not hold is named."""

from dataclasses import dataclass

from service.domain.history import Break, first_break
from service.store import events
from service.store.session import Transaction


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
        broken = first_break(events.read_chain(tx, chain), chain=chain, head_seq=head_seq, head_hash=head_hash)
        chains, count = chains + 1, count + head_seq
        if broken:
            breaks.append(broken)
    return Verified(chains, count, tuple(breaks))
