"""Items of the library with all their elements, as they go out."""

from dataclasses import asdict
from datetime import date, datetime

from service.api.shapes.base import Names, Shown
from service.domain.items import Item


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


def item(found: Item, names: Names) -> ItemShown:
    values = asdict(found)
    renamed = {
        "department": values.pop("department_id"),
        "forms": values.pop("form_ids"),
        "department_name": names.of(found.department_id),
    }
    return ItemShown.model_validate(values | renamed)
