"""开局检查: what is missing before the first case, for the three administrators."""

from fastapi import APIRouter, Response

from service.actions.frame import Frame
from service.actions.look_at_readiness import look_at_readiness
from service.domain.readiness import State, is_ready
from service.pages.door import Door
from service.pages.page import Page

router = APIRouter()
MARKS = {State.OK: "green", State.DOUBTFUL: "amber", State.LACKING: "red"}


@router.get("/start-check")
def start_check(door: Door) -> Response:
    def look(frame: Frame) -> Page:
        checks = look_at_readiness(frame)
        return Page("readiness/show.html", checks=checks, ready=is_ready(checks), marks=MARKS)

    return door.show(look)
