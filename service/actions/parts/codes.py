"""A second factor is shown: a code of the phone or a recovery code. Each counts once, and guessing stops after a few."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.domain.accounts import LOCK_FOR, PAIR
from service.store import second_factors, sign_ins
from service.store.second_factors import Factor

CheckCode = Callable[[Factor, str], int | None]
"""The half-minute whose code this is, or None. Comes from the door, which holds the key of the sealed secrets."""

NOWHERE = "-"  # no address: whoever guesses codes knows the password already, so all addresses count together
SEPARATORS = str.maketrans("", "", " -")


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """``locked_until``: after too many wrong codes no code counts before then."""

    locked_until: datetime | None = None


def code_counts(frame: Frame, code: str, check: CheckCode) -> CodeRefused | None:
    """None when the code is good, and spent with this. For a confirmed factor of the acting person."""
    factor = second_factors.lock_factor(frame.tx, frame.actor.person_id)  # first: tries at once are counted one by one
    closed = closed_until(frame)
    if closed:
        return CodeRefused(closed)
    bare = code.strip().translate(SEPARATORS)
    if factor and factor.confirmed_at and (_of_phone(frame, factor, bare, check) or _of_paper(frame, bare)):
        sign_ins.clear_failures(frame.tx, login_hash=_key(frame.actor.person_id))
        return None
    return refuse_code(frame)


def refuse_code(frame: Frame) -> CodeRefused:
    """Count a wrong code, in the history too."""
    sign_ins.add_failure(
        frame.tx, frame.new_id(), login_hash=_key(frame.actor.person_id), address=NOWHERE, at=frame.now
    )
    until = closed_until(frame)
    event = EventFacts(type="second-factor.refused", facts={"locked": until is not None})
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), event)
    return CodeRefused(until)


def forget_codes(frame: Frame, person_id: str) -> int:
    """Wrong codes of a person count no more; answers how many there were."""
    return sign_ins.clear_failures(frame.tx, login_hash=_key(person_id))


def _of_phone(frame: Frame, factor: Factor, code: str, check: CheckCode) -> bool:
    """A code seen once counts no more: whoever looks over the shoulder has nothing."""
    step = check(factor, code) if code.isdigit() else None
    if step is None or step <= factor.last_step:
        return False
    second_factors.note_step(frame.tx, factor.person_id, step)
    return True


def _of_paper(frame: Frame, code: str) -> bool:
    hashed = token_hash(code.upper())
    if not second_factors.use_code(frame.tx, frame.actor.person_id, hashed, at=frame.now):
        return False
    left = second_factors.codes_left(frame.tx, frame.actor.person_id)
    event = EventFacts(type="recovery-code.used", facts={"left": left})
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), event)
    return True


def closed_until(frame: Frame) -> datetime | None:
    """After too many wrong codes of this person."""
    found = sign_ins.failures(frame.tx, since=frame.now - LOCK_FOR, login_hash=_key(frame.actor.person_id))
    return found.last + LOCK_FOR if found.count >= PAIR.most and found.last else None


def _key(person_id: str) -> str:
    return token_hash(f"second-factor/{person_id}")
