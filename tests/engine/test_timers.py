"""What a timer waits for when the diagram gives an expression."""

import pytest

from service.engine.model import (
    Complete,
)
from tests.engine.case import Case
from tests.engine.diagram import (
    catch,
    line,
    timer,
    user,
)


@pytest.mark.parametrize(
    ("source", "value", "kind", "found"),
    [
        ('= "P" + string(n) + "D"', 3, "timeDuration", "P3D"),
        ('= duration("PT36H")', 0, "timeDuration", "P1DT43200S"),
        ('= duration("P1Y2M")', 0, "timeDuration", "P1Y2M"),
        ('= date("2026-12-01")', 0, "timeDate", "2026-12-01"),
        ('= date and time("2026-12-01T08:00:00+08:00")', 0, "timeDate", "2026-12-01T08:00:00+08:00"),
    ],
)
def test_it_works_out_timers(source: str, value: int, kind: str, found: str) -> None:
    due = Case(line(catch("later", timer(source, kind))), n=value).wait("later").timer
    assert due
    assert due.value == found


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('= "-PT5M"', "timeDuration"), ('= "P99999999Y"', "timeDuration"), ('= "30 days"', "timeDuration"),
        ("= null", "timeDuration"), ('= duration("-P1D")', "timeDuration"), ('= duration("P0D")', "timeDuration"),
        ("= 5", "timeDuration"), ('= "tomorrow"', "timeDate"), ('= time("08:00:00")', "timeDate"),
    ],
)  # fmt: skip
def test_it_refuses_times_that_cannot_come(source: str, kind: str) -> None:
    case = Case(line(user("a"), catch("later", timer(source, kind))))
    failed = case.refuses(Complete(case.number("a"), {}))
    assert (failed.code, failed.element, failed.expression) == ("expression", "later", source)


def test_it_wants_whole_days_when_working_days_are_counted() -> None:
    case = Case(line(user("a"), catch("later", timer("= wait", unit="workdays"))))
    assert case.refuses(Complete(case.number("a"), {"wait": "PT36H"})).code == "expression"
    assert case.does("a", wait="P2D").open == ["later"]
