"""A call activity calls an executable process of the same deployment, and no process calls itself, not even in a circle.

Good: ``calledElement="seal_making"``, a process of the bundle. Bad: a process of another bundle, or A calls B and B calls A: it
would open processes for ever.
"""

from collections.abc import Iterable

from service.domain.texts import say
from service.engine.draw import problem_at
from service.engine.drawing import Drawing
from service.engine.model import Problem


def check(drawing: Drawing) -> Iterable[Problem]:
    """Every call activity."""
    calls: dict[str, set[str]] = {}
    for node in drawing.nodes():
        if node.kind == "callActivity":
            calls.setdefault(node.process, set()).add(node.attributes.get("calledElement", ""))
    for node in drawing.nodes():
        if node.kind != "callActivity":
            continue
        called = node.attributes.get("calledElement", "")
        process = drawing.processes.get(called)
        if process is None or not process.executable:
            yield problem_at(node.place, "calls", say("rule.calls.unknown", process=called))
        elif node.process in _all_called(calls, called):
            yield problem_at(node.place, "calls", say("rule.calls.circle", process=called))


def _all_called(calls: dict[str, set[str]], start: str) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for following in calls.get(todo.pop(), set()):
            if following not in found:
                found.add(following)
                todo.append(following)
    return found
