"""docs/bpmn-elements.md: every element of the BPMN 2.0 schema, and whether it runs here, is kept as a picture, or is refused.

python -m tools.bpmn_elements           write the page anew
python -m tools.bpmn_elements --check   fail when it is not what the tables and the schema say

The elements come from the schema files of the BPMN standard, what we do with them from ``service/engine/vocabulary.py``. A new element that
runs wants a row in RUNS: the test that shows it.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import SpiffWorkflow
from lxml import etree

from service.engine.drawing import ACTIVITIES, EVENTS, GATEWAYS
from service.engine.strict import refusal_of
from service.engine.vocabulary import CHILDREN, DEFINITIONS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "bpmn-elements.md"
SCHEMA = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
XSD = "{http://www.w3.org/2001/XMLSchema}"

# Element -> the test that shows it running, under tests/engine.
RUNS: Mapping[str, str] = {
    "process": "test_read.py", "sequenceFlow": "test_run.py", "conditionExpression": "rules/test_gateways.py", "laneSet": "test_lanes.py",
    "lane": "test_lanes.py", "flowNodeRef": "test_lanes.py", "childLaneSet": "test_lanes.py", "startEvent": "test_run.py", "endEvent": "test_run.py",
    "intermediateCatchEvent": "test_event_gateways.py", "intermediateThrowEvent": "test_escalations.py", "boundaryEvent": "test_boundary_events.py",
    "task": "test_run.py", "manualTask": "test_loops.py", "userTask": "test_run.py", "serviceTask": "test_run.py", "sendTask": "rules/test_handlers.py",
    "receiveTask": "test_event_gateways.py", "businessRuleTask": "rules/test_decisions.py", "scriptTask": "rules/test_scripts.py", "script": "rules/test_scripts.py",
    "subProcess": "test_boundary_events.py", "callActivity": "test_calls.py", "exclusiveGateway": "test_run.py", "parallelGateway": "test_joins.py",
    "inclusiveGateway": "test_joins.py", "eventBasedGateway": "test_event_gateways.py", "messageEventDefinition": "test_boundary_events.py",
    "signalEventDefinition": "test_boundary_events.py", "timerEventDefinition": "test_timers.py", "errorEventDefinition": "test_event_subprocesses.py",
    "escalationEventDefinition": "test_escalations.py", "conditionalEventDefinition": "test_conditional_events.py", "condition": "test_conditional_events.py",
    "linkEventDefinition": "test_links.py", "terminateEventDefinition": "test_run.py", "timeDuration": "test_timers.py", "timeDate": "test_timers.py",
    "timeCycle": "test_event_subprocesses.py", "multiInstanceLoopCharacteristics": "test_multi.py", "loopCardinality": "test_multi.py",
    "completionCondition": "test_multi.py", "standardLoopCharacteristics": "test_loops.py", "loopCondition": "test_loops.py", "message": "rules/test_messages.py",
    "signal": "rules/test_events.py", "error": "rules/test_events.py", "escalation": "rules/test_events.py", "incoming": "", "outgoing": "", "definitions": "test_read.py",
}  # fmt: skip
# Read with what holds them, and told of by nobody else.
PARTS = {"incoming": "given by the flows", "outgoing": "given by the flows"}
HEAD = """# Every element of BPMN 2.0

Written by `python -m tools.bpmn_elements` from the schema of the standard and `service/engine/vocabulary.py`; a test keeps it true. An element stands for itself
wherever the standard lets it stand; where we let it stand is in the vocabulary. What is not in the row of its parent there is refused at deploy with its place, and so is
every attribute without a meaning here ([extensions.md](extensions.md)). What becomes of diagrams drawn for other engines: `python -m tools.try_models FOLDER` reads each of
them, says which are accepted, and counts the reasons why not.

| what happens | elements |
|---|---:|
| runs as drawn, shown by the test named | {runs} |
| is kept as it is drawn, for people: nothing runs by it | {kept} |
| is refused at deploy with the sentence that stands here | {refused} |

"""


def elements() -> list[str]:
    """Local names of all elements that may stand in a BPMN model, abstract ones left out."""
    found: set[str] = set()
    for name in ("BPMN20.xsd", "Semantic.xsd"):
        root = etree.parse(SCHEMA / name).getroot()
        abstract = {e.get("name") for e in root.iter(f"{XSD}element") if e.get("abstract") == "true"}
        found |= {
            str(e.get("name")) for e in root.iter(f"{XSD}element") if e.get("name") and e.get("name") not in abstract
        }
    return sorted(found)


def known() -> frozenset[str]:
    """Elements that may stand somewhere in a diagram."""
    return frozenset(CHILDREN) | frozenset(child for children in CHILDREN.values() for child in children)


def kept() -> list[str]:
    return [tag for tag in elements() if tag in known() and tag not in RUNS]


def refused() -> list[str]:
    return [tag for tag in elements() if tag not in known()]


def page() -> str:
    runs = [tag for tag in elements() if tag in RUNS]
    head = HEAD.format(runs=len(runs), kept=len(kept()), refused=len(refused()))
    return head + "\n".join(
        ["## Run", "", *_run(runs), "", "## Kept", "", *_kept(), "", "## Refused", "", *_refused(), ""]
    )


def _run(runs: list[str]) -> Iterator[str]:
    yield "| element | kind | test under `tests/engine` |"
    yield "|---|---|---|"
    for tag in runs:
        yield f"| `{tag}` | {_kind(tag)} | {f'`{RUNS[tag]}`' if RUNS[tag] else PARTS[tag]} |"


def _kept() -> Iterator[str]:
    yield ", ".join(f"`{tag}`" for tag in kept()) + "."


def _refused() -> Iterator[str]:
    yield "| element | the refusal |"
    yield "|---|---|"
    for tag in refused():
        yield f"| `{tag}` | {refusal_of(tag)} |"


def _kind(tag: str) -> str:
    kinds = {"event": EVENTS, "activity": ACTIVITIES, "gateway": GATEWAYS, "event definition": DEFINITIONS}
    return next((kind for kind, tags in kinds.items() if tag in tags), "")


def main() -> int:
    if "--check" in sys.argv:
        return int(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
