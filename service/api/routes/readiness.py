"""开局检查: what is missing before the first case, for the three administrators."""

from service.actions.look_at_readiness import look_at_readiness
from service.api.door import Door
from service.api.routes.common import new_router
from service.api.shapes.readiness import ReadinessShown, readiness

router = new_router("operating")


@router.get("/readiness")
def show_readiness(door: Door) -> ReadinessShown:
    """What a county still lacks before a township can begin its first batch and bring it to its end. Nothing is changed."""
    return door.read(lambda frame: readiness(look_at_readiness(frame)))
