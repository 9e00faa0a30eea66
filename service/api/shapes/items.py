"""Items of the library with all their elements, as they go out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from service.actions.look_at_eligibility import Eligibility
from service.actions.look_at_item import ItemView, VersionView
from service.actions.look_at_items import Judged
from service.actions.parts.eligibility import PROCESS
from service.api.shapes.base import Names, Shown, json_value
from service.domain.errors import Fault
from service.domain.item_diff import Difference
from service.domain.items import Item
from service.domain.texts import say

OUTCOMES = frozenset(
    {
        "eligible", "remove", "own_seal", "not_authorised", "not_applicable", "accept_only", "legal_review", "keep_official",
        "incomplete", "manual",
    }
)  # fmt: skip


class CitationShown(Shown):
    """A registered legal basis and the article."""

    basis_id: str
    article: str


class MaterialShown(Shown):
    """A line of the 材料清单."""

    name: str
    source: str
    originals: int
    copies: int
    required: bool


class FlowStepShown(Shown):
    """A step of the 办理流程."""

    name: str
    actor: str
    limit_days: int | None
    standard: str


class MarksShown(Shown):
    """`sorting`: draft 待梳理, sorted 已梳理, described 流程已规范; who confirmed it, and when."""

    sorting: str
    sorted_by: str
    sorted_at: datetime | None
    described_by: str
    described_at: datetime | None
    reviewed_by: str
    reviewed_at: datetime | None


class ItemShown(Shown):
    """政务服务事项, one version. `example`: 示例，待县级核定. null: not said yet."""

    id: str
    version: int
    name: str
    department: str
    department_name: str
    status: str
    status_reason: str
    power_source: str
    agency: str
    result_kind: str
    seal_by_law: bool
    legal_basis: str
    current_seal: str
    forms: list[str]
    catalog_code: str
    task_code: str
    entrusting_department: str
    power_document: str
    note: str
    example: bool
    item_type: str
    use_level: str
    dept_type: str
    implementing_body: str
    implementing_code: str
    business_code: str
    local_catalog_code: str
    local_task_code: str
    citations: list[CitationShown]
    statutory_days: int | None
    statutory_unit: str
    statutory_note: str
    promised_days: int | None
    promised_unit: str
    promised_note: str
    service_objects: list[str]
    handling_kind: str
    ways: list[str]
    visits: int | None
    special_procedure: str
    places: str
    hours: str
    contact: str
    complaints: str
    fee: bool | None
    fee_basis: str
    conditions: str
    flow: list[FlowStepShown]
    results: list[str]
    materials: list[MaterialShown]
    planned_from: date | None
    planned_until: date | None
    joint_departments: list[str]
    region_scope: str
    intermediary: str
    quantity_limit: str
    in_hall: bool | None
    agent_service: bool | None
    tags: list[str]
    target_seal: str
    made_by: str
    made_at: datetime | None
    change_note: str
    marks: MarksShown


class ItemRowShown(ItemShown):
    """A row of the list. `item_class`: E1-E9 by the table deployed now, empty where it gives none."""

    item_class: str


class ElementFaultShown(Shown):
    """Something wrong with one element, or a doubt about it."""

    code: str
    message: str
    element: str


class AuthorisedShown(Shown):
    """Where the item is or was authorised."""

    township: str
    township_name: str
    item_version: int
    status: str
    scope: str
    document_number: str
    case: str


class ItemPageShown(ItemShown):
    """The newest version with what is wrong (`faults`), doubtful (`doubts`) and `missing` before it can be called sorted."""

    faults: list[ElementFaultShown]
    doubts: list[ElementFaultShown]
    missing: list[str]
    power_documents: list[str]
    authorisations: list[AuthorisedShown]


class DifferenceShown(Shown):
    """One element that differs, as people read it."""

    element: str
    label: str
    before: str
    after: str


class DifferencesShown(Shown):
    """Between two versions."""

    items: list[DifferenceShown]


class VersionShown(Shown):
    """`changed`: against the version before. `signed`, `authorised`: how many opinions and authorisations rest on this version."""

    version: int
    status: str
    sorting: str
    reviewed: bool
    made_by: str
    made_by_name: str
    made_at: datetime | None
    change_note: str
    changed: list[DifferenceShown]
    signed: int
    authorised: int


class VersionsShown(Shown):
    """Newest first."""

    items: list[VersionShown]


class ProgressShown(Shown):
    """How many items in use stand at each step: 待梳理, 已梳理, 流程已规范; `authorised`: 已授权 in some township, of all of them."""

    draft: int
    sorted: int
    described: int
    authorised: int


class RuleShown(Shown):
    """A row of the table that holds; `number` from 1."""

    id: str
    number: int
    note: str


class InputShown(Shown):
    """A column of the table and what stood in it."""

    label: str
    value: Any


class EligibilityShown(Shown):
    """授权适格判定: what the deployed table says of the item. The first of `rules` counts."""

    item: str
    version: int
    process: str
    process_version: int
    decision: str
    item_class: str
    outcome: str
    outcome_name: str
    basis: str
    rules: list[RuleShown]
    inputs: list[InputShown]


def item_row(found: Judged, names: Names) -> ItemRowShown:
    return ItemRowShown(**item(found.item, names).model_dump(), item_class=found.item_class)


def item_page(found: ItemView, names: Names) -> ItemPageShown:
    given = [
        AuthorisedShown(
            township=a.township_id, township_name=names.of(a.township_id), item_version=a.item_version,
            status=a.status.value, scope=a.scope, document_number=a.document_number, case=a.case_id,
        )
        for a in found.authorisations
    ]  # fmt: skip
    return ItemPageShown(
        **item(found.item, names).model_dump(), faults=_faults(found.faults), doubts=_faults(found.doubts),
        missing=list(found.missing), power_documents=[d.id for d in found.documents], authorisations=given,
    )  # fmt: skip


def _faults(found: Sequence[Fault]) -> list[ElementFaultShown]:
    return [ElementFaultShown(code=f.code, message=f.message, element=str(f.where["field"])) for f in found]


def difference(found: Difference) -> DifferenceShown:
    return DifferenceShown(**asdict(found))


def version(found: VersionView, people: Mapping[str, str]) -> VersionShown:
    item = found.item
    return VersionShown(
        version=item.version, status=item.status, sorting=item.marks.sorting.value,
        reviewed=item.marks.reviewed_at is not None, made_by=item.made_by,
        made_by_name=people.get(item.made_by, item.made_by), made_at=item.made_at, change_note=item.change_note,
        changed=[difference(d) for d in found.changed], signed=found.signed, authorised=found.authorised,
    )  # fmt: skip


def eligibility(found: Eligibility) -> EligibilityShown:
    return EligibilityShown(
        item=found.item.id, version=found.item.version, process=PROCESS, process_version=found.process_version,
        decision=found.decision, item_class=found.item_class, outcome=found.outcome,
        outcome_name=say(f"outcome.{found.outcome}") if found.outcome in OUTCOMES else found.outcome,
        basis=found.basis, rules=[RuleShown(**asdict(rule)) for rule in found.rules],
        inputs=[InputShown(label=label, value=json_value(value)) for label, value in found.inputs],
    )  # fmt: skip


def item(found: Item, names: Names) -> ItemShown:
    values = asdict(found)
    renamed = {
        "department": values.pop("department_id"),
        "forms": values.pop("form_ids"),
        "department_name": names.of(found.department_id),
    }
    return ItemShown.model_validate(values | renamed)
