"""Escalations: told to the innermost who listens, beside the work or instead of it."""

import pytest

from service.engine.model import Bundle
from tests.engine.case import Case
from tests.engine.diagram import HEAD, boundary, call, deploy, each, end, path, process, start, sub, throw, user
from tests.engine.test_event_subprocess_scopes import handler


def escalation(code: str = "") -> str:
    return f'<escalationEventDefinition escalationRef="escalation_{code}"/>' if code else "<escalationEventDefinition/>"


def made(*parts: str, called: tuple[str, ...] = ()) -> Bundle:
    codes = "".join(
        f'<escalation id="escalation_{code}" name="{code}" escalationCode="{code}"/>' for code in ("E", "F")
    )
    others = process("other", *called) if called else ""
    return deploy({"main.bpmn": f"{HEAD}{codes}{process('main', *parts)}{others}</definitions>".encode()})


INSIDE = (
    start("s"), user("deep"), throw("tell", escalation("E")), user("deeper"), end("e"),
    path("s", "deep", "tell", "deeper", "e"),
)  # fmt: skip
HOSTS = {
    "subprocess": sub("host", *INSIDE),
    "called": call("host", "other"),
    "many": sub("host", each("= [1]"), *INSIDE),
}


def on(host: str, *edges: str) -> Case:
    roads = "".join(path(id, f"after_{id}", "end") for id in ("exact", "all") if f'id="{id}"' in "".join(edges))
    tasks = [user(f"after_{id}") for id in ("exact", "all") if f'id="{id}"' in "".join(edges)]
    case = Case(
        made(start(), HOSTS[host], *edges, *tasks, end(), path("start", "host", "end"), roads,
             called=INSIDE if host == "called" else ()), n=0,
    )  # fmt: skip
    return case.does("deep", n=1)


@pytest.mark.parametrize("host", HOSTS)
def test_it_interrupts_its_host(host: str) -> None:
    case = on(host, boundary("exact", "host", escalation("E")))
    assert case.open == ["after_exact"]
    assert case.wait("after_exact").data["n"] == 1
    assert case.passed[-2:] == ["tell", "exact"]
    assert case.does("after_exact").status == "completed"


@pytest.mark.parametrize("host", HOSTS)
def test_it_is_told_beside_the_work(host: str) -> None:
    case = on(host, boundary("exact", "host", escalation("E"), interrupting=False))
    assert case.open == ["after_exact", "deeper"]
    assert case.does("deeper").does("after_exact").status == "completed"


def test_it_goes_on_when_nobody_listens() -> None:
    case = on("subprocess", boundary("exact", "host", escalation("F")))
    assert case.open == ["deeper"]
    told = next(t for t in case.trail if t.element == "tell")
    assert told.detail == {"escalation": "E", "caught": ""}


def test_it_prefers_the_exact_code_to_a_catch_all() -> None:
    both = (boundary("all", "host", escalation()), boundary("exact", "host", escalation("E")))
    assert on("subprocess", *both).open == ["after_exact"]
    assert on("subprocess", boundary("all", "host", escalation())).open == ["after_all"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_it_is_caught_inside_before_outside(interrupting: bool) -> None:
    host = sub("host", *INSIDE, handler(escalation(), interrupting=interrupting))
    case = Case(
        made(start(), host, boundary("exact", "host", escalation("E")), end(), path("start", "host", "end"),
             path("exact", "end"))
    ).does("deep", n=1)  # fmt: skip
    assert case.open == (["h_handler"] if interrupting else ["deeper", "h_handler"])
    assert case.wait("h_handler").data == {"n": 1}
    case.does("h_handler")
    assert (case if interrupting else case.does("deeper")).status == "completed"


def test_it_is_thrown_by_an_end_event_too() -> None:
    inside = (start("s"), end("tell", escalation("E")), path("s", "tell"))
    edge = boundary("exact", "host", escalation("E"), interrupting=False)
    case = Case(made(start(), sub("host", *inside), edge, user("x"), user("y"), end(), path("start", "host", "x", "end"),
                     path("exact", "y", "end")))  # fmt: skip
    assert case.open == ["x", "y"]


def test_it_reaches_the_event_subprocess_of_the_case() -> None:
    alone = made(start(), throw("tell", escalation("E")), user("a"), end(), path("start", "tell", "a", "end"),
                 handler(escalation("E")))  # fmt: skip
    assert Case(alone).open == ["h_handler"]
