"""The clock of a demo. In service there is nothing here to move."""

from datetime import datetime

from fastapi import Response
from pydantic import AwareDatetime, ConfigDict

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.set_clock import SetClock, set_clock
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import Given, Shown
from service.domain.errors import Conflict
from service.domain.permission import Facts

router = new_router("demo")


class ClockShown(Shown):
    """The time the house goes by."""

    now: datetime
    demo: bool
    moved: bool


class ClockGiven(Given):
    """Forward only."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"to": "2026-12-24T09:00:00+08:00"}]})

    to: AwareDatetime


@router.get("/demo/clock")
def show_clock(door: Door) -> ClockShown:
    """Whether this is a demo, and what time it is there."""
    return door.read(lambda frame: ClockShown(now=frame.now, demo=door.house.clock.demo, moved=bool(frame.clock)))


@router.post("/demo/clock", response_model=ClockShown, responses=WRITE_PROBLEMS)
def move_clock(door: Door, body: ClockGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """So that a 30-day timer passes without a shortened diagram; every later event says `clock: demo`."""

    def act(frame: Frame) -> Answer:
        if not door.house.clock.demo:
            raise Conflict("demo.off")
        allow(frame, "clock.set", Facts())
        return Answer(ClockShown(now=set_clock(frame, SetClock(body.to)), demo=True, moved=True))

    return door.write(act)
