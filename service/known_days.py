"""The working days that are known when a county begins: from the yearly notices of the State Council, as a library holds them."""

from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar

FIRST_DAY = date(2004, 1, 1)
LAST_DAY = date(2026, 12, 31)  # later years stay provisional until their notice is entered


def working_days() -> dict[date, bool]:
    """Every day the library knows: True for a working day. Holidays and 调休 come from the yearly notices of the State Council."""
    count = (LAST_DAY - FIRST_DAY).days + 1
    days = (FIRST_DAY + timedelta(days=n) for n in range(count))
    return {day: chinese_calendar.is_workday(day) for day in days}


def calendar_source() -> str:
    return f"chinesecalendar {version('chinesecalendar')}"
