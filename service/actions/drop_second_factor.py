"""A person gives the second factor up, by a code of it: a stolen session alone cannot."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.codes import CheckCode, CodeRefused, code_counts
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.domain.accounts import SecondFactor, must_enrol
from service.domain.errors import Conflict, NotAllowed
from service.store import second_factors


@dataclass(frozen=True, slots=True)
class DropSecondFactor:
    """``policy``: the county's setting; where it demands a factor, none is dropped."""

    code: str
    check: CheckCode
    policy: SecondFactor = SecondFactor.OFFERED


def drop_second_factor(frame: Frame, order: DropSecondFactor) -> CodeRefused | None:
    """None when it is gone, with its recovery codes."""
    if must_enrol(order.policy, administrator=bool(frame.actor.roles)):
        raise NotAllowed("second-factor.demanded", verdict="second-factor-demanded")
    person = frame.actor.person_id
    factor = second_factors.lock_factor(frame.tx, person)
    if factor is None or factor.confirmed_at is None:
        raise Conflict("second-factor.none")
    refused = code_counts(frame, order.code, order.check)
    if refused:
        return refused
    second_factors.drop_factor(frame.tx, person)
    seal_chain_event(frame, actor_day_chain(person, frame.now), EventFacts(type="second-factor.dropped"))
    return None
