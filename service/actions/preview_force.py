"""What a skip or a jump would do, computed by the engine on a copy. Nothing is written."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.repairing import Foreseen, foreseen
from service.domain.errors import NotFound
from service.domain.permission import Facts
from service.engine.model import Command, Jump, Skip
from service.store import cases


@dataclass(frozen=True, slots=True)
class PreviewForce:
    """A skip, or a jump when there is a ``target``."""

    case_id: str
    number: int
    target: str = ""


def preview_force(frame: Frame, order: PreviewForce) -> Foreseen:
    """Whoever may force sees it, without what the case holds."""
    allow(frame, "case.force", Facts())
    case = cases.case_with_state(frame.tx, order.case_id)
    if case is None:
        raise NotFound("case.unknown", id=order.case_id)
    command: Command = Jump(order.number, order.target) if order.target else Skip(order.number)
    return foreseen(frame, case, command)
