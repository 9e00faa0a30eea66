"""Ids are there once, and are not names the engine keeps for itself.

The id of a process stands in addresses: ASCII letters, digits, ``.``, ``_`` and ``-``, beginning with a letter or ``_``, at most 100.

Good: ``<userTask id="review">``, ``<process id="seal_batch">``. Bad: ``<process id="流程">``. ``<userTask id="End">``: SpiffWorkflow has a node of that name, and an
approval drawn under it would be replaced without a word.
"""

import re
from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem

RESERVED = re.compile(
    r"Start|End|Root|.*\.EndJoin|.*\.BoundaryEvent(Split|Join)|StartEvent(Split|Join)|__.*", re.DOTALL
)
LONGEST = 200
PROCESS = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,99}")


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every BPMN id of a file; of processes and nodes, of all files."""
    for (id, _), places in drawing.ids.items():
        for place in places[1:]:
            yield problem_at(place, "ids", say("rule.ids.twice", id=id, first=f"{places[0].file}:{places[0].line}"))
    yield from _processes(drawing)
    yield from _names(drawing)
    for node in drawing.nodes():
        if not node.id or len(node.id) > LONGEST:
            yield problem_at(node.place, "ids", say("rule.ids.missing", tag=node.kind))
        elif RESERVED.fullmatch(node.id):
            yield problem_at(node.place, "ids", say("rule.ids.reserved", id=node.id))


def _processes(drawing: Drawing) -> Iterable[Problem]:
    for process in drawing.processes.values():
        if not PROCESS.fullmatch(process.id):
            yield problem_at(process.place, "ids", say("rule.ids.process", id=process.id[:100]))


def _names(drawing: Drawing) -> Iterable[Problem]:
    """Messages and signals go by their names as elements go by their ids."""
    for node in drawing.nodes():
        names = [node.message, *(event.name for event in node.events)]
        if any(len(name) > LONGEST for name in names):
            yield problem_at(node.place, "ids", say("rule.ids.name", limit=LONGEST))
