"""One session ends: one's own from the list, or somebody's whom the security administrator puts out."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_any, seal_change
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.domain.errors import NotFound
from service.store import sessions


@dataclass(frozen=True, slots=True)
class EndSession:
    """``person_id`` empty: one's own."""

    session_id: str
    person_id: str = ""


def end_session(frame: Frame, order: EndSession) -> None:
    """NotFound when it is over already, or is not that person's."""
    own = order.person_id in ("", frame.actor.person_id)
    if not own:
        lock_any(frame, "session.end", order.person_id)
    person = order.person_id or frame.actor.person_id
    if not sessions.end_session_of(frame.tx, order.session_id, person_id=person, at=frame.now):
        raise NotFound("session.unknown", id=order.session_id[:60])
    if own:
        event = EventFacts(type="session.ended", facts={"session": order.session_id})
        seal_chain_event(frame, actor_day_chain(person, frame.now), event)
    else:
        seal_change(frame, person, "session.ended", facts={"session": order.session_id})
