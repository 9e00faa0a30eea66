"""Boundary events: what happens beside or instead of the activity they sit on."""

import pytest

from service.engine.model import Complete, Deliver, FinishJob, WakeTimer
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    end,
    inclusive,
    message,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    task,
    timer,
    user,
)

KEY = '= "k"'
INSIDE = (start("s"), user("deep"), user("deeper"), end("e"), path("s", "deep", "deeper", "e"))


def on(host: str, event: str, *, interrupting: bool = True, key: str = "") -> Case:
    """A case that waits in ``host`` (id: host) with ``event`` on it; the event's road leads to the user task ``other``."""
    made = bundle(
        start(), host, boundary("event", "host", event, interrupting=interrupting, **({"oneseal__correlationKey": key} if key else {})),
        user("other"), user("last"), end(), path("start", "host", "last", "end"), path("event", "other", "end"),
        called={"called": INSIDE} if "callActivity" in host else {},
    )  # fmt: skip
    return Case(made, n=0)


HOSTS = {
    "user": user("host"), "job": service("host"), "subprocess": sub("host", *INSIDE), "called": call("host", "called"),
}  # fmt: skip
EVENTS = {"timer": timer(), "message": message(), "signal": signal()}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("event", EVENTS)
def test_it_interrupts(host: str, event: str) -> None:
    case = on(HOSTS[host], EVENTS[event], key=KEY if event == "message" else "")
    waiting = [w for w in case.waits.values() if not w.host]
    guard = case.wait("event")
    assert (guard.kind, guard.host, guard.key) == (event, 1 + 1, "k" if event == "message" else "")
    case.step(WakeTimer(guard.number) if event == "timer" else Deliver(guard.number, {"seen": 1}))
    assert case.open == ["other"]
    assert case.wait("other").data == {"n": 0} | ({} if event == "timer" else {"seen": 1})
    for wait in waiting:
        command = (FinishJob if wait.kind == "job" else Complete)(wait.number, {})
        assert case.refuses(command).code == "not-waiting"
    assert case.does("other").status == "completed"


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("event", EVENTS)
def test_it_happens_beside_the_work(host: str, event: str) -> None:
    case = on(HOSTS[host], EVENTS[event], interrupting=False, key=KEY if event == "message" else "")
    case.wakes("event") if event == "timer" else case.hears("event", seen=1)
    assert len(case.open) == 2
    if event == "timer":
        assert "event" not in {w.element for w in case.waits.values()}, "a timer fires once"
    else:
        case.hears("event", seen=2)
        assert case.open.count("other") == 2, "a message may come again"
        case.does("other")
    case.does("other", aside=1)
    while "last" not in case.open:
        first = min(case.waits.values(), key=lambda w: (bool(w.host), w.number))
        case.step((FinishJob if first.kind == "job" else Complete)(first.number, {"n": 1}))
    assert not [w for w in case.waits.values() if w.host], "the guard ends with its host"
    case.does("last")
    assert case.status == "completed"
    assert case.variables == {"n": 1, "aside": 1} | ({} if event == "timer" else {"seen": 2})


def test_it_takes_along_what_stands_in_the_subprocess() -> None:
    case = on(HOSTS["subprocess"], timer()).does("deep", n=5)
    assert case.wakes("event").wait("other").data == {"n": 5}


def test_it_ends_with_its_host() -> None:
    case = on(HOSTS["user"], timer())
    number = case.number("event")
    case.does("host")
    assert case.refuses(WakeTimer(number)).code == "not-waiting"


def test_it_keeps_what_the_host_changed_after_the_event() -> None:
    """The road beside carries old values to the join; what the host did meanwhile is newer."""
    inside = (start("s"), user("deep"), user("deeper"), end("e"), path("s", "deep", "deeper", "e"))
    made = bundle(
        start(), sub("host", *inside), boundary("event", "host", timer(), interrupting=False), user("aside"),
        inclusive("join"), user("last"), end(), path("start", "host", "join", "last", "end"),
        path("event", "aside", "join"),
    )  # fmt: skip
    case = Case(made, x=0).does("deep", x=1).wakes("event").does("deeper", x=2).does("aside", y=1)
    assert case.wait("last").data == {"x": 2, "y": 1}
    case = Case(made, x=0).does("deep", x=1).wakes("event").does("aside", y=1).does("deeper", x=2)
    assert case.wait("last").data == {"x": 2, "y": 1}


def test_it_takes_a_job_away_while_somebody_works_on_it() -> None:
    """The worker holds the job when the case is withdrawn: what he brings later is refused and changes nothing."""
    case = on(HOSTS["job"], message(), key=KEY)
    job = case.number("host")
    case.hears("event")
    state = case.state
    assert case.refuses(FinishJob(job, {"n": 9})).code == "not-waiting"
    assert case.state == state


def test_it_works_out_its_key_when_the_host_opens() -> None:
    made = bundle(
        start(), user("a"), user("host"), boundary("event", "host", message(), oneseal__correlationKey="= id"), end(),
        path("start", "a", "host", "end"), path("event", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {})).element == "event"
    assert case.does("a", id="17").wait("event").key == "17"


def test_it_interrupts_a_branch_and_still_joins() -> None:
    made = bundle(
        start(), parallel("fork"), user("host"), boundary("event", "host", timer()), task("instead"), user("b"),
        inclusive("m"), parallel("join"), user("last"), end(), path("start", "fork", "host", "m", "join", "last", "end"),
        path("event", "instead", "m"), path("fork", "b", "join"),
    )  # fmt: skip
    case = Case(made, x=0).does("b", x=1).wakes("event")
    assert case.open == ["last"]
    assert case.wait("last").data == {"x": 1}


def test_it_ends_everything_inside_when_an_outer_host_is_interrupted() -> None:
    inner = sub(
        "inner",
        start("s2"),
        user("deep"),
        boundary("near", "deep", timer()),
        end("e2"),
        path("s2", "deep", "e2"),
        path("near", "e2"),
    )
    made = bundle(
        start(), sub("host", start("s"), inner, end("e"), path("s", "inner", "e")), boundary("event", "host", signal()),
        end(), path("start", "host", "end"), path("event", "end"),
    )  # fmt: skip
    case = Case(made).hears("event")
    assert case.status == "completed"
    assert {t.element for t in case.trail if t.outcome == "cancelled"} == {"host", "inner", "deep"}
