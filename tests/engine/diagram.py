"""Small diagrams in few words: every function answers a piece of XML, ``bundle`` puts the pieces together and deploys them.

``bundle(start(), user("a"), end(), path("start", "a", "end"))``. The lane and the form of user tasks come by themselves.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from service.domain.posts import POSTS
from service.engine.model import Bundle, Problem, Refused
from service.engine.read import read_bundle

HANDLERS = frozenset({"echo", "check"})
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:oneseal="urn:oneseal:bpmn:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions"'
    ' targetNamespace="urn:oneseal:test">'
)
FORM = b'{"type": "default", "id": "form", "components": []}'
NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
PERSON = 'camunda:candidateGroups="center_clerk@center" camunda:formKey="form"'


def node(kind: str, id: str, *inside: str, **attributes: str) -> str:
    """Any element. ``camunda__x`` and ``oneseal__x`` give prefixed attributes."""
    given = "".join(f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items())
    return f'<{kind} id="{id}" name="{id}"{given}>{"".join(inside)}</{kind}>'


def start(id: str = "start", *inside: str) -> str:
    return node("startEvent", id, *inside)


def end(id: str = "end", *inside: str, **attributes: str) -> str:
    return node("endEvent", id, *inside, **attributes)


def user(id: str, *inside: str, **attributes: str) -> str:
    given = {"camunda__candidateGroups": "center_clerk@center", "camunda__formKey": "form"} | attributes
    return node("userTask", id, *inside, **given)


def service(id: str, *inside: str, **attributes: str) -> str:
    return node("serviceTask", id, *inside, **({"oneseal__handler": "echo"} | attributes))


def task(id: str) -> str:
    return node("task", id)


def xor(id: str, default: str = "") -> str:
    """``default`` is the node the default flow leads to."""
    return node("exclusiveGateway", id, **({"default": f"{id}__{default}"} if default else {}))


def inclusive(id: str, default: str = "") -> str:
    return node("inclusiveGateway", id, **({"default": f"{id}__{default}"} if default else {}))


def parallel(id: str) -> str:
    return node("parallelGateway", id)


def sub(id: str, *inside: str) -> str:
    return node("subProcess", id, *inside)


def event_sub(id: str, event: str, *inside: str, interrupting: bool | str = True, **attributes: str) -> str:
    """An event subprocess: its start is ``<id>_start``, followed by the user task ``<id>_task`` unless something else stands ``inside``."""
    stay = {} if interrupting else {"isInterrupting": "false"}
    first = node("startEvent", f"{id}_start", event, **stay, **attributes)
    rest = inside or (user(f"{id}_task"), end(f"{id}_end"), path(f"{id}_start", f"{id}_task", f"{id}_end"))
    return node("subProcess", id, first, *rest, triggeredByEvent="true")


def alternatives(id: str) -> str:
    return node("eventBasedGateway", id)


def call(id: str, process: str, *inside: str) -> str:
    return node("callActivity", id, *inside, calledElement=process)


def boundary(id: str, on: str, *inside: str, interrupting: bool | str = True, **attributes: str) -> str:
    cancel = {} if interrupting else {"cancelActivity": "false"}
    return node("boundaryEvent", id, *inside, attachedToRef=on, **cancel, **attributes)


def catch(id: str, *inside: str, **attributes: str) -> str:
    return node("intermediateCatchEvent", id, *inside, **attributes)


def throw(id: str, *inside: str, **attributes: str) -> str:
    return node("intermediateThrowEvent", id, *inside, **attributes)


def timer(value: str = "P3D", kind: str = "timeDuration", unit: str = "") -> str:
    given = f' oneseal:unit="{unit}"' if unit else ""
    return f"<timerEventDefinition{given}><{kind}>{escape(value)}</{kind}></timerEventDefinition>"


def message(name: str = "news") -> str:
    return f'<messageEventDefinition messageRef="message_{name}"/>'


def signal(name: str = "alarm") -> str:
    return f'<signalEventDefinition signalRef="signal_{name}"/>'


def error(code: str = "") -> str:
    return f'<errorEventDefinition errorRef="error_{code}"/>' if code else "<errorEventDefinition/>"


def escalation(code: str = "") -> str:
    return f'<escalationEventDefinition escalationRef="escalation_{code}"/>' if code else "<escalationEventDefinition/>"


def conditional(condition: str) -> str:
    return f"<conditionalEventDefinition><condition>{escape(condition)}</condition></conditionalEventDefinition>"


def link(name: str = "on") -> str:
    return f'<linkEventDefinition name="{name}"/>'


def terminate() -> str:
    return "<terminateEventDefinition/>"


def each(collection: str = "= items", *, sequential: bool = False, output: str = "", until: str = "") -> str:
    """Multi-instance over ``collection``; each entry is ``item``, ``output`` of each goes to ``results``; ``until`` ends it early."""
    result = f' oneseal:outputCollection="results" oneseal:outputElement={quoteattr(output)}' if output else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"'
        f' camunda:collection={quoteattr(collection)} camunda:elementVariable="item"{result}>'
        f"{f'<completionCondition>{escape(until)}</completionCondition>' if until else ''}</multiInstanceLoopCharacteristics>"
    )


def again(condition: str = "", *, before: bool = False, most: str = "") -> str:
    """A standard loop."""
    said = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
    limit = f' loopMaximum="{most}"' if most else ""
    return (
        f'<standardLoopCharacteristics testBefore="{str(before).lower()}"{limit}>{said}</standardLoopCharacteristics>'
    )


def flow(source: str, target: str, when: str = "", id: str = "") -> str:
    condition = f"<conditionExpression>{escape(when)}</conditionExpression>" if when else ""
    return f'<sequenceFlow id="{id or f"{source}__{target}"}" sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'


def path(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(one, other) for one, other in pairwise(nodes))


def process(id: str, *parts: str, executable: bool | str = True, **attributes: str) -> str:
    """A process with one lane that holds all its user tasks."""
    body = "".join(parts)
    people = "".join(f"<flowNodeRef>{found}</flowNodeRef>" for found in re.findall(r'<userTask id="([^"]+)"', body))
    lanes = f'<laneSet id="{id}_lanes"><lane id="{id}_lane" name="中心">{people}</lane></laneSet>' if people else ""
    return node("process", id, lanes, body, isExecutable=str(executable).lower(), **attributes)


def diagram(*processes: str) -> bytes:
    """A file, with the messages, signals and errors its processes speak of."""
    body = "".join(processes)
    named = "".join(
        f'<{kind} id="{kind}_{name}" {attribute}="{name}"/>'
        for kind, attribute in NAMED.items()
        for name in sorted(set(re.findall(rf'{kind}Ref="{kind}_([^"]+)"', body)))
    )
    return f"{HEAD}{named}{body}</definitions>".encode()


def bundle(*parts: str, called: Mapping[str, tuple[str, ...]] | None = None, **files: bytes) -> Bundle:
    """The main process ``main`` of ``parts``, deployed, with called processes by id."""
    others = [process(id, *inside) for id, inside in (called or {}).items()]
    return deploy({"main.bpmn": diagram(process("main", *parts), *others), **files})


def line(*nodes: str) -> Bundle:
    """start -> the given nodes (by their ids) -> end."""
    ids = [n.split('id="')[1].split('"')[0] for n in nodes]
    return bundle(start(), *nodes, end(), path("start", *ids, "end"))


def deploy(files: Mapping[str, bytes]) -> Bundle:
    return read_bundle({"form.form": FORM, **files}, handlers=HANDLERS, posts=POSTS)


def problems_of(content: bytes | Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Why it is refused; empty when it is not."""
    try:
        deploy({"main.bpmn": content} if isinstance(content, bytes) else content)
    except Refused as refused:
        return refused.problems
    return ()


def problems(*parts: str, rule: str = "") -> list[Problem]:
    """The problems of a main process of ``parts``, of one rule when it is named."""
    return [p for p in problems_of(diagram(process("main", *parts))) if not rule or p.rule == rule]
