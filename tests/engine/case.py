"""One case of a small diagram. Each verb names the element it acts on; every step is checked against what must always hold."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from service.engine import run
from service.engine.model import (
    Bundle,
    Cancel,
    Command,
    Complete,
    Deliver,
    EngineError,
    FinishJob,
    RaiseError,
    Return,
    Start,
    Step,
    Thrown,
    Trail,
    Wait,
    WakeTimer,
)

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Case:
    """``Case(bundle, x=1).does("a", y=2)``: what it waits for is in ``open``, what it has done in ``trail``."""

    def __init__(self, bundle: Bundle, message: str = "", **data: Any) -> None:
        self.bundle = bundle
        self.state: bytes | None = None
        self.status = "active"
        self.trail: list[Trail] = []
        self.thrown: list[Thrown] = []
        self.variables: Mapping[str, Any] = {}
        self.waits: dict[int, Wait] = {}
        self.last: Step | None = None
        self.step(Start(data, message))

    @property
    def open(self) -> list[str]:
        """Elements that wait, boundary events left out, one entry for each token."""
        return sorted(w.element for w in self.waits.values() if not w.host)

    @property
    def passed(self) -> list[str]:
        """Elements the tokens completed, in order."""
        return [t.element for t in self.trail if t.outcome == "completed"]

    def number(self, element: str, **having: Any) -> int:
        """The oldest wait of the element, of those whose variables are as said."""
        found = [
            w.number
            for w in sorted(self.waits.values(), key=lambda w: w.number)
            if w.element == element and all(w.data.get(name) == value for name, value in having.items())
        ]
        assert found, f"{element} does not wait; waiting: {self.open}"
        return found[0]

    def wait(self, element: str, **having: Any) -> Wait:
        return self.waits[self.number(element, **having)]

    def does(self, element: str, /, **data: Any) -> "Case":
        return self.step(Complete(self.number(element), data))

    def handles(self, element: str, /, **data: Any) -> "Case":
        return self.step(FinishJob(self.number(element), data))

    def fails(self, element: str, code: str, /, **data: Any) -> "Case":
        return self.step(RaiseError(self.number(element), code, data))

    def wakes(self, element: str) -> "Case":
        return self.step(WakeTimer(self.number(element)))

    def hears(self, element: str, /, **data: Any) -> "Case":
        return self.step(Deliver(self.number(element), data))

    def returns(self, element: str, target: str, /, **data: Any) -> "Case":
        return self.step(Return(self.number(element), target, data))

    def cancels(self) -> "Case":
        return self.step(Cancel())

    def refuses(self, command: Command) -> EngineError:
        """The step fails; the case is as before."""
        with pytest.raises(EngineError) as refusal:
            run.apply(self.bundle, self.state, command, at=AT)
        return refusal.value

    def step(self, command: Command) -> "Case":
        found = run.apply(self.bundle, self.state, command, at=AT)
        again = run.apply(self.bundle, self.state, command, at=AT)
        assert found == again, "the same command on the same state gives the same step"
        self._keep_book(found)
        self.state, self.status, self.last = found.state, found.status, found
        self.trail += found.trail
        self.thrown += found.thrown
        self.variables = found.variables
        return self

    def _keep_book(self, found: Step) -> None:
        """What was opened and closed must be just what the stored state waits for, with the same variables."""
        for closed in found.closed:
            gone = self.waits.pop(closed.number)
            assert (gone.element, gone.kind) == (closed.element, closed.kind)
        for wait in found.opened:
            assert wait.number not in self.waits
            self.waits[wait.number] = wait
        stored = run.waits(self.bundle, found.state)
        assert stored == tuple(w for _, w in sorted(self.waits.items()))
        if found.status != "active":
            assert not self.waits
            assert not any(room[5] for room in json.loads(found.state)["rooms"]), "no token is left"
