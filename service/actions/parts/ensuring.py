"""Cases that other cases need: a form's self-check, a department's sign-off. A running one is joined, else one is begun, never two.

Self-checks are one per form. Sign-offs are one per department and item version: two townships may ask about overlapping items at the same
time, so each item joins the sign-off that runs about it, and what is left becomes one new case.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.open_case import Opening, open_case
from service.domain.cases import Case
from service.domain.texts import say
from service.store import cases, counters, organisations

LONGEST_SUBJECT = 120
SIGN_OFF = "department_sign_off"
ITEM = "item_department"
KINDS = ("ensure_case", "ensure_sign_offs")


def lock_for(frame: Frame, wanted: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Lock the subjects of all cases that ``wanted`` (kind, values) will ensure, in one order and before any case is begun:

    beginning a case locks its numbering rule, and two jobs that each begin several cases would wait for each other in a ring.
    """
    for name in sorted({_lock_name(kind, values) for kind, values in wanted if kind in KINDS}):
        counters.lock_name(frame.tx, name)


def ensure_case(frame: Frame, case: Case, values: dict[str, Any], data: dict[str, Any]) -> None:
    """Values: process_key, department_id, subject_kind, subject, title, data; the row ``list[index]`` gets the case's id."""
    subject = values["subject"][:LONGEST_SUBJECT]
    running = cases.find_open_case(
        frame.tx, values["process_key"], kind=values["subject_kind"], value=subject,
        department_id=values["department_id"],
    )  # fmt: skip
    if running:
        _let_see(frame, case, running.id, values["department_id"])
        data[values["list"]][values["index"]]["case_id"] = running.id
        return
    opening = Opening(
        process_key=values["process_key"],
        data=values["data"],
        initiator_id=case.initiator_id,
        township_id=values.get("township_id"),
        department_id=values["department_id"],
        title=values.get("title", ""),
        parent_case_id=case.id,
        subjects={values["subject_kind"]: [subject]},
    )
    data[values["list"]][values["index"]]["case_id"] = _begin(frame, case, opening)


def ensure_sign_offs(frame: Frame, case: Case, values: dict[str, Any], data: dict[str, Any]) -> None:
    """Values: department_id, department_name, items. The department's waiting row becomes one row for each case it waits for."""
    department = values["department_id"]
    running = cases.open_subjects(frame.tx, SIGN_OFF, kind=ITEM, department_id=department)
    rows: dict[str, list[str]] = {}
    left = []
    for item in values["items"]:
        if joined := running.get(_subject(item)):
            rows.setdefault(joined, []).append(item["item_id"])
        else:
            left.append(item)
    for joined in rows:
        _let_see(frame, case, joined, department)
    if left:
        title = say("sign_off.title", name=values["department_name"], count=len(left))
        opening = Opening(
            SIGN_OFF, {"sign_off_items": left}, case.initiator_id, department_id=department, title=title,
            parent_case_id=case.id, subjects={ITEM: [_subject(item) for item in left]},
        )  # fmt: skip
        rows[_begin(frame, case, opening)] = [item["item_id"] for item in left]
    data["sign_offs"] = [new for row in data["sign_offs"] for new in _split(row, department, rows)]


def _split(row: dict[str, Any], department: str, rows: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """A waiting row of the department, once for each case; the opinions it has already stay with the first."""
    if row["department_id"] != department or row["status"] != "waiting":
        return [row]
    waited = {id for ids in rows.values() for id in ids}
    known = [id for id in row["item_ids"] if id not in waited]
    made = [row | {"case_id": case_id, "item_ids": ids, "opinions": []} for case_id, ids in rows.items()]
    made[0] |= {"item_ids": [*made[0]["item_ids"], *known], "opinions": row["opinions"]}
    return made


def _begin(frame: Frame, case: Case, opening: Opening) -> str:
    begun = open_case(frame, opening).case.id
    _let_see(frame, case, begun, opening.department_id or "")
    return begun


def _let_see(frame: Frame, case: Case, other_id: str, department: str) -> None:
    """The department sees the batch it is asked about, the township what it waits for."""
    if not case.township_id:
        return
    cases.grant_access(frame.tx, case.id, department, "sign_off")
    center = organisations.center_of(frame.tx, case.township_id)
    for organisation in filter(None, (case.township_id, center.id if center else None)):
        cases.grant_access(frame.tx, other_id, organisation, "waits")


def _subject(item: Mapping[str, Any]) -> str:
    return f"{item['item_id']}@{item.get('version', 0)}"[:LONGEST_SUBJECT]


def _lock_name(kind: str, values: Mapping[str, Any]) -> str:
    if kind == "ensure_sign_offs":
        return f"ensure/{SIGN_OFF}/{values['department_id']}"
    return f"ensure/{values['process_key']}/{values['department_id']}/{values['subject'][:LONGEST_SUBJECT]}"[:190]
