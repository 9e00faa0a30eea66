"""A number that does not wait, or waits for something else, moves nothing."""

from typing import Any

import pytest

from service.engine import run
from service.engine.model import (
    Cancel,
    Command,
    Complete,
    Deliver,
    FinishJob,
    RaiseError,
    Return,
    Start,
    WakeTimer,
)
from tests.engine.case import Case
from tests.engine.diagram import (
    bundle,
    catch,
    each,
    end,
    flow,
    line,
    message,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    timer,
    user,
    xor,
)


def crossroads() -> Case:
    """A case with a wait of every kind, an open multi-instance and a subprocess."""
    made = bundle(
        start(), parallel("fork"), user("person"), service("job"), catch("clock", timer()),
        catch("post", message(), oneseal__correlationKey='= "k"'), catch("bell", signal()), user("many", each()),
        sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e")), parallel("join"), end(),
        path("start", "fork"), path("join", "end"),
        *(path("fork", id, "join") for id in ("person", "job", "clock", "post", "bell", "many", "inner")),
    )  # fmt: skip
    return Case(made, items=[1, 2])


COMMANDS: dict[str, type[Any]] = {
    "Complete": Complete, "FinishJob": FinishJob, "RaiseError": RaiseError, "WakeTimer": WakeTimer, "Deliver": Deliver,
    "Return": Return,
}  # fmt: skip
FITS = {
    "user": {"Complete", "RaiseError", "Return"}, "job": {"FinishJob", "RaiseError"}, "timer": {"WakeTimer"},
    "message": {"Deliver"}, "signal": {"Deliver"},
}  # fmt: skip
EXTRA: dict[str, tuple[Any, ...]] = {
    "Complete": ({},),
    "FinishJob": ({},),
    "RaiseError": ("code",),
    "Return": ("person",),
}


@pytest.mark.parametrize("verb", COMMANDS)
def test_it_refuses_every_number_that_does_not_wait_for_that(verb: str) -> None:
    case = crossroads()
    before = case.state
    for number in range(-2, 40):
        waiting = case.waits.get(number)
        if waiting is None or verb not in FITS[waiting.kind]:
            failed = case.refuses(COMMANDS[verb](number, *EXTRA.get(verb, ())))
            assert failed.code == "not-waiting"
    assert case.state == before
    assert run.waits(case.bundle, case.state or b"") == tuple(case.waits.values())


def test_it_does_nothing_twice() -> None:
    case = crossroads()
    done = case.number("person")
    case.does("person")
    assert case.refuses(Complete(done, {})).code == "not-waiting"
    job = case.number("job")
    case.handles("job")
    assert case.refuses(FinishJob(job, {})).code == "not-waiting"
    assert case.refuses(RaiseError(job, "x")).code == "not-waiting"


def test_it_starts_a_case_once() -> None:
    assert crossroads().refuses(Start({})).code == "not-waiting"


def test_it_does_nothing_more_when_it_is_over() -> None:
    case = Case(line(user("a")))
    number = case.number("a")
    case.does("a")
    commands: list[Command] = [Complete(number, {}), Return(number, "a"), Cancel(), WakeTimer(number)]
    for command in commands:
        assert case.refuses(command).code == "not-waiting"


def test_it_gives_every_wait_a_number_of_its_own_for_ever() -> None:
    made = bundle(
        start(), xor("again"), user("a"), xor("more", "end"), end(), path("start", "again", "a", "more"),
        flow("more", "again", "= more"), flow("more", "end"),
    )  # fmt: skip
    case, numbers = Case(made), []
    for _ in range(5):
        numbers.append(case.number("a"))
        case.does("a", more=True)
    assert numbers == sorted(set(numbers))
