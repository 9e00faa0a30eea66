"""For auditors: every event of the house, denied attempts and sign-ins included, and whether all chains hold."""

from typing import Annotated

from fastapi import Query

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.verify_history import verify_history
from service.api.door import Door
from service.api.routes.common import new_router
from service.api.shapes.base import After, Limit, Listed, listed
from service.api.shapes.history import EventShown, VerifiedShown, event, verified
from service.domain.permission import Facts
from service.store import events

router = new_router("history")
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/events")
def list_events(
    door: Door, case: Filter = None, actor: Filter = None, type: Filter = None, after: After = None, limit: Limit = 50
) -> Listed[EventShown]:
    """Newest first. `type` e.g. `attempt.denied`, `session.begun`, `definition.deployed`."""

    def look(frame: Frame) -> Listed[EventShown]:
        allow(frame, "history.read", Facts())
        page = events.list_events(
            frame.tx, case_id=case, actor_id=actor, type=type, after=after, limit=limit, newest_first=True
        )
        return listed(page, event)

    return door.read(look)


@router.get("/history/verification")
def verification(door: Door) -> VerifiedShown:
    """Every chain checked against its head; the first event that does not hold is named, one for each broken chain."""

    def look(frame: Frame) -> VerifiedShown:
        allow(frame, "history.read", Facts())
        return verified(verify_history(frame.tx))

    return door.read(look)
