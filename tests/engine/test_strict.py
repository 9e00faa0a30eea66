"""Nothing is passed over in silence: every element and attribute that does not run is refused, by name and with its place."""

import pytest

from service.engine.strict import refusal_of
from service.engine.vocabulary import HARMLESS
from tests.engine.diagram import (
    HEAD,
    PERSON,
    diagram,
    end,
    flow,
    node,
    parallel,
    path,
    problems,
    problems_of,
    process,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)

# Elements of BPMN 2.0 that may stand in a process, and do not run here.
NODES = [
    "complexGateway", "transaction", "adHocSubProcess", "callChoreography",
    "choreographyTask", "subChoreography", "event", "implicitThrowEvent", "subConversation",
]  # fmt: skip
IN_PROCESS = [
    "ioSpecification", "auditing", "monitoring",
    "ioBinding", "correlationSubscription", "resourceRole", "performer", "humanPerformer", "potentialOwner",
    "supportedInterfaceRef", "supports", "messageFlow", "participant", "message", "process",
]  # fmt: skip
IN_TASK = [
    "ioSpecification", "resourceRole", "performer", "humanPerformer", "potentialOwner", "rendering", "auditing", "monitoring",
    "userTask", "script", "lane", "conditionExpression", "sequenceFlow", "signal",
]  # fmt: skip
IN_EVENT = [
    "compensateEventDefinition", "cancelEventDefinition", "eventDefinitionRef", "dataOutput", "outputSet", "eventDefinition",
]  # fmt: skip
ON_TOP = [
    "choreography", "globalChoreographyTask", "conversation", "globalConversation", "globalTask", "globalUserTask",
    "globalScriptTask", "globalManualTask", "globalBusinessRuleTask", "correlationProperty",
    "endPoint", "interface", "partnerEntity", "partnerRole", "resource", "import", "extension", "relationship",
    "cancelEventDefinition", "userTask", "compensateEventDefinition",
]  # fmt: skip
IN_LOOP = [
    "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem", "complexBehaviorDefinition",
]  # fmt: skip
IN_COLLABORATION = [
    "conversation", "subConversation", "callConversation", "conversationLink", "choreographyRef", "correlationKey",
    "participantAssociation", "conversationAssociation", "messageFlowAssociation", "process",
]  # fmt: skip


def refused(*parts: str) -> list[tuple[str, str]]:
    """(element, message) of the problems about what is drawn."""
    return [(p.element, p.message) for p in problems(*parts) if p.rule in ("element", "attribute")]


def says(tag: str) -> str:
    return refusal_of(tag)


def around(inside: str) -> tuple[str, ...]:
    return start(), user("a", inside), end(), path("start", "a", "end")


@pytest.mark.parametrize("tag", NODES)
def test_it_refuses_nodes_that_do_not_run(tag: str) -> None:
    found = refused(start(), node(tag, "x"), end(), path("start", "x", "end"))
    assert found == [("x", says(tag))]


@pytest.mark.parametrize("tag", IN_PROCESS)
def test_it_refuses_what_stands_in_a_process_and_in_a_subprocess(tag: str) -> None:
    assert refused(start(), node(tag, "x"), end(), path("start", "end")) == [("x", says(tag))]
    inner = sub("inner", start("s"), node(tag, "x"), end("e"), path("s", "e"))
    assert refused(start(), inner, end(), path("start", "inner", "end")) == [("x", says(tag))]


@pytest.mark.parametrize("tag", IN_TASK)
def test_it_refuses_what_stands_in_a_task(tag: str) -> None:
    assert refused(*around(f"<{tag}/>")) == [("a", says(tag))]


@pytest.mark.parametrize("tag", IN_EVENT)
@pytest.mark.parametrize("kind", ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"])
def test_it_refuses_what_stands_in_an_event(tag: str, kind: str) -> None:
    parts = (start(), node(kind, "x", f"<{tag}/>"), end(), path("start", "x", "end"))
    assert ("x", says(tag)) in refused(*parts)


@pytest.mark.parametrize("tag", IN_LOOP)
def test_it_refuses_what_stands_in_a_multi_instance(tag: str) -> None:
    marker = f'<multiInstanceLoopCharacteristics camunda:collection="= x"><{tag}/></multiInstanceLoopCharacteristics>'
    assert refused(*around(marker)) == [("a", says(tag))]


def whole(extra: str) -> list[str]:
    plain = process("main", start(), end(), path("start", "end"))
    return [p.message for p in problems_of(f"{HEAD}{extra}{plain}</definitions>".encode())]


@pytest.mark.parametrize("tag", ON_TOP)
def test_it_refuses_what_stands_on_top(tag: str) -> None:
    assert whole(f'<{tag} id="x"/>') == [says(tag)]


@pytest.mark.parametrize("tag", IN_COLLABORATION)
def test_it_refuses_what_stands_in_a_collaboration(tag: str) -> None:
    assert whole(f'<collaboration id="c"><{tag} id="x"/></collaboration>') == [says(tag)]


def test_it_refuses_a_participant_that_stands_for_many() -> None:
    inside = '<collaboration id="c"><participant id="p"><participantMultiplicity/></participant></collaboration>'
    assert whole(inside) == [says("participantMultiplicity")]


def test_it_keeps_what_is_only_drawn() -> None:
    extra = (
        '<collaboration id="c"><participant id="p" processRef="main"/><participant id="q"/>'
        '<messageFlow id="m" sourceRef="p" targetRef="q"/><textAnnotation id="t"><text>注</text></textAnnotation></collaboration>'
        '<category id="g"><categoryValue id="v" value="x"/></category><itemDefinition id="i" structureRef="x"/>'
        '<message id="me" name="m" itemRef="i"/><signal id="si" name="s"/><error id="er" name="e" errorCode="e"/>'
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="d"><bpmndi:BPMNPlane/></bpmndi:BPMNDiagram>'
    )
    assert whole(extra) == []
    drawn = (
        '<textAnnotation id="n"><text>x</text></textAnnotation><association id="as" sourceRef="a" targetRef="n"/><group id="gr"/>'
        "<documentation>说明 <b xmlns='urn:x'>text</b></documentation>"
    )
    assert refused(*around("<documentation>x</documentation>"), drawn) == []


@pytest.mark.parametrize("namespace", ["camunda", "oneseal"])
@pytest.mark.parametrize(
    "tag", ["taskListener", "inputOutput", "executionListener", "in", "formData", "connector", "unknown"]
)
def test_it_refuses_extension_elements_that_mean_something(namespace: str, tag: str) -> None:
    extension = f"<extensionElements><{namespace}:{tag}/></extensionElements>"
    message = says(f"{namespace}:{tag}")
    assert refused(*around(extension)) == [("a", message)]
    assert refused(start(), end(), path("start", "end"), extension) == [("main", message)]
    flows = flow("start", "end").replace("</sequenceFlow>", f"{extension}</sequenceFlow>")
    assert refused(start(), end(), flows) == [("start__end", message)]
    loop = f'<multiInstanceLoopCharacteristics camunda:collection="= x">{extension}</multiInstanceLoopCharacteristics>'
    assert refused(*around(loop)) == [("a", message)]
    event = timer().replace("</timerEventDefinition>", f"{extension}</timerEventDefinition>")
    assert refused(start(), node("intermediateCatchEvent", "x", event), end(), path("start", "x", "end")) == [
        ("x", message)
    ]
    assert whole(extension) == [message]


@pytest.mark.parametrize(
    "namespace",
    ["http://camunda.org/schema/zeebe/1.0", "http://flowable.org/bpmn", "http://activiti.org/bpmn",
     "http://spiffworkflow.org/bpmn/schema/1.0/core", "urn:somebody:else"],
)  # fmt: skip
def test_it_refuses_the_words_of_other_engines(namespace: str) -> None:
    extension = f'<extensionElements><x:assignment xmlns:x="{namespace}" assignee="me"/></extensionElements>'
    assert refused(*around(extension)) == [("a", says("assignment"))]
    task = user("a").replace("<userTask", f'<userTask xmlns:x="{namespace}" x:assignee="me"')
    assert [element for element, _ in refused(start(), task, end(), path("start", "a", "end"))] == ["a"]
    assert refused(*around(f'<x:task xmlns:x="{namespace}"/>')) == [("a", says("task"))]


def test_it_refuses_elements_without_a_namespace() -> None:
    assert refused(*around('<userTask xmlns="" id="x"/>')) == [("x", says("userTask"))]


def test_it_keeps_notes_and_looks() -> None:
    notes = '<extensionElements><camunda:properties><camunda:property name="a" value="b"/></camunda:properties></extensionElements>'
    assert refused(*around(notes)) == []
    looks = user("a").replace(
        "<userTask", '<userTask xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="red" bioc:stroke="blue"'
    )
    assert refused(start(), looks, end(), path("start", "a", "end")) == []


MEANT_ELSEWHERE = [
    "camunda:candidateUsers", "camunda:dueDate", "camunda:followUpDate", "camunda:priority", "camunda:formRef",
    "camunda:asyncBefore", "camunda:type", "camunda:topic", "camunda:class", "camunda:expression", "camunda:delegateExpression",
    "camunda:resultVariable", "camunda:decisionRef", "camunda:collection", "camunda:taskPriority", "camunda:unknown",
    "oneseal:handler", "oneseal:unit", "oneseal:unknown", "camundaFormKey", "assignee", "completionQuantity",
    "isForCompensation", "startQuantity", "implementation",
]  # fmt: skip


@pytest.mark.parametrize("name", MEANT_ELSEWHERE)
def test_it_refuses_attributes_that_mean_nothing_on_a_task_of_people(name: str) -> None:
    task = user("a").replace("<userTask", f'<userTask {name}="true"')
    found = refused(start(), task, end(), path("start", "a", "end"))
    assert [element for element, _ in found] == ["a"]
    assert f"“{name}”" in found[0][1]


@pytest.mark.parametrize(
    ("element", "attribute"),
    [
        (service("x"), 'camunda:formKey="form"'), (service("x"), 'camunda:class="a.B"'), (xor("x"), 'camunda:asyncAfter="true"'),
        (parallel("x"), 'default="f"'), (sub("x", start("s"), end("e"), path("s", "e")), 'camunda:exclusive="false"'),
        (node("callActivity", "x", calledElement="p"), 'camunda:calledElementBinding="latest"'),
        (node("callActivity", "x", calledElement="p"), 'camunda:variableMappingClass="x"'),
        (node("receiveTask", "x"), 'instantiate="true"'), (node("sendTask", "x"), 'messageRef="m"'),
        (node("businessRuleTask", "x"), 'camunda:mapDecisionResult="singleEntry"'),
        (node("intermediateCatchEvent", "x", timer()), 'parallelMultiple="true"'),
        (service("x"), 'implementation="http://example.org"'),
    ],
)  # fmt: skip
def test_it_refuses_attributes_of_other_elements_too(element: str, attribute: str) -> None:
    tag = element[1:].split(" ")[0]
    found = refused(start(), element.replace(f"<{tag}", f"<{tag} {attribute}", 1), end(), path("start", "x", "end"))
    assert [where for where, _ in found] == ["x"]


def test_it_takes_what_says_only_what_we_do_anyway() -> None:
    for attribute in (
        'isForCompensation="false"', 'startQuantity="1"', 'completionQuantity="1"', 'camunda:asyncBefore="false"',
        'camunda:asyncAfter="0"', 'camunda:exclusive="true"', 'implementation="##unspecified"', 'implementation="##WebService"',
        *(f'{name}="x"' for name in HARMLESS),
    ):  # fmt: skip
        task = user("a").replace("<userTask", f"<userTask {attribute}")
        assert refused(start(), task, end(), path("start", "a", "end")) == [], attribute


@pytest.mark.parametrize("name", ["camunda:historyTimeToLive", "camunda:versionTag", "camunda:isStartableInTasklist"])
def test_it_takes_what_the_desktop_modeler_writes_into_a_process(name: str) -> None:
    made = process("main", start(), end(), path("start", "end"), **{name.replace(":", "__"): "180"})
    assert problems_of(diagram(made)) == ()


@pytest.mark.parametrize(
    "name", ["camunda:candidateStarterUsers", "camunda:jobPriority", "camunda:taskPriority", "default"]
)
def test_it_refuses_what_means_nothing_on_a_process(name: str) -> None:
    made = process("main", start(), end(), path("start", "end"), **{name.replace(":", "__"): "x"})
    assert [(p.rule, p.element) for p in problems_of(diagram(made))] == [("attribute", "main")]


@pytest.mark.parametrize(
    ("text", "runs"), [("1", True), ("true", True), (" true ", True), ("0", False), ("false", False)]
)
def test_it_reads_truth_as_xml_has_it(text: str, runs: bool) -> None:
    made = (
        f'{HEAD}<process id="main" isExecutable="{text}">{start()}{end()}{path("start", "end")}</process></definitions>'
    )
    assert (problems_of(made.encode()) == ()) is runs


@pytest.mark.parametrize("text", ["yes", "TRUE", "", "2"])
def test_it_refuses_truth_that_is_none(text: str) -> None:
    made = (
        f'{HEAD}<process id="main" isExecutable="{text}">{start()}{end()}{path("start", "end")}</process></definitions>'
    )
    assert "attribute" in {p.rule for p in problems_of(made.encode())}


@pytest.mark.parametrize(
    ("language", "fine"),
    [("feel", True), ("https://www.omg.org/spec/DMN/20191111/FEEL/", True), ("javascript", False), ("groovy", False),
     ("http://www.w3.org/1999/XPath", False)],
)  # fmt: skip
def test_it_refuses_conditions_in_other_languages(language: str, fine: bool) -> None:
    condition = flow("g", "a", "= x").replace("<conditionExpression", f'<conditionExpression language="{language}"')
    parts = (
        start(),
        xor("g", "end"),
        user("a"),
        end(),
        path("start", "g"),
        condition,
        flow("g", "end"),
        path("a", "end"),
    )
    assert [element for element, _ in refused(*parts)] == ([] if fine else ["g__a"])
    resource = flow("g", "a", "= x").replace("<conditionExpression", '<conditionExpression camunda:resource="x.js"')
    assert len(refused(*parts[:5], resource, *parts[6:])) == 1


def test_it_names_one_cause_once() -> None:
    script = node("adHocSubProcess", "x", node("scriptTask", "y"), "<completionCondition/>")
    assert refused(start(), script, end(), path("start", "x", "end")) == [("x", says("adHocSubProcess"))]


def test_it_finds_the_lane_of_a_task() -> None:
    def lanes(*given: tuple[str, str]) -> str:
        listed = "".join(f'<lane id="{n}" name="{n}"><flowNodeRef>{id}</flowNodeRef></lane>' for n, id in given)
        body = f'{start()}<userTask id="a" {PERSON}/>{end()}{path("start", "a", "end")}'
        return f'{HEAD}<process id="main" isExecutable="true"><laneSet id="l">{listed}</laneSet>{body}</process></definitions>'

    assert problems_of(lanes(("one", "a")).encode()) == ()
    found = problems_of(lanes(("one", "a"), ("two", "a")).encode())
    assert [(p.rule, p.message) for p in found] == [("lanes", "“a”同时画在泳道“one”和“two”里，看不出由谁办理。")]
