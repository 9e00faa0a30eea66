"""From ``post@relation`` in the diagram to the concrete posts that may take a task."""

from service.actions.frame import Frame
from service.domain.assignment import CaseOrganisations, parse_assignment, resolve
from service.domain.cases import Candidate, Case
from service.domain.errors import StepFailed
from service.engine.model import Element
from service.store import organisations, people


def case_organisations(frame: Frame, case: Case) -> CaseOrganisations:
    """The organisations of a case by relation."""
    return organisations_of(
        frame, township_id=case.township_id, department_id=case.department_id, initiator_id=case.initiator_id
    )


def organisations_of(
    frame: Frame, *, township_id: str | None, department_id: str | None, initiator_id: str
) -> CaseOrganisations:
    """The organisations of a case that is, or is about to be."""
    center = organisations.center_of(frame.tx, township_id) if township_id else None
    initiator = people.get_person(frame.tx, initiator_id)
    return CaseOrganisations(
        township=township_id,
        center=center.id if center else None,
        department=department_id,
        initiator_org=initiator.organisation_id if initiator else None,
        offices=organisations.offices(frame.tx),
    )


def candidates_of(element: Element, known: CaseOrganisations) -> tuple[Candidate, ...]:
    """Who may take the task; a task nobody could take would be stuck for ever, so that fails the step."""
    found = [resolve(parse_assignment(text), known) for text in element.candidate_groups]
    candidates = tuple(c for c in found if c)
    if element.candidate_groups and not candidates:
        groups = ", ".join(element.candidate_groups)
        raise StepFailed("assignment.unresolved", task=element.name, groups=groups, element=element.id)
    return candidates
