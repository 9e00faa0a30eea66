"""Where a case waits and what could be done by force there. Whoever may only force sees places, whoever coordinates their variables too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.actions.frame import Frame
from service.actions.parts.acting import allow, see_case
from service.actions.parts.asked import names_asked
from service.domain.cases import Case, CaseStatus
from service.domain.errors import NotFound
from service.domain.permission import Facts, can
from service.domain.variables import may_be_set
from service.engine import run
from service.engine.literals import kind_of, shown
from service.engine.model import Bundle, EngineError, Skip, Wait
from service.store import cases


@dataclass(frozen=True, slots=True)
class Variable:
    """``guarded``: given by a person or the house, never changed by hand."""

    name: str
    kind: str
    text: str
    guarded: bool


@dataclass(frozen=True, slots=True)
class WaitingPlace:
    """A place that waits. ``may_skip`` and ``targets`` (element -> name) for whoever may force, ``variables`` for whoever may set."""

    number: int
    element: str
    name: str
    kind: str
    process: str
    may_skip: bool = False
    why_not: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairView:
    """``may_force`` and ``may_set``: what this person may do at all."""

    case: Case
    places: tuple[WaitingPlace, ...]
    may_force: bool
    may_set: bool


def look_at_repair(frame: Frame, case_id: str) -> RepairView:
    """NotAllowed for whoever may do neither; NotFound when there is no such case, or it may not be known."""
    forces = bool(can(frame.actor, "case.force", Facts()))
    sets = False
    if not forces:
        _, facts = see_case(frame, case_id)
        allow(frame, "case.set_variables", facts)
        sets = True
    case = cases.case_with_state(frame.tx, case_id)
    if case is None:
        raise NotFound("case.unknown", id=case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    waits = run.waits(bundle, case.state) if case.status is CaseStatus.ACTIVE else ()
    places = tuple(_place(frame, case, bundle, w, forces=forces, sets=sets) for w in waits if not w.host)
    return RepairView(case, places, forces, sets)


def may_set_variables(frame: Frame, case_id: str) -> bool:
    """Whether this person coordinates the case."""
    try:
        _, facts = see_case(frame, case_id)
    except NotFound:
        return False
    return bool(can(frame.actor, "case.set_variables", facts))


def _place(frame: Frame, case: Case, bundle: Bundle, wait: Wait, *, forces: bool, sets: bool) -> WaitingPlace:
    element = bundle.elements[wait.element]
    why = _why_not(frame, case, bundle, wait) if forces else ""
    found = run.targets(bundle, case.state, wait.number) if forces else ()
    asked = names_asked(bundle)
    variables = tuple(
        Variable(name, kind_of(value), shown(value), guarded=name in asked or not may_be_set(name))
        for name, value in sorted(wait.data.items())
        if sets
    )
    return WaitingPlace(
        wait.number, element.id, element.name, wait.kind, element.process, may_skip=forces and not why, why_not=why,
        targets={id: bundle.elements[id].name or id for id in found}, variables=variables,
    )  # fmt: skip


def _why_not(frame: Frame, case: Case, bundle: Bundle, wait: Wait) -> str:
    """Why the engine would not skip it; empty when it would."""
    try:
        run.apply(bundle, case.state, Skip(wait.number), at=frame.now)
    except EngineError as error:
        return error.message
    return ""
