"""A case begins: by a person, or by another case that needs it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.calendar import local_date
from service.domain.cases import Act, Case, CaseStatus, Definition
from service.domain.errors import Conflict, Invalid, NotFound
from service.domain.history import FIRST_PREV
from service.domain.people import Organisation
from service.engine.model import Bundle, Start
from service.store import cases, counters, definitions, organisations

SKIPS = 1_000  # numbers in a row that other rules have taken


@dataclass(frozen=True, slots=True)
class Opening:
    """``subjects``: kind -> ids (form, department, item_department) by which others find this case while it runs."""

    process_key: str
    data: Mapping[str, Any]
    initiator_id: str
    township_id: str | None = None
    department_id: str | None = None
    title: str = ""
    message: str = ""
    parent_case_id: str | None = None
    subjects: Mapping[str, Collection[str]] = field(default_factory=dict)
    act: Act = field(default_factory=Act)


def newest_definition(frame: Frame, process_key: str) -> tuple[Definition, Bundle]:
    """The version new cases use, or NotFound naming the key."""
    definition = definitions.latest_definition(frame.tx, process_key)
    if definition is None:
        raise NotFound("definition.unknown", key=process_key)
    return definition, frame.bundles.get(frame.tx, definition.bundle_digest)


def open_case(frame: Frame, opening: Opening) -> Moved:
    """Number the case, give its organisations access, and take its first step."""
    definition, bundle = newest_definition(frame, opening.process_key)
    township = _organisation(frame, opening.township_id)
    department = _organisation(frame, opening.department_id)
    case = _new_case(frame, opening, definition, bundle=bundle, township=township)
    cases.add_case(frame.tx, case)
    _give_access(frame, case, opening)
    data = dict(opening.data) | _standard_variables(frame, case, township=township, department=department)
    event = EventFacts(type="case.started", act=opening.act, facts={"process": case.process_key})
    return take_step(frame, case, Start(data, opening.message), event=event)


def _organisation(frame: Frame, organisation_id: str | None) -> Organisation | None:
    if not organisation_id:
        return None
    found = organisations.get_organisation(frame.tx, organisation_id)
    if found is None:
        raise Invalid("organisation.unknown", id=organisation_id)
    return found


def _new_case(
    frame: Frame, opening: Opening, definition: Definition, *, bundle: Bundle, township: Organisation | None
) -> Case:
    key = _number(frame, bundle, township)
    place = township.short_name if township else ""
    return Case(
        id=frame.new_id(),
        business_key=key,
        title=opening.title or f"{place}{bundle.name}",
        process_key=definition.process_key,
        definition_version=definition.version,
        bundle_digest=definition.bundle_digest,
        status=CaseStatus.ACTIVE,
        stage="",
        township_id=opening.township_id,
        department_id=opening.department_id,
        initiator_id=opening.initiator_id,
        parent_case_id=opening.parent_case_id,
        started_at=frame.now,
        ended_at=None,
        version=0,
        event_seq=0,
        event_hash=FIRST_PREV,
    )


def _number(frame: Frame, bundle: Bundle, township: Organisation | None) -> str:
    """The numbering rule of the diagram: ``{township}`` short name, ``{year}``, ``{seq:3}`` counted per rule and year."""
    year = local_date(frame.now).year
    rule = bundle.numbering or f"{bundle.key}-{{year}}-{{seq:4}}"
    fixed = rule.replace("{township}", township.short_name if township else "").replace("{year}", str(year))
    head, opened, tail = fixed.partition("{seq")
    if not opened:
        return _free(frame, f"case/{fixed}", lambda number: f"{fixed}-{number}")
    width, _, rest = tail.partition("}")
    digits = width.lstrip(":") or "1"
    if not digits.isdigit():
        raise Invalid("definition.numbering", rule=rule)
    return _free(frame, f"case/{head}", lambda number: f"{head}{number:0{int(digits)}d}{rest}")


def _free(frame: Frame, counter: str, write: Callable[[int], str]) -> str:
    """The next number nobody has: rules of two processes may write the same one (``A1{seq}`` and ``A{seq}``)."""
    for _ in range(SKIPS):
        key = write(counters.next_number(frame.tx, counter))
        if cases.id_by_key(frame.tx, key) is None:
            return key
    raise Conflict("case.no_number", key=key)


def _give_access(frame: Frame, case: Case, opening: Opening) -> None:
    reasons = {"township": opening.township_id, "department": opening.department_id}
    center = organisations.center_of(frame.tx, opening.township_id) if opening.township_id else None
    if center:
        reasons["center"] = center.id
    for reason, organisation_id in reasons.items():
        if organisation_id:
            cases.grant_access(frame.tx, case.id, organisation_id, reason)
    for kind, values in opening.subjects.items():
        cases.set_subjects(frame.tx, case.id, kind, values)


def _standard_variables(
    frame: Frame, case: Case, *, township: Organisation | None, department: Organisation | None
) -> dict[str, Any]:
    center = organisations.center_of(frame.tx, township.id) if township else None
    return {
        "case_id": case.id,
        "business_key": case.business_key,
        "initiator": case.initiator_id,
        "township_id": township.id if township else None,
        "township_name": township.name if township else None,
        "township_short": township.short_name if township else None,
        "center_id": center.id if center else None,
        "department_id": department.id if department else None,
        "department_name": department.name if department else None,
    }
