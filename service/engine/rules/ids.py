"""Ids are there once, and are not names the engine keeps for itself.

Good: ``<userTask id="review">``. Bad: ``<userTask id="End">``: SpiffWorkflow has a node of that name, and an approval drawn under it
would be replaced without a word.
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


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every BPMN id of a file; of processes and nodes, of all files."""
    for (id, _), places in drawing.ids.items():
        for place in places[1:]:
            yield problem_at(place, "ids", say("rule.ids.twice", id=id, first=f"{places[0].file}:{places[0].line}"))
    for node in drawing.nodes():
        if not node.id or len(node.id) > LONGEST:
            yield problem_at(node.place, "ids", say("rule.ids.missing", tag=node.kind))
        elif RESERVED.fullmatch(node.id):
            yield problem_at(node.place, "ids", say("rule.ids.reserved", id=node.id))
