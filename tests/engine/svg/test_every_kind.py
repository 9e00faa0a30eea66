"""Every element we run is drawn, and by what is drawn one tells it from its neighbours."""

import pytest

from tests.engine.diagram import (
    alternatives,
    boundary,
    call,
    catch,
    conditional,
    each,
    end,
    error,
    escalation,
    flow,
    inclusive,
    link,
    message,
    node,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    task,
    terminate,
    throw,
    timer,
    user,
    xor,
)
from tests.engine.svg.drawn import Drawn, drawn

EVENTS = {
    "plain start": start("x"),
    "message start": start("x", message()),
    "plain end": end("x"),
    "message end": end("x", message()),
    "signal end": end("x", signal()),
    "error end": end("x", error("E")),
    "terminate end": end("x", terminate()),
    "message catch": catch("x", message()),
    "timer catch": catch("x", timer()),
    "signal catch": catch("x", signal()),
    "plain throw": throw("x"),
    "message throw": throw("x", message()),
    "signal throw": throw("x", signal()),
    "message boundary": boundary("x", "host", message()),
    "timer boundary": boundary("x", "host", timer()),
    "timer beside": boundary("x", "host", timer(), interrupting=False),
    "signal boundary": boundary("x", "host", signal()),
    "error boundary": boundary("x", "host", error("E")),
    "escalation boundary": boundary("x", "host", escalation("E")),
    "escalation throw": throw("x", escalation("E")),
    "escalation end": end("x", escalation("E")),
    "conditional catch": catch("x", conditional("= y")),
    "conditional boundary": boundary("x", "host", conditional("= y")),
    "link catch": catch("x", link()),
    "link throw": throw("x", link()),
    "start beside": node("startEvent", "x", message(), isInterrupting="false"),
}
ACTIVITIES = {
    "task": task("x"),
    "user": user("x"),
    "service": service("x"),
    "send": node("sendTask", "x"),
    "receive": node("receiveTask", "x"),
    "rule": node("businessRuleTask", "x"),
    "script": node("scriptTask", "x"),
    "by hand": node("manualTask", "x"),
    "call": call("x", "other"),
    "subprocess": sub("x", start("s"), end("e"), path("s", "e")),
    "event subprocess": node("subProcess", "x", start("s"), end("e"), path("s", "e"), triggeredByEvent="true"),
    "all at once": user("x", each()),
    "one by one": user("x", each(sequential=True)),
    "again and again": user("x", "<standardLoopCharacteristics/>"),
}
GATEWAYS = {"xor": xor("x"), "and": parallel("x"), "or": inclusive("x"), "first event": alternatives("x")}


def _one(part: str) -> Drawn:
    hosted = "attachedToRef" in part
    return drawn(*([user("host")] if hosted else []), part, looks={"x": {"isMarkerVisible": "true"}})


@pytest.mark.parametrize("kinds", [EVENTS, ACTIVITIES, GATEWAYS], ids=["events", "activities", "gateways"])
def test_each_looks_like_no_other_of_its_family(kinds: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for name, part in kinds.items():
        picture = _one(part)
        assert "x" in picture.ids
        moved = [e for e in picture.of("x").iter() if e.tag.rpartition("}")[2] in ("rect", "circle", "path")]
        look = str([(e.tag, sorted(e.attrib.items())) for e in moved])
        look = look.replace("70", "60") if "host" not in look else look
        assert look not in seen, f"{name} looks like {seen.get(look)}"
        seen[look] = name


def test_rings_say_where_an_event_stands() -> None:
    picture = drawn(
        start("s"), user("host"), catch("c", timer()), end("e"), boundary("b", "host", timer(), interrupting=False)
    )
    assert [c["stroke-width"] for c in picture.parts("s", "circle")] == ["2"]
    assert [c["stroke-width"] for c in picture.parts("e", "circle")] == ["4"]
    assert [c["stroke-width"] for c in picture.parts("c", "circle")][:2] == ["1.5", "1.5"]
    assert all("stroke-dasharray" in c for c in picture.parts("b", "circle")[:2])
    assert not any("stroke-dasharray" in c for c in picture.parts("c", "circle"))


def test_what_is_thrown_is_filled_and_what_is_caught_is_not() -> None:
    picture = drawn(catch("c", signal()), throw("t", signal()))
    assert picture.parts("c", "path")[0]["fill"] == "none"
    assert picture.parts("t", "path")[0]["fill"] == "#22242a"


def test_a_call_is_thick_and_an_event_subprocess_dotted() -> None:
    inside = (start("s"), end("e"), path("s", "e"))
    picture = drawn(call("c", "other"), task("t"), node("subProcess", "n", *inside, triggeredByEvent="true"))
    frames = {id: picture.parts(id, "rect")[0] for id in ("c", "t", "n")}
    assert float(frames["c"]["stroke-width"]) > float(frames["t"]["stroke-width"])
    assert "stroke-dasharray" in frames["n"]
    assert "stroke-dasharray" not in frames["t"]


def test_a_closed_subprocess_shows_nothing_of_its_inside() -> None:
    parts = (start(), sub("x", start("s"), user("u"), end("e"), path("s", "u", "e")), end(), path("start", "x", "end"))
    assert {"s", "u", "e", "s__u"} <= drawn(*parts).ids
    closed = drawn(*parts, looks={"x": {"isExpanded": "false"}})
    assert closed.ids & {"s", "u", "e", "s__u"} == set()
    assert len(closed.parts("x", "rect")) == 2, "the frame, and the box of the + at its foot"


def test_flows_show_which_is_the_default_and_which_has_a_condition() -> None:
    parts = (
        start(),
        user("a"),
        xor("x", "end"),
        end(),
        end("other"),
        path("start", "a", "x", "end"),
        flow("x", "other", "= 1 = 1"),
    )
    picture = drawn(*parts, flow("a", "other", "= true"))
    pieces = {id: len(picture.parts(id, "path")) for id in ("start__a", "x__end", "x__other", "a__other")}
    assert pieces == {"start__a": 2, "x__end": 3, "x__other": 2, "a__other": 3}


def test_an_exclusive_gateway_shows_its_sign_when_the_modeler_does() -> None:
    assert len(drawn(xor("x")).parts("x", "path")) == 1
    assert len(drawn(xor("x"), looks={"x": {"isMarkerVisible": "true"}}).parts("x", "path")) == 2


def test_notes_groups_and_associations_are_drawn() -> None:
    note = '<textAnnotation id="note"><text>先看清单 &lt;b&gt;</text></textAnnotation>'
    line = '<association id="to" sourceRef="note" targetRef="a" associationDirection="One"/>'
    picture = drawn(user("a"), note, '<group id="g"/>', line)
    assert {"note", "g", "to"} <= picture.ids
    assert "先看清单" in picture.words("note").replace("\n", "")
    assert picture.parts("to", "path")[0]["stroke-dasharray"] == "1 4"
    assert len(picture.parts("to", "path")) == 2


def test_data_is_drawn_beside_what_looks_into_it() -> None:
    line = "<dataInputAssociation id='i'><sourceRef>r</sourceRef><targetRef>a</targetRef></dataInputAssociation>"
    picture = drawn(user("a", line), node("dataObjectReference", "r"), node("dataStoreReference", "d"))
    assert {"r", "d", "i"} <= picture.ids
    assert len(picture.parts("r", "path")) == 2, "a page with a folded corner"
    assert len(picture.parts("d", "ellipse")) == 1
