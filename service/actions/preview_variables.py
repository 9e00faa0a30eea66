"""What a change of variables would do, old values beside new ones. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.actions.frame import Frame
from service.actions.parts.acting import allow, see_case
from service.actions.parts.literals import Change, changes_wanted
from service.actions.parts.repairing import foresee
from service.domain.cases import Case
from service.store import cases


@dataclass(frozen=True, slots=True)
class PreviewVariables:
    """As ``set_variables`` takes it."""

    case_id: str
    given: Mapping[str, str]
    remove: Sequence[str] = field(default_factory=tuple)
    number: int = 0


@dataclass(frozen=True, slots=True)
class VariablesForeseen:
    version: int
    changes: tuple[Change, ...]


def preview_variables(frame: Frame, order: PreviewVariables) -> VariablesForeseen:
    """Old and new values, for whoever sees the case and may change them."""
    _, facts = see_case(frame, order.case_id)
    allow(frame, "case.set_variables", facts)
    case = _now(frame, order.case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    command, changes = changes_wanted(
        frame, case, bundle, number=order.number, given=order.given, remove=order.remove
    )  # fmt: skip
    foresee(frame, case, command)
    return VariablesForeseen(case.version, changes)


def _now(frame: Frame, case_id: str) -> Case:
    found = cases.case_with_state(frame.tx, case_id)
    assert found
    return found
