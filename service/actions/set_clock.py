"""In demo and tests the clock may be moved forward, so that a 30-day timer passes without a shortened diagram."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.errors import Invalid
from service.store import clock
from service.store.session import notify_work

FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class SetClock:
    """``moment``: what "now" shall be, aware and later than now."""

    moment: datetime


def set_clock(frame: Frame, order: SetClock) -> datetime:
    """The new now. Every later event carries ``clock: demo``; the door refuses this outside demo mode."""
    if order.moment.tzinfo is None or not frame.now <= order.moment <= frame.now + FARTHEST:
        raise Invalid("clock.range", now=frame.now.isoformat(), days=FARTHEST.days)
    seal_chain_event(frame, "clock/demo", EventFacts(type="clock.moved", facts={"to": order.moment.isoformat()}))
    clock.set_clock_offset(frame.tx, clock.clock_offset(frame.tx) + (order.moment - frame.now))
    notify_work(frame.tx)
    return order.moment
