"""A refused attempt is written down in a transaction of its own, in the chain of the actor's day."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event


@dataclass(frozen=True, slots=True)
class DeniedAttempt:
    """``what``: the verb or route; ``thing``: what it was aimed at, in the sender's words; ``code`` and ``message`` of the refusal."""

    what: str
    code: str
    message: str
    thing: str = ""


def record_denial(frame: Frame, attempt: DeniedAttempt) -> None:
    """Append ``attempt.denied`` to the actor-day chain."""
    facts = {"what": attempt.what, "code": attempt.code}
    personal = {"message": attempt.message, "thing": attempt.thing}  # anybody's text, so it must be erasable
    event = EventFacts(type="attempt.denied", facts=facts, personal=personal)
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), event)
