"""A refused attempt is written down in a transaction of its own, in the chain of the actor's day."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event


@dataclass(frozen=True, slots=True)
class DeniedAttempt:
    """``what``: the verb or route; ``thing``: id of what it was aimed at; ``code`` and ``message`` of the refusal."""

    what: str
    code: str
    message: str
    thing: str = ""


def record_denial(frame: Frame, attempt: DeniedAttempt) -> None:
    """Append ``attempt.denied`` to the actor-day chain."""
    facts = {"what": attempt.what, "code": attempt.code, "thing": attempt.thing}
    event = EventFacts(type="attempt.denied", facts=facts, personal={"message": attempt.message})
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), event)
