"""Items of the library and what is done with them, as they come in. A field left out stays as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field, StrictBool

from service.api.shapes.base import Given
from service.domain.items import Citation, FlowStep, Material, PowerSource

Line = Field("", max_length=4_000)
Code = Field("", max_length=100)
Number = Field(None, ge=0, le=9_999, strict=True)
Most = 200
_STEP = {"name": "受理", "actor": "综合窗口", "limit_days": 0, "standard": "材料齐全"}
_MATERIAL = {"name": "居民身份证", "source": "公安机关", "originals": 1, "copies": 0, "required": True}
_CITATION = {"basis_id": "fujian-renkou-tiaoli", "article": "第十四条"}


def _shown(*examples: Mapping[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [dict(e) for e in examples]})


class CitationGiven(Given):
    """A registered legal basis and the article."""

    model_config = _shown(_CITATION)

    basis_id: str = Field(max_length=160)
    article: str = Field("", max_length=200)


class MaterialGiven(Given):
    """A line of the 材料清单."""

    model_config = _shown(_MATERIAL)

    name: str = Field(max_length=200)
    source: str = Field("", max_length=200)
    originals: int = Field(0, ge=0, le=999, strict=True)
    copies: int = Field(0, ge=0, le=999, strict=True)
    required: StrictBool = True


class FlowStepGiven(Given):
    """A step of the 办理流程."""

    model_config = _shown(_STEP)

    name: str = Field(max_length=200)
    actor: str = Field(max_length=200)
    limit_days: int | None = Number
    standard: str = Field("", max_length=1_000)


class ElementsGiven(Given):
    """The elements of an item; codes are those of the dictionaries (`GET /dictionaries`). null: not said."""

    model_config = _shown({"promised_days": 3, "promised_unit": "workday", "note_of_change": "承诺时限压缩到3个工作日"})

    name: str = Field("", max_length=1_000)
    department: str = Code
    item_type: str = Code
    use_level: str = Code
    dept_type: str = Code
    implementing_body: str = Line
    joint_departments: list[str] = Field(default_factory=list, max_length=Most)
    service_objects: list[str] = Field(default_factory=list, max_length=Most)
    tags: list[str] = Field(default_factory=list, max_length=Most)
    note: str = Line
    power_source: Literal["", "1", "2", "3", "4", "5", "6"] = ""
    power_document: str = Line
    entrusting_department: str = Line
    legal_basis: str = Line
    citations: list[CitationGiven] = Field(default_factory=list, max_length=Most)
    agency: str = Code
    catalog_code: str = Code
    task_code: str = Code
    business_code: str = Code
    local_catalog_code: str = Code
    local_task_code: str = Code
    implementing_code: str = Code
    statutory_days: int | None = Number
    statutory_unit: str = Code
    statutory_note: str = Line
    promised_days: int | None = Number
    promised_unit: str = Code
    promised_note: str = Line
    planned_from: date | None = None
    planned_until: date | None = None
    handling_kind: str = Code
    ways: list[str] = Field(default_factory=list, max_length=Most)
    visits: int | None = Number
    special_procedure: str = Code
    region_scope: str = Code
    places: str = Line
    hours: str = Line
    contact: str = Line
    complaints: str = Line
    in_hall: StrictBool | None = None
    agent_service: StrictBool | None = None
    intermediary: str = Line
    quantity_limit: str = Line
    fee: StrictBool | None = None
    fee_basis: str = Line
    conditions: str = Line
    materials: list[MaterialGiven] = Field(default_factory=list, max_length=Most)
    flow: list[FlowStepGiven] = Field(default_factory=list, max_length=Most)
    result_kind: str = Code
    results: list[str] = Field(default_factory=list, max_length=Most)
    forms: list[str] = Field(default_factory=list, max_length=Most)
    current_seal: str = Code
    target_seal: str = Code
    seal_by_law: StrictBool = False
    note_of_change: str = Field("", max_length=1_000, description="Why, for the history.")


class NewItemGiven(ElementsGiven):
    """A new item, 待梳理. Without `id` it gets a number."""

    model_config = _shown({"id": "linshi-jiuzhu-xiaoe", "name": "临时救助（小额，示例）", "department": "minzhengju"})

    id: str = Code


class FlowGiven(Given):
    """The steps of the item; null confirms those that are there."""

    model_config = _shown({"flow": [_STEP]})

    flow: list[FlowStepGiven] | None = Field(None, max_length=Most)


class ReviewGiven(Given):
    """`agree`, or `send_back` with a reason."""

    model_config = _shown({"decision": "send_back", "reason": "承诺时限长于省级清单"})

    decision: Literal["agree", "send_back"]
    reason: str = Line


def elements(given: ElementsGiven) -> dict[str, Any]:
    """The elements that were sent, as ``Item`` holds them."""
    sent = {name: getattr(given, name) for name in given.model_fields_set - {"id", "note_of_change"}}
    return {NAMES.get(name, name): _value(name, value) for name, value in sent.items()}


def steps(given: list[FlowStepGiven] | None) -> tuple[FlowStep, ...] | None:
    return None if given is None else tuple(FlowStep(**step.model_dump()) for step in given)


NAMES = {"department": "department_id", "forms": "form_ids"}
ROWS: Mapping[str, Any] = {"citations": Citation, "materials": Material, "flow": FlowStep}


def _value(name: str, value: Any) -> Any:
    if name in ROWS:
        return tuple(ROWS[name](**row.model_dump()) for row in value)
    if name == "power_source":
        return PowerSource(value)
    return tuple(value) if isinstance(value, list) else value
