"""A county begins with the working days that are published already."""

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.calendar import COUNTY
from service.seeding import calendar_source, published_days
from service.store import calendars

CHAIN = f"calendar/{COUNTY}"


def seed_calendar(frame: Frame) -> int:
    """Fill the county's calendar, once: where it has days nothing is touched. Answers how many days were set."""
    if COUNTY in calendars.list_calendars(frame.tx):
        return 0
    days = published_days()
    calendars.put_days(frame.tx, COUNTY, days, at=frame.now, mark=frame.new_id(), by=frame.actor.person_id)
    facts = {
        "source": calendar_source(), "days": len(days), "first": days[0].day.isoformat(),
        "last": days[-1].day.isoformat(),
    }  # fmt: skip
    seal_chain_event(frame, CHAIN, EventFacts(type="calendar.seeded", facts=facts))
    return len(days)
