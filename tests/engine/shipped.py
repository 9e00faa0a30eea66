"""The shipped bundles, and a walker that plays one of them with the engine alone: people and handlers are the test's own words."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from service.domain.posts import POSTS
from service.engine import run
from service.engine.model import (
    Bundle,
    Command,
    Complete,
    Deliver,
    Element,
    FinishJob,
    RaiseError,
    Return,
    Start,
    Step,
    Thrown,
    Wait,
    WakeTimer,
)  # fmt: skip
from service.engine.read import read_bundle

ROOT = Path(__file__).parents[2] / "bpmn"
NAMES = tuple(tomllib.loads((ROOT / "bundles.toml").read_text("utf-8")))
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def listed_handlers() -> frozenset[str]:
    """Every handler that handlers.md tells of: the first cell of its tables' rows."""
    lines = (ROOT / "handlers.md").read_text("utf-8").splitlines()
    return frozenset(line.split("`")[1] for line in lines if line.startswith("| `"))


def files_of(name: str) -> dict[str, bytes]:
    """Path below bpmn/ -> content, as bundles.toml lists them."""
    patterns = tomllib.loads((ROOT / "bundles.toml").read_text("utf-8"))[name]["files"]
    return {p.relative_to(ROOT).as_posix(): p.read_bytes() for pattern in patterns for p in ROOT.glob(pattern)}


@cache
def shipped(name: str) -> Bundle:
    return read_bundle(files_of(name), handlers=listed_handlers(), posts=POSTS)


class Walk:
    """One case of a shipped bundle. Every verb names the element it acts on; it must be waiting."""

    def __init__(self, name: str, /, message: str = "", **data: Any) -> None:
        self.bundle = shipped(name)
        self.thrown: list[Thrown] = []
        self.trail: list[str] = []
        self.variables: Mapping[str, Any] = {}
        self.state: bytes | None = None
        self.status = "active"
        house = {"case_id": "case-1", "business_key": "k", "initiator": "p", "township_id": "huotian"}
        house |= {"township_name": "火田镇人民政府", "township_short": "火田", "center_id": "huotian-center"}
        self._step(Start(house | {"department_id": "nongye", "department_name": "县农业农村局"} | data, message))

    @property
    def waits(self) -> tuple[Wait, ...]:
        return run.waits(self.bundle, self.state or b"") if self.status == "active" else ()

    @property
    def open(self) -> set[str]:
        """Elements that wait for a person, a job or a message; timers and boundary events are left out."""
        return {w.element for w in self.waits if w.kind in ("user", "job", "message") and not w.host}

    def wait(self, element: str) -> Wait:
        """The first wait of the element; of a multi-instance, the first instance still open."""
        found = [w for w in self.waits if w.element == element]
        assert found, f"{element} does not wait; waiting: {sorted(w.element for w in self.waits)}"
        return found[0]

    def element(self, id: str) -> Element:
        return self.bundle.elements[id]

    def does(self, element: str, **data: Any) -> "Walk":
        """A person completes the task."""
        return self._step(Complete(self.wait(element).number, data))

    def handles(self, element: str, **data: Any) -> "Walk":
        """The machine finishes the job."""
        return self._step(FinishJob(self.wait(element).number, data))

    def fails(self, element: str, code: str) -> "Walk":
        return self._step(RaiseError(self.wait(element).number, code))

    def wakes(self, element: str) -> "Walk":
        return self._step(WakeTimer(self.wait(element).number))

    def hears(self, element: str, **data: Any) -> "Walk":
        return self._step(Deliver(self.wait(element).number, data))

    def returns(self, element: str, target: str) -> "Walk":
        assert target in self.element(element).return_to
        return self._step(Return(self.wait(element).number, target))

    def _step(self, command: Command) -> "Walk":
        step: Step = run.apply(self.bundle, self.state, command, at=AT)
        self.state, self.status, self.variables = (step.state, step.status, step.variables)
        self.thrown += step.thrown
        self.trail += [t.element for t in step.trail]
        return self
