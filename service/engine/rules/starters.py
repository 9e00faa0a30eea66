"""The main process says who may start it, and its numbering rule can be filled.

Good: ``camunda:candidateStarterGroups="center_clerk@center" oneseal:numbering="授权-{township}-{year}-{seq:3}"``. Bad: ``{month}``:
nobody fills it.
"""

import re
from collections.abc import Iterable

from service.domain.assignment import parse_assignment
from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem

NUMBERING = re.compile(r"(?:[^{}]|\{township\}|\{year\})*(?:\{seq(?::[1-9])?\})?(?:[^{}]|\{township\}|\{year\})*")


def check(drawing: Drawing) -> Iterable[Problem]:
    """The main process."""
    main = drawing.processes.get(drawing.main)
    if main is None:
        return
    groups = main.attributes.get("camunda:candidateStarterGroups", "")
    for group in filter(None, (g.strip() for g in groups.split(","))):
        try:
            parse_assignment(group)
        except ValueError as error:
            yield problem_at(main.place, "starters", say("rule.user_tasks.group", group=group, part=str(error)))
    numbering = main.attributes.get("oneseal:numbering", "")
    if not NUMBERING.fullmatch(numbering) or len(numbering) > 100:
        yield problem_at(main.place, "starters", say("rule.starters.numbering", rule=numbering[:60]))
