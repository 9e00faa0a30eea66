"""Every place from which SpiffWorkflow runs Python, tried again with a bait that would leave a file: it is refused, or is plain data.

One case for each: what a deployment may hold, what a saved state may hold, what values may hold.
"""

import json
import os
import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from service.domain.posts import POSTS
from service.engine import run
from service.engine.model import Bundle, Complete, EngineError, Refused, Start
from service.engine.read import read_bundle
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    FORM,
    HANDLERS,
    boundary,
    catch,
    conditional,
    diagram,
    each,
    end,
    flow,
    line,
    message,
    node,
    path,
    process,
    service,
    start,
    task,
    throw,
    timer,
    user,
    xor,
)
from tests.long.playing import HOUSE, play

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
CANARY = Path("/tmp") / f"oneseal-canary-{os.getpid()}"
BAIT = f"__import__('pathlib').Path('{CANARY}').write_text('out')"
WRITTEN = (BAIT, f"= {BAIT}", f"${{{BAIT}}}", f"#{{{BAIT}}}", f"=({BAIT}) = 1", f"= [{BAIT}][1]")
Sink = Callable[[str], Mapping[str, bytes]]


@pytest.fixture(autouse=True)
def canary() -> Iterator[None]:
    """Nobody has left the file at the end."""
    CANARY.unlink(missing_ok=True)
    yield
    left = CANARY.exists()
    CANARY.unlink(missing_ok=True)
    assert not left, "something ran"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def files(*parts: str, top: str = "", **more: bytes) -> Mapping[str, bytes]:
    content = diagram(process("main", *parts)).replace(b"<process", f"{top}<process".encode(), 1)
    content = content.replace(b"<definitions ", f'<definitions xmlns:spiffworkflow="{SPIFF}" '.encode(), 1)
    return {"main.bpmn": content, "form.form": FORM, **{name.replace("__", "."): text for name, text in more.items()}}


def between(*nodes: str, id: str = "x", **more: Any) -> Mapping[str, bytes]:
    return files(start(), *nodes, end(), path("start", id, "end"), **more)


def extended(inside: str) -> Mapping[str, bytes]:
    return between(service("x", f"<extensionElements>{inside}</extensionElements>"))


def gate(bait: str, kind: str = "exclusiveGateway") -> Mapping[str, bytes]:
    ways = (path("start", "x"), flow("x", "t", bait), flow("x", "end"), path("t", "end"))
    return files(start(), node(kind, "x", default="x__end"), task("t"), end(), *ways)


def deciding(**cells: str) -> Mapping[str, bytes]:
    asking = node("businessRuleTask", "x", camunda__decisionRef="d", camunda__resultVariable="r")
    return between(asking, a__dmn=table(**cells))


def table(input: str = "n", entry: str = "-", output: str = "1") -> bytes:
    made = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="ds" name="ds" namespace="n"><decision id="d" name="d"><decisionTable id="t">'
    made += f'<input id="i"><inputExpression id="ie"><text>{escaped(input)}</text></inputExpression></input><output id="o" name="o"/>'
    made += f'<rule id="r"><inputEntry id="e"><text>{escaped(entry)}</text></inputEntry><outputEntry id="oe"><text>{escaped(output)}</text></outputEntry></rule>'
    return f"{made}</decisionTable></decision></definitions>".encode()


def script(bait: str, **given: str) -> Mapping[str, bytes]:
    return between(node("scriptTask", "x", f"<script>{escaped(bait)}</script>", **given))


def repeated(inside: str, kind: str = "multiInstanceLoopCharacteristics") -> Mapping[str, bytes]:
    return between(user("x", f"<{kind}>{inside}</{kind}>"))


def correlated(bait: str) -> Mapping[str, bytes]:
    top = f'<correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="message_news"><messagePath>{escaped(bait)}</messagePath></correlationPropertyRetrievalExpression></correlationProperty>'
    return between(catch("x", message()), top=top)


SINKS: dict[str, Sink] = {
    "script_task": lambda b: script(b, scriptFormat="python", camunda__resultVariable="r"),
    "script_task_without_format": lambda b: script(b),
    "script_task_in_feel": lambda b: script(b, scriptFormat="feel", camunda__resultVariable="r"),
    "gateway_condition": gate,
    "inclusive_gateway_condition": lambda b: gate(b, "inclusiveGateway"),
    "condition_on_a_task": lambda b: files(start(), task("x"), task("t"), end(), path("start", "x"), flow("x", "t", b), path("t", "end")),
    "pre_script": lambda b: extended(f"<spiffworkflow:preScript>{escaped(b)}</spiffworkflow:preScript>"),
    "post_script": lambda b: extended(f"<spiffworkflow:postScript>{escaped(b)}</spiffworkflow:postScript>"),
    "timer_duration": lambda b: between(catch("x", timer(b))),
    "timer_date": lambda b: between(catch("x", timer(b, "timeDate"))),
    "timer_cycle": lambda b: files(start(), user("x"), boundary("b", "x", timer(b, "timeCycle"), interrupting=False), end(), path("start", "x", "end"), path("b", "end")),
    "loop_cardinality": lambda b: repeated(f"<loopCardinality>{escaped(b)}</loopCardinality>"),
    "multi_instance_completion": lambda b: between(user("x", each("= [1, 2]", until=b))),
    "multi_instance_collection": lambda b: between(user("x", each(b))),
    "multi_instance_output": lambda b: between(user("x", each("= [1]", output=b))),
    "loop_condition": lambda b: repeated(f"<loopCondition>{escaped(b)}</loopCondition>", "standardLoopCharacteristics"),
    "conditional_event": lambda b: between(catch("x", conditional(b))),
    "message_payload": lambda b: between(throw("x", f'<messageEventDefinition messageRef="message_news"><extensionElements><spiffworkflow:messagePayload>{escaped(b)}</spiffworkflow:messagePayload></extensionElements></messageEventDefinition>')),
    "message_key": lambda b: between(catch("x", message(), oneseal__correlationKey=b)),
    "thrown_message_key": lambda b: between(throw("x", message(), oneseal__correlationKey=b)),
    "service_parameter": lambda b: extended(f'<spiffworkflow:serviceTaskOperator id="http/Get" resultVariable="r"><spiffworkflow:parameters><spiffworkflow:parameter id="a" type="any" value="{escaped(b)}"/></spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>'),
    "event_payload": lambda b: between(throw("x", f'<signalEventDefinition signalRef="signal_alarm"><extensionElements><spiffworkflow:payloadExpression>{escaped(b)}</spiffworkflow:payloadExpression></extensionElements></signalEventDefinition>')),
    "correlation_retrieval": correlated,
    "ad_hoc_completion": lambda b: between(f'<adHocSubProcess id="x"><task id="t"/><completionCondition>{escaped(b)}</completionCondition></adHocSubProcess>'),
    "decision_input": lambda b: deciding(input=b),
    "decision_cell": lambda b: deciding(entry=b),
    "decision_output": lambda b: deciding(output=b),
    "assignee": lambda b: between(user("x", camunda__assignee=b)),
    "candidates": lambda b: between(user("x", camunda__candidateGroups=b)),
    "due_date": lambda b: between(user("x", camunda__dueDate=b)),
    "task_listener": lambda b: between(user("x", f'<extensionElements><camunda:taskListener event="create"><camunda:script scriptFormat="python">{escaped(b)}</camunda:script></camunda:taskListener></extensionElements>')),
    "java_class": lambda b: between(service("x", camunda__class="java.lang.Runtime", camunda__expression=b)),
    "handler_name": lambda b: between(service("x", oneseal__handler=b)),
    "called_element": lambda b: between(node("callActivity", "x", calledElement=b)),
    "numbering": lambda b: {**files(start(), task("x"), end(), path("start", "x", "end")), "main.bpmn": diagram(process("main", start(), task("x"), end(), path("start", "x", "end"), oneseal__numbering=b))},
    "form_expression": lambda b: {**between(user("x")), "form.form": json.dumps({"type": "default", "id": "form", "components": [{"type": "textfield", "key": "a", "defaultValue": b, "conditional": {"hide": b}, "validate": {"pattern": b}}, {"type": "expression", "key": "e", "expression": b}]}).encode()},
    "names_and_documentation": lambda b: between(f'<userTask id="x" name="{escaped(b)}" camunda:candidateGroups="center_clerk@center" camunda:formKey="form"><documentation>{escaped(b)}</documentation></userTask>'),
}  # fmt: skip


def test_the_bait_would_bite() -> None:
    eval(BAIT)
    assert CANARY.read_text() == "out"
    CANARY.unlink()


@pytest.mark.parametrize("sink", SINKS)
def test_nothing_runs_from_a_deployment(sink: str) -> None:
    for number, bait in enumerate(WRITTEN):
        for text in (bait, bait.replace("'", '"')):
            try:
                bundle = read_bundle(SINKS[sink](text), handlers=HANDLERS, posts=POSTS)
            except Refused:
                continue
            for seed in range(3):
                play(bundle, random.Random(f"{number}/{seed}"))


def test_the_sinks_are_the_only_thing_wrong_with_their_diagrams() -> None:
    """With an innocent expression in the same place those that we run are accepted: the bait is what is refused."""
    innocent = {"gateway_condition": "= n > 1", "script_task_in_feel": "= 1 + 1", "loop_cardinality": "= 2", "conditional_event": "= n > 1",
                "message_key": "= case_id", "decision_input": "n", "decision_cell": "> 3", "decision_output": "1", "assignee": "= initiator",
                "timer_duration": "PT1H", "multi_instance_collection": "= [1]", "multi_instance_output": "= item", "loop_condition": "= n > 1",
                "multi_instance_completion": "= n > 1", "names_and_documentation": "审核"}  # fmt: skip
    for sink, text in innocent.items():
        read_bundle(SINKS[sink](text), handlers=HANDLERS, posts=POSTS)


VALUES: tuple[Any, ...] = (
    BAIT, f"= {BAIT}", {"typename": "timedelta", "days": 1}, {"typename": BAIT}, {"__class__": BAIT, "__reduce__": ["os.system", "id"]},
    {"py/object": "os.system", "py/reduce": [BAIT]}, {"__builtins__": {"len": BAIT}}, {"$type": "Decimal", "d": BAIT}, ["!!python/object/apply:os.system", BAIT],
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("name", ["typename", "__builtins__", "__class__", "timedelta", "len", "now", "approved_limit"])
def test_values_stay_values_through_saving_and_loading(name: str, value: Any) -> None:
    made = line(user("a"), user("b"), user("c"))
    case = Case(made).does("a", **{name: value}).does("b")
    assert case.wait("c").data[name] == value
    assert case.does("c").status == "completed"


def saved() -> tuple[Bundle, bytes]:
    made = line(user("a"), user("b", each("= xs")), user("c"))
    return made, Case(made).does("a", xs=[1, 2], word="x").state or b""


STATES: dict[str, bytes] = {
    "a pickle": pickle.dumps({"v": 1}),
    "a pickle that runs": b"cbuiltins\neval\n(V" + BAIT.encode() + b"\ntR.",
    "SpiffWorkflow's own of a version whose migration evaluates": json.dumps({
        "serializer_version": "1.1", "wf_class": "BpmnWorkflow", "spec": {"typename": "BpmnProcessSpec", "task_specs": {"x": {"typename": "Transform", "transforms": [BAIT]}}},
        "data": {"x": BAIT}, "tasks": {}, "subprocesses": {}, "last_task": None, "success": True,
    }).encode(),
    "SpiffWorkflow's newest": json.dumps({"serializer_version": "1.5", "typename": "BpmnWorkflow", "data": {"typename": BAIT}}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_nothing_runs_from_a_state_that_is_not_ours(state: bytes) -> None:
    made, _ = saved()
    with pytest.raises(EngineError) as refusal:
        run.apply(made, state, Complete(1, {}), at=AT)
    assert refusal.value.code == "state"


def test_nothing_runs_from_a_state_of_ours_that_was_forged() -> None:
    """Each place of it, in turn, holds what an attacker would like to be run; whatever comes is a step or an EngineError."""
    made, state = saved()
    places = [p for p in walk(json.loads(state)) if p]
    codes = set()
    for place in places:
        news: tuple[Any, ...] = (
            BAIT,
            f"= {BAIT}",
            {"typename": "Transform", "transforms": [BAIT]},
            -1,
            None,
            [[]],
            "End",
        )
        for new in news:
            forged = json.loads(state)
            holder = forged
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = new
            try:
                step = run.apply(made, json.dumps(forged).encode(), Complete(2, {}), at=AT)
                run.waits(made, step.state)
            except EngineError as error:
                codes.add(error.code)
    assert len(places) > 20
    assert codes <= {"state", "not-waiting", "internal", "data", "stuck"}, (
        codes
    )  # nothing was stored: the digest of a state is in the history


def walk(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from walk(inner, (*place, key))


def test_a_field_named_as_a_function_changes_no_function() -> None:
    ways = (path("start", "a", "x"), flow("x", "b", "= count(xs) > 3"), flow("x", "end"), path("b", "end"))
    made = read_bundle(
        files(start(), user("a"), xor("x", "end"), user("b"), end(), *ways), handlers=HANDLERS, posts=POSTS
    )
    step = run.apply(made, None, Start(HOUSE), at=AT)
    given = {"count": 99, "xs": [1], "now": "x", "date": {}}
    assert run.apply(made, step.state, Complete(step.opened[0].number, given), at=AT).status == "completed"
