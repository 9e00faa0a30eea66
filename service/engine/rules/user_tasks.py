"""A user task stands in a lane, has a form that exists, and somebody whose post may take it; its targets and rules exist.

Good: ``camunda:candidateGroups="center_clerk@center" camunda:formKey="draft"``. Bad: no lane: nobody can see whose work it is.
"""

from collections.abc import Iterable

from service.domain.assignment import parse_assignment
from service.domain.texts import say
from service.engine.branches import Branches
from service.engine.draw import problem_at
from service.engine.drawing import Drawing, Node
from service.engine.model import Problem

LONGEST_DUE = 400


def check(drawing: Drawing) -> Iterable[Problem]:
    """All user tasks."""
    for node in drawing.nodes():
        if node.kind == "userTask":
            for text in (*_people(drawing, node), *_form(drawing, node), *_limits(node), *_others(drawing, node)):
                yield problem_at(node.place, "user_tasks", text)


def _people(drawing: Drawing, node: Node) -> Iterable[str]:
    if not node.lane and any(n.lane for n in drawing.nodes()):
        yield say("rule.user_tasks.lane", name=node.name or node.id)
    elif not node.lane:
        yield say("rule.user_tasks.no_lanes")
    groups = [g for g in node.camunda("candidateGroups").split(",") if g.strip()]
    if not groups and not node.camunda("assignee"):
        yield say("rule.user_tasks.nobody", name=node.name or node.id)
    for group in groups:
        try:
            parse_assignment(group)
        except ValueError as error:
            yield say("rule.user_tasks.group", group=group.strip(), part=str(error))


def _form(drawing: Drawing, node: Node) -> Iterable[str]:
    key = node.camunda("formKey")
    if not key:
        yield say("rule.user_tasks.no_form", name=node.name or node.id)
    elif key not in drawing.forms:
        yield say("rule.user_tasks.form", key=key)


def _limits(node: Node) -> Iterable[str]:
    due = node.own("dueWorkdays")
    if due and not (due.isascii() and due.isdigit() and 0 < int(due) <= LONGEST_DUE):
        yield say("rule.user_tasks.due", value=due[:20], limit=LONGEST_DUE)
    if node.own("signOff") not in ("", "single"):
        yield say("rule.user_tasks.sign_off", value=node.own("signOff")[:20])


def _others(drawing: Drawing, node: Node) -> Iterable[str]:
    tasks = {n.id: n for n in drawing.nodes()}
    around = set(_scopes_around(drawing, node))
    for id in filter(None, (p.strip() for p in node.own("separateFrom").split(","))):
        if id not in tasks or id == node.id or tasks[id].kind != "userTask":
            yield say("rule.user_tasks.separate", id=id)
    for id in filter(None, (p.strip() for p in node.own("returnTo").split(","))):
        target = tasks.get(id)
        no_place = (
            target is None
            or target.by_event
            or _is_chosen(drawing, target)
            or target.kind in ("boundaryEvent", "startEvent", "endEvent")
        )
        if target is None or no_place or target.scope not in around:
            yield say("rule.user_tasks.return_to", id=id)
        else:
            yield from _way_back(drawing, node, target)


def _way_back(drawing: Drawing, node: Node, target: Node) -> Iterable[str]:
    """The target lies before the task, and going there leaves no join waiting for ever."""
    left: Node | None = node
    while left and left.scope != target.scope:
        left = drawing.node(left.scope)
    assert left
    branches = Branches(drawing.scopes[target.scope])
    if not branches.may_go(left.id, target.id):
        yield say("rule.user_tasks.return_branch", id=target.id)
    elif left.id not in branches.ahead(target.id):
        yield say("rule.user_tasks.return_back", id=target.id)


def _is_chosen(drawing: Drawing, node: Node) -> bool:
    """Whether an event-based gateway leads to it: there it waits with others or not at all."""
    scope = drawing.scopes[node.scope]
    sources = (scope.nodes.get(flow.source) for flow in scope.incoming(node.id))
    return any(source is not None and source.kind == "eventBasedGateway" for source in sources)


def _scopes_around(drawing: Drawing, node: Node) -> Iterable[str]:
    """The scope of the node and the embedded ones around it; a called process and an event subprocess do not reach out.

    None twice: where a process and a node in it go by the same id, which ``ids`` refuses, the way out would be a circle.
    """
    scope, seen = node.scope, set[str]()
    while scope not in seen:
        seen.add(scope)
        yield scope
        outer = drawing.node(scope)
        if outer is None or outer.by_event:
            return
        scope = outer.scope
