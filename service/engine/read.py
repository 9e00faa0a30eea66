"""Files to a bundle, or every reason why not: read, draw, check, compile, compare."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any

from service.domain.texts import say
from service.engine import dmn, forms
from service.engine.compare import differences
from service.engine.draw import draw, problem_at
from service.engine.drawing import Drawing, Node, Process
from service.engine.machine import Compiled
from service.engine.model import Bundle, Element, Problem, Refused
from service.engine.rules import RULES, limits
from service.engine.specs import build
from service.engine.xml import read_xml

MOST_FILES = 200
MOST_PROBLEMS = 500
UNREAD = frozenset({"xml", "bpmn"})


def read_bundle(files: Mapping[str, bytes], *, handlers: Collection[str] = (), posts: Collection[str] = ()) -> Bundle:
    """Compile a deployment. ``handlers``: names that exist; ``posts``: posts that exist. Refused lists every problem."""
    drawing, problems = _drawing(files)
    drawing.handlers, drawing.posts = frozenset(handlers), frozenset(posts)
    problems += _some(_broken_rules(drawing))
    if problems:
        raise Refused(_in_order(problems))
    bundle = _bundle(files, drawing)
    if otherwise := _some(differences(drawing.documents, bundle.compiled)):
        raise Refused(_in_order(otherwise))
    return bundle


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By their places, each once; nobody reads more than some hundreds."""
    found = sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.rule, p.message))
    rest = (Problem("files", say("read.more", limit=MOST_PROBLEMS), ""),) if len(found) > MOST_PROBLEMS else ()
    return (*found[:MOST_PROBLEMS], *rest)


def _some(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """No more is looked for once there is more than will be shown."""
    return tuple(islice(dict.fromkeys(islice(problems, 2 * MOST_PROBLEMS)), MOST_PROBLEMS + 1))


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents in the order of names."""
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()


def _broken_rules(drawing: Drawing) -> Iterable[Problem]:
    """A drawing beyond the limits is not looked at further: that could take for ever."""
    too_large = list(limits.check(drawing))
    return too_large or (problem for rule in RULES for problem in rule.check(drawing))


def _drawing(files: Mapping[str, bytes]) -> tuple[Drawing, list[Problem]]:
    drawing, problems = Drawing(), []
    decisions: dict[str, Any] = {}
    read_forms: dict[str, Mapping[str, Any]] = {}
    if len(files) > MOST_FILES:
        problems.append(Problem("files", say("read.too_many", count=len(files), limit=MOST_FILES), ""))
    for name, content in sorted(files.items())[:MOST_FILES]:
        problems += _some(_read_file(name, content, drawing, decisions=decisions, read_forms=read_forms))
        if len(problems) > MOST_PROBLEMS:
            break
    drawing.decisions, drawing.forms = decisions, read_forms
    problems += _choose_main(drawing, files, unread=any(p.rule in UNREAD for p in problems))
    return drawing, problems


def _read_file(
    name: str, content: bytes, drawing: Drawing, *, decisions: dict[str, Any], read_forms: dict[str, Mapping[str, Any]]
) -> Iterable[Problem]:
    if name.endswith(".form"):
        form, problems = forms.read_form(content, name)
        if form and form["id"] in read_forms:
            problems = (*problems, Problem("forms", say("forms.twice", id=form["id"][:200]), name, form["id"][:200]))
        if form:
            read_forms[form["id"]] = form
        return problems
    if name.endswith(".dmn"):
        found, problems = dmn.read_decisions(content, name)
        twice = [Problem("dmn", say("dmn.decision_twice", id=id), name, id) for id in found if id in decisions]
        decisions.update(found)
        return (*problems, *twice)
    if name.endswith(".bpmn"):
        document = read_xml(name, content)
        if isinstance(document, Problem):
            return [document]
        drawing.documents.append(document)
        return draw(document, drawing)
    return [Problem("files", say("read.unknown_kind", name=name), name)]


def _choose_main(drawing: Drawing, files: Mapping[str, bytes], *, unread: bool) -> Iterable[Problem]:
    """The one executable process that no other one calls; a file that could not be read may have held it."""
    called = {n.attributes.get("calledElement", "") for n in drawing.nodes() if n.kind == "callActivity"}
    mains = [p for p in drawing.processes.values() if p.executable and p.id not in called]
    if len(mains) == 1:
        drawing.main = mains[0].id
    elif mains:
        text = say("read.many_mains", ids=", ".join(p.id for p in mains))
        return [problem_at(p.place, "main", text) for p in mains]
    elif not unread:
        first = next((name for name in sorted(files) if name.endswith(".bpmn")), "")
        return [Problem("main", say("read.no_main"), first)]
    return []


def _bundle(files: Mapping[str, bytes], drawing: Drawing) -> Bundle:
    main = drawing.processes[drawing.main]
    return Bundle(
        key=main.id,
        name=main.name,
        digest=digest_of(files),
        numbering=main.attributes.get("oneseal:numbering", ""),
        files=dict(files),
        elements={node.id: _element(node) for node in drawing.nodes()},
        forms=drawing.forms,
        starters=_list(_starters(main)),
        starts={_caught(n): n.id for n in drawing.nodes() if n.kind == "startEvent" and n.scope == main.id},
        compiled=Compiled(build(drawing), drawing.decisions, drawing.main),
    )


def _starters(main: Process) -> str:
    return main.attributes.get("camunda:candidateStarterGroups", "")


def _element(node: Node) -> Element:
    due = node.own("dueWorkdays")
    return Element(
        id=node.id,
        kind=node.kind,
        name=node.name or node.id,
        process=node.process,
        lane=node.lane,
        line=node.place.line,
        candidate_groups=_list(node.camunda("candidateGroups")),
        assignee=node.camunda("assignee"),
        form_key=node.camunda("formKey"),
        due_workdays=int(due) if due else None,
        handler=node.own("handler"),
        retries=int(node.own("retries") or 3),
        sign_off=node.own("signOff"),
        separate_from=_list(node.own("separateFrom")),
        return_to=_list(node.own("returnTo")),
        senders=_list(node.own("senders")),
        case_status=node.own("caseStatus"),
        message=node.message or _caught(node),
        documentation=node.documentation,
    )


def _caught(node: Node) -> str:
    """The name of the message or signal of an event."""
    return next((event.name for event in node.events if event.kind in ("message", "signal")), "")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
