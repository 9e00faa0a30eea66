"""开局检查: what has to be there before a county's main job can go from its first list to the ledger, as values."""

from dataclasses import dataclass
from enum import StrEnum

MAIN = ("seal_authorisation", "form_self_check", "department_sign_off")
"""The processes of the main job: a batch begins the other two by itself (``handlers/find_or_start_*``)."""


class State(StrEnum):
    """``LACKING``: a case would stand still or could not begin. ``DOUBTFUL``: work goes on, somebody should look."""

    OK = "ok"
    DOUBTFUL = "doubtful"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing that is not as it should be."""

    state: State
    sentence: str


@dataclass(frozen=True, slots=True)
class Check:
    """``key``: text ``readiness.check.<key>``. ``told``: how things stand in one sentence, may be empty."""

    key: str
    findings: tuple[Finding, ...] = ()
    told: str = ""

    @property
    def state(self) -> State:
        states = {finding.state for finding in self.findings}
        if State.LACKING in states:
            return State.LACKING
        return State.DOUBTFUL if states else State.OK


def is_ready(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is lacking."""
    return all(check.state is not State.LACKING for check in checks)
