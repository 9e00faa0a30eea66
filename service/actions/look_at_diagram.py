"""A person looks at a diagram: that of a case with what is done, active and stands still, or that of a deployed version."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.parts.pictures import Diagram, StepSeen, find_diagram
from service.domain.cases import Case, JobKind
from service.domain.errors import NotFound
from service.domain.texts import say
from service.engine.model import Bundle, Element
from service.store import definitions, events, incidents, jobs, messages, tasks

BY_THE_WAY = "boundaryEvent"  # listens beside the work all the time; it is no step until it happens
ORDER = ("incident", "active", "done")


def look_at_diagram(frame: Frame, case_id: str, process: str = "") -> Diagram:
    """The version the case runs on; NotFound when it does not exist or this person may not know of it.

    ``process``: one of the processes of the deployment, the main one when empty.
    """
    case, _ = see_case(frame, case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    title = say("picture.of_case", key=case.business_key, name=bundle.name)
    return find_diagram(bundle, process, title=title, steps=steps_seen(frame, case, bundle))


def look_at_definition(frame: Frame, process: str, version: int, shown: str = "") -> Diagram:
    """A deployed version; everybody who is signed in may read how the work goes."""
    found = definitions.get_definition(frame.tx, process, version=version)
    if found is None:
        raise NotFound("definition.no_version", process=process, version=version)
    bundle = frame.bundles.get(frame.tx, found.bundle_digest)
    return find_diagram(bundle, shown, title=say("picture.of_version", name=found.name, version=version))


def steps_seen(frame: Frame, case: Case, bundle: Bundle) -> tuple[StepSeen, ...]:
    """What stands still, what is active, what is done; each in the order in which it came to be."""
    found = {step.element: step for step in _done(frame, case, bundle)}
    for element in _waiting(frame, case, bundle):
        found[element.id] = replace(found.pop(element.id, _step(element)), state="active")
    for incident in incidents.open_incidents(frame.tx, case.id):
        if incident.element_id in bundle.elements:
            element = bundle.elements[incident.element_id]
            found[element.id] = replace(found.pop(element.id, _step(element)), state="incident")
    return tuple(sorted(found.values(), key=lambda step: ORDER.index(step.state)))


def _done(frame: Frame, case: Case, bundle: Bundle) -> Iterable[StepSeen]:
    """From the history: every step that came to its end, in the order of the first time."""
    found: dict[str, StepSeen] = {}
    for at, id in _completed(frame, case.id):
        if id in bundle.elements:
            before = found.get(id) or _step(bundle.elements[id])
            found[id] = replace(before, times=before.times + 1, last=at)
    return found.values()


def _completed(frame: Frame, case_id: str) -> Iterator[tuple[datetime, str]]:
    """A body somebody damaged tells nothing here; the verification names it."""
    for event in events.read_chain(frame.tx, f"case/{case_id}"):
        try:
            body: Mapping[str, Any] = json.loads(event.body)
            at = datetime.fromisoformat(body["at"])
            yield from [(at, step["element"]) for step in body.get("steps", ()) if step["outcome"] == "completed"]
        except (KeyError, TypeError, ValueError):
            continue


def _waiting(frame: Frame, case: Case, bundle: Bundle) -> Iterator[Element]:
    ids = [task.element_id for task in tasks.tasks_of_case(frame.tx, case.id, open_only=True)]
    ids += [job.element_id for job in jobs.open_jobs(frame.tx, case.id) if job.kind in (JobKind.HANDLER, JobKind.TIMER)]
    ids += [wait.element_id for wait in messages.waits_of_case(frame.tx, case.id)]
    drawn = (bundle.elements[id] for id in dict.fromkeys(ids) if id in bundle.elements)
    return (element for element in drawn if element.kind != BY_THE_WAY)


def _step(element: Element) -> StepSeen:
    return StepSeen(element.id, element.kind, element.name, element.lane, element.process, "done")
