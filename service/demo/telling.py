"""What the tour tells while it goes on: plain values, so that a terminal, a page or a test can listen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """``name`` carries （虚构） as the service gives it."""

    login: str
    name: str
    post: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The tour begins with a new case, goes on with a running one (``resumed``), or finds it ended (``ended``)."""

    title: str
    key: str
    resumed: bool
    ended: bool
    done: int


@dataclass(frozen=True, slots=True)
class StepDone:
    """A person did a step. ``number`` counts over all cases of the story. ``late``: the act's day, when it was entered later."""

    number: int
    at: datetime
    person: Person
    task: str
    case_key: str
    title: str
    decision: str
    opinion: str
    late: str = ""


@dataclass(frozen=True, slots=True)
class MachineDone:
    """What the machine did in one case since it was last looked at: names of the diagram's steps."""

    case_key: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NowWaits:
    """``waits``: (what, with whom) of the case just moved; ``stage`` its business word. Empty when it has ended."""

    case_key: str
    stage: str
    waits: tuple[tuple[str, str], ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    at: datetime
    person: Person
    document: str
    reminded: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody tried what is not theirs."""

    person: Person
    task: str
    status: int
    why: str


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """``why``: the timer that is due then, or the step that is entered then."""

    before: datetime
    after: datetime
    why: str


Event = Opening | StepDone | MachineDone | NowWaits | ReceiptGiven | Refused | ClockMoved
OnEvent = Callable[[Event], None]
