"""Rule ``timers``: times that can come."""

import pytest

from tests.engine.diagram import boundary, catch, end, event_sub, path, problems, start, timer, user


def texts(definition: str) -> list[str]:
    return [
        p.message for p in problems(start(), catch("t", definition), end(), path("start", "t", "end"), rule="timers")
    ]


@pytest.mark.parametrize("value", ["P30D", "PT48H", "P1Y2M3DT4H5M6S", "P2W", "P10Y", '= "P" + string(days) + "D"'])
def test_it_accepts_durations(value: str) -> None:
    assert texts(timer(value)) == []


@pytest.mark.parametrize(
    "value",
    ["", "-PT5M", "P", "PT", "P0D", "PT0S", "30 days", "P99999999Y", "P11Y", "R3/PT10M", '"PT1H"', "p1d", "P1.5D", "1"],
)
def test_it_refuses_what_is_no_duration(value: str) -> None:
    assert texts(timer(value)) == [
        f"定时“{value}”不对：须为大于0、不超过10年的ISO 8601时长（工作日只能写整天），或带时区的日期。"
    ]


@pytest.mark.parametrize("value", ["2026-12-01T08:00:00+08:00", "2026-12-01T00:00:00Z", '= date("2026-12-01")'])
def test_it_accepts_dates(value: str) -> None:
    assert texts(timer(value, "timeDate")) == []


@pytest.mark.parametrize("value", ["2026-12-01", "2026-12-01T08:00:00", "2026-13-01T08:00:00Z", "tomorrow", "P1D", ""])
def test_it_refuses_dates_that_do_not_say_which_clock(value: str) -> None:
    assert len(texts(timer(value, "timeDate"))) == 1


def beside(definition: str, *, interrupting: bool = False) -> list[str]:
    parts = (
        start(),
        user("host"),
        boundary("t", "host", definition, interrupting=interrupting),
        end(),
        path("start", "host", "end"),
        path("t", "end"),
    )
    return [p.message for p in problems(*parts, rule="timers")]


@pytest.mark.parametrize("value", ["R/PT1H", "R3/PT10M", "R10000/P1D", "R1/PT60S"])
def test_it_accepts_cycles_beside_what_goes_on(value: str) -> None:
    assert beside(timer(value, "timeCycle")) == []
    parts = (start(), end(), path("start", "end"), event_sub("help", timer(value, "timeCycle"), interrupting=False))
    assert problems(*parts, rule="timers") == []


@pytest.mark.parametrize(
    "value", ["0 0 * * *", "R3/PT59S", "R10001/P1D", "R0/P1D", "R3/", "PT10M", "R3/P99999999Y", "R-1/P1D", "= x", ""]
)
def test_it_refuses_cycles_that_never_come_or_for_ever(value: str) -> None:
    assert beside(timer(value, "timeCycle")) == [
        f"周期“{value}”不对：应如 R3/PT10M 或 R/P1D，周期不短于1分钟，最多10000次。"
    ]


def test_it_refuses_cycles_where_nothing_goes_on_beside() -> None:
    told = ["周期定时（timeCycle）只能用在非中断的边界事件或非中断的事件子流程上。"]
    assert beside(timer("R3/P1D", "timeCycle"), interrupting=True) == told
    assert texts(timer("R3/P1D", "timeCycle")) == told
    assert beside(timer("R3/P1D", "timeCycle", unit="workdays")) == ["周期定时（timeCycle）不能按工作日计算。"]


def test_it_counts_working_days_in_whole_days() -> None:
    assert texts(timer("P3D", unit="workdays")) == []
    assert len(texts(timer("PT8H", unit="workdays"))) == 1
    assert len(texts(timer("P1W", unit="workdays"))) == 1
    assert texts(timer("P3D", unit="days")) == ["定时单位“days”不对：calendar 或 workdays。"]
    date = timer("2026-12-01T08:00:00+08:00", "timeDate", unit="workdays")
    assert texts(date) == ["定时日期（timeDate）不能按工作日计算。"]


def test_it_refuses_no_time_and_two_times() -> None:
    assert len(texts("<timerEventDefinition/>")) == 1
    two = "<timerEventDefinition><timeDuration>P1D</timeDuration><timeDate>2026-12-01T08:00:00Z</timeDate></timerEventDefinition>"
    assert texts(two) == ["一个定时器只能写一种时间，现有2种。"]
