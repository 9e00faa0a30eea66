"""A person signs out everywhere, or the security administrator signs somebody out everywhere."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_any, seal_change
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.store import sessions


@dataclass(frozen=True, slots=True)
class EndSessions:
    """``person_id`` empty: one's own, the one that asks too."""

    person_id: str = ""


def end_sessions(frame: Frame, order: EndSessions) -> int:
    """How many ended. None is no error: the person is out, as was wanted."""
    own = order.person_id in ("", frame.actor.person_id)
    if not own:
        lock_any(frame, "session.end", order.person_id)
    person = order.person_id or frame.actor.person_id
    ended = sessions.end_sessions(frame.tx, person, at=frame.now)
    if own:
        event = EventFacts(type="sessions.ended", facts={"sessions": ended})
        seal_chain_event(frame, actor_day_chain(person, frame.now), event)
    elif ended:
        seal_change(frame, person, "sessions.ended", facts={"sessions": ended})
    return ended
