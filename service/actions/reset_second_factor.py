"""The security administrator takes a lost second factor off an account; the person sets up a new one."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import Changed, end_access, lock_another, seal_change
from service.actions.parts.codes import forget_codes
from service.domain.errors import Conflict
from service.store import second_factors


@dataclass(frozen=True, slots=True)
class ResetSecondFactor:
    person_id: str
    if_match: int | None = None


def reset_second_factor(frame: Frame, order: ResetSecondFactor) -> Changed:
    """With its recovery codes; sessions end. Conflict when there is none."""
    row = lock_another(frame, "second-factor.reset", order.person_id, if_match=order.if_match)
    if not second_factors.drop_factor(frame.tx, order.person_id):
        raise Conflict("second-factor.none_of", name=row.name)
    forget_codes(frame, order.person_id)
    ended, _ = end_access(frame, order.person_id, with_tokens=False)
    return Changed(seal_change(frame, order.person_id, "second-factor.reset", facts={"sessions": ended}), ended)
