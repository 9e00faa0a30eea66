"""Drawn = run: whatever is lost or turned round on the way from the XML to what runs is named, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service.engine.compare import NODE, differences
from service.engine.machine import Compiled
from service.engine.model import Bundle, Refused
from service.engine.specs import DrawnSpec, build
from service.engine.xml import Document, read_xml
from tests.engine.diagram import (
    again,
    alternatives,
    boundary,
    bundle,
    call,
    catch,
    conditional,
    diagram,
    each,
    end,
    event_sub,
    flow,
    inclusive,
    link,
    message,
    node,
    parallel,
    path,
    process,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)  # fmt: skip
from tests.engine.shipped import NAMES, files_of, shipped

KEY = {"oneseal__correlationKey": '= "k"'}
PARTS = (
    start(), xor("ask", "one"), user("one"), boundary("edge", "one", timer()), user("two", each("= items", output="= item", until="= loopCounter > 1")), user("three", again("= more", most="3")),
    call("four", "called"), sub("five", start("s"), user("deep"), end("e"), path("s", "deep", "e")), throw("out", link("x")), catch("in", link("x")),
    alternatives("first"), catch("mail", message(), **KEY), catch("late", timer("P9D")), event_sub("help", signal()), end(), end("over"),
    node("scriptTask", "sum", "<script>= 1 + 1</script>", scriptFormat="feel", camunda__resultVariable="total"), catch("full", conditional("= total > 1")),
    path("start", "ask", "one", "two", "three", "four", "five", "sum", "full", "out"), flow("ask", "over", "= x"), path("in", "first", "mail", "end"), path("first", "late", "end"), path("edge", "over"),
)  # fmt: skip
CALLED = (start("cs"), user("inner"), end("ce"), path("cs", "inner", "ce"))


def whole() -> tuple[list[Document], Compiled]:
    content = diagram(process("main", *PARTS), process("called", *CALLED))
    document = read_xml("main.bpmn", content)
    assert isinstance(document, Document)
    return [document], bundle(*PARTS, called={"called": CALLED}).compiled


def told(documents: list[Document], compiled: Compiled) -> set[tuple[str, str]]:
    """(element, what) of the differences; the sentence begins with both."""
    found = list(differences(documents, compiled))
    assert all(p.rule == "drawn" and p.element in p.message and "这是程序的缺陷" in p.message for p in found)
    return {(p.element, p.message.partition("（")[2].partition("：")[0]) for p in found}


def test_it_finds_nothing_where_nothing_is_lost() -> None:
    assert told(*whole()) == set()


@pytest.mark.parametrize("name", NAMES)
def test_shipped_diagrams_run_as_they_are_drawn(name: str) -> None:
    documents = [read_xml(file, content) for file, content in files_of(name).items() if file.endswith(".bpmn")]
    assert all(isinstance(d, Document) for d in documents)
    assert told([d for d in documents if isinstance(d, Document)], shipped(name).compiled) == set()


def change(id: str, **new: Any) -> Callable[[Compiled], None]:
    """Another node in the place of this one."""

    def sabotage(compiled: Compiled) -> None:
        spec = spec_of(compiled, id)
        attributes = dict(spec.node.attributes) | new.pop("attributes", {})
        spec.node = replace(spec.node, attributes=attributes, **new)

    return sabotage


def spec_of(compiled: Compiled, id: str) -> DrawnSpec:
    graph = next(g for g in compiled.graphs.values() if id in g.scope.nodes)
    found = graph.spec.task_specs[id]
    assert isinstance(found, DrawnSpec)
    return found


def drop(id: str) -> Callable[[Compiled], None]:
    """The node is not compiled: an approval that silently never comes."""

    def sabotage(compiled: Compiled) -> None:
        graph = next(g for g in compiled.graphs.values() if id in g.scope.nodes)
        del graph.spec.task_specs[id]

    return sabotage


def reroute(flow_id: str, **new: Any) -> Callable[[Compiled], None]:
    def sabotage(compiled: Compiled) -> None:
        for flows in compiled.graphs["main"].outgoing.values():
            flows[:] = [replace(f, **new) if f.id == flow_id else f for f in flows]

    return sabotage


def lose_flow(flow_id: str, side: str) -> Callable[[Compiled], None]:
    def sabotage(compiled: Compiled) -> None:
        for flows in getattr(compiled.graphs["main"], side).values():
            flows[:] = [f for f in flows if f.id != flow_id]

    return sabotage


def lose_lane(compiled: Compiled) -> None:
    spec_of(compiled, "one").lane = None


def lose_edge(compiled: Compiled) -> None:
    compiled.graphs["main"].attached["one"].clear()


def lose_begin(compiled: Compiled) -> None:
    compiled.graphs["main"].triggers.clear()


def disconnect(compiled: Compiled) -> None:
    compiled.graphs["main"].spec.task_specs["one"]._outputs.clear()


def add(compiled: Compiled) -> None:
    graph = compiled.graphs["main"]
    extra = replace(graph.scope.nodes["one"], id="extra")
    DrawnSpec(graph.spec, extra, graph)
    graph.outgoing["extra"] = []


def event(id: str, **new: Any) -> Callable[[Compiled], None]:
    def sabotage(compiled: Compiled) -> None:
        spec = spec_of(compiled, id)
        spec.node = replace(spec.node, events=tuple(replace(e, **new) for e in spec.node.events))

    return sabotage


def multi(**new: Any) -> Callable[[Compiled], None]:
    def sabotage(compiled: Compiled) -> None:
        spec = spec_of(compiled, "two")
        assert spec.node.multi
        spec.node = replace(spec.node, multi=replace(spec.node.multi, **new))

    return sabotage


SABOTAGES: dict[str, tuple[Callable[[Compiled], None], set[tuple[str, str]]]] = {
    "another kind": (change("one", kind="task"), {("one", "kind")}),
    "another scope": (change("one", scope="five"), {("one", "scope")}),
    "another default": (change("ask", attributes={"default": "ask__over"}), {("ask", "default")}),
    "another way to end": (change("edge", attributes={"cancelActivity": "false"}), {("edge", "interrupts")}),
    "an event subprocess entered by flows": (change("help", attributes={"triggeredByEvent": "false"}), {("help", "by event")}),
    "another process called": (change("four", attributes={"calledElement": "main"}), {("four", "called")}),
    "another script": (change("sum", script="= 2"), {("sum", "script")}),
    "no script": (change("sum", script=""), {("sum", "script")}),
    "no people": (change("one", attributes={"camunda:candidateGroups": ""}), {("one", "own")}),
    "another kind of event": (event("mail", kind="signal"), {("mail", "events")}),
    "another message": (event("mail", name="other"), {("mail", "events")}),
    "another time": (event("late", timer=("timeDuration", "P90D")), {("late", "events")}),
    "another condition of an event": (event("full", condition="= true"), {("full", "events")}),
    "all at once instead of one by one": (multi(sequential=True), {("two", "multi")}),
    "an early end lost": (multi(completion=""), {("two", "multi")}),
    "no repetition": (change("two", multi=None), {("two", "multi")}),
    "no loop": (change("three", loop=None), {("three", "loop")}),
    "no lane": (lose_lane, {("one", "lane")}),
    "no boundary event": (lose_edge, {("edge", "host")}),
    "nothing begins it": (lose_begin, {("help", "begins")}),
    "another target": (reroute("ask__one", target="two"), {("ask__one", "flow")}),
    "a condition lost": (reroute("ask__over", condition=""), {("ask__over", "flow")}),
    "a flow lost": (lose_flow("one__two", "outgoing"), {("one__two", "flow")}),
    "a flow that does not arrive": (lose_flow("one__two", "incoming"), {("one__two", "flow")}),
    "specs that are not connected": (disconnect, {("one__two", "flow")}),
    "a jump lost": (lose_flow("link:out", "outgoing"), {("out", "jump")}),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGES)
def test_what_is_lost_or_turned_round_is_named_and_nothing_else(name: str) -> None:
    documents, compiled = whole()
    sabotage, expected = SABOTAGES[name]
    sabotage(compiled)
    assert told(documents, compiled) == expected


def test_a_node_that_is_not_compiled_is_named_with_all_that_was_drawn_of_it() -> None:
    documents, compiled = whole()
    drop("inner")(compiled)
    compiled.graphs["called"].outgoing.pop("inner")
    found = told(documents, compiled)
    assert {element for element, _ in found} == {"inner", "inner__ce", "cs__inner"} - {"cs__inner"}
    assert ("inner", "kind") in found


def test_a_node_nobody_drew_is_named() -> None:
    documents, compiled = whole()
    add(compiled)
    assert {element for element, _ in told(documents, compiled)} == {"extra"}


def test_every_row_is_sabotaged() -> None:
    tried = {what for _, expected in SABOTAGES.values() for _, what in expected}
    assert set(NODE) - {"message"} <= tried | {"begins"}
    receive = node("receiveTask", "mail", messageRef="message_news", **KEY)
    made = bundle(start(), receive, end(), path("start", "mail", "end"))
    document = read_xml("main.bpmn", diagram(process("main", start(), receive, end(), path("start", "mail", "end"))))
    assert isinstance(document, Document)
    change("mail", message="other")(made.compiled)
    assert told([document], made.compiled) == {("mail", "message")}


def test_a_difference_refuses_the_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(drawing: Any) -> Any:
        graphs = build(drawing)
        graphs["main"].spec.task_specs["a"].lane = None
        return graphs

    monkeypatch.setattr("service.engine.read.build", forgetful)
    with pytest.raises(Refused) as refusal:
        deploy_one()
    assert [(p.rule, p.element, p.file) for p in refusal.value.problems] == [("drawn", "a", "main.bpmn")]
    assert refusal.value.problems[0].line


def deploy_one() -> Bundle:
    return bundle(start(), user("a"), end(), path("start", "a", "end"))


def test_parallel_and_inclusive_diagrams_compare_too() -> None:
    made = bundle(
        start(), parallel("f"), user("a"), inclusive("g", "b"), user("b"), user("c"), inclusive("h"), parallel("j"), end(),
        path("start", "f", "a", "j", "end"), path("f", "g"), flow("g", "b"), flow("g", "c", "= x"), path("b", "h"), path("c", "h", "j"),
    )  # fmt: skip
    assert made.digest
