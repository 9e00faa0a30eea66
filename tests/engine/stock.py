"""SpiffWorkflow as it comes, parser and engine, on the same drawing: what it waits for, and how it goes on.

Its conditions and durations are Python, so those of the drawing are said in Python; and it counts instances instead of going over a list.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.none_task import NoneTask
from SpiffWorkflow.bpmn.specs.mixins.service_task import ServiceTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

PAST = "2000-01-01T00:00:00+00:00"
EACH = re.compile(
    r'<multiInstanceLoopCharacteristics isSequential="(true|false)" camunda:collection="= \[([1,]*)\]".*?</multiInstanceLoopCharacteristics>'
)
PYTHON = {
    "<conditionExpression>= true<": "<conditionExpression>True<",
    "<conditionExpression>= false<": "<conditionExpression>False<",
    "<conditionExpression>= ": "<conditionExpression>",
    "<timeDuration>P3D<": '<timeDuration>"P3D"<',
}


def in_python(xml: bytes) -> bytes:
    text = EACH.sub(_counted, xml.decode())
    for ours, theirs in PYTHON.items():
        text = text.replace(ours, theirs)
    return text.encode()


def _counted(found: re.Match[str]) -> str:
    count = found[2].count("1")
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{found[1]}"><loopCardinality>{count}</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )


class Stock:
    """A case of the process ``main``."""

    def __init__(self, xml: bytes) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(in_python(xml))
        self.flow = BpmnWorkflow(parser.get_spec("main"), parser.get_subprocess_specs("main"))
        self._go_on()

    @property
    def ended(self) -> bool:
        return bool(self.flow.is_completed())

    @property
    def waits(self) -> Counter[str]:
        return Counter(str(task.task_spec.bpmn_id) for task in self._waiting())

    def does(self, element: str, data: Mapping[str, Any]) -> None:
        """What waits there is done; a timer fires. The oldest, if several wait there."""
        task = next(task for task in self._waiting() if task.task_spec.bpmn_id == element)
        if isinstance(task.task_spec, BoundaryEvent):
            task.internal_data["event_value"] = PAST
            self.flow.refresh_timers()
        else:
            task.data.update(data)
            (task.run if task.has_state(TaskState.READY) else task.complete)()
        self._go_on()

    def _go_on(self) -> None:
        """A plain task is a person's to it, to us there is nothing to do at it."""
        self.flow.do_engine_steps()
        while plain := [t for t in self.flow.get_tasks(state=TaskState.READY) if isinstance(t.task_spec, NoneTask)]:
            plain[0].run()
            self.flow.do_engine_steps()

    def _waiting(self) -> list[Any]:
        return [task for task in self.flow.get_tasks() if _waits(task)]


def _waits(task: Any) -> bool:
    spec = task.task_spec
    return bool(
        (spec.manual and task.has_state(TaskState.READY))
        or (isinstance(spec, ServiceTask) and task.has_state(TaskState.STARTED))
        or (isinstance(spec, BoundaryEvent) and task.has_state(TaskState.WAITING))
    )
