"""A person begins to set up a second factor: the secret is shown once, and counts when a code proves that the phone has it."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.domain.accounts import SecondFactor
from service.domain.errors import Conflict, NotAllowed
from service.store import accounts, second_factors
from service.store.second_factors import Factor


@dataclass(frozen=True, slots=True)
class BeginSecondFactor:
    """``sealed``: the secret, encrypted by the door. ``policy``: the county's setting."""

    sealed: str
    policy: SecondFactor = SecondFactor.OFFERED


def begin_second_factor(frame: Frame, order: BeginSecondFactor) -> None:
    """Whoever begins again before confirming has a new secret. Conflict when one is in use; that is dropped first."""
    if order.policy is SecondFactor.OFF:
        raise NotAllowed("second-factor.off", verdict="second-factor-off")
    person = frame.actor.person_id
    accounts.lock_account(frame.tx, person)
    known = second_factors.lock_factor(frame.tx, person)
    if known and known.confirmed_at:
        raise Conflict("second-factor.exists")
    second_factors.put_factor(frame.tx, Factor(person, order.sealed, frame.now, None, last_step=0))
