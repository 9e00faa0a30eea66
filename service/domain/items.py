"""Service items, their forms, the ledger of authorisations, and seals."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

STANDARD_SEAL_NAME = (
    "便民服务中心审核审批专用章"  # the notice 云政办〔2022〕28号 二(三); a seal's face is <township><this>
)


class PowerSource(StrEnum):
    """权力来源, national code list: who gave the power decides whether the centre's seal may decide (E1-E3)."""

    STATUTORY = "1"  # 法定本级行使
    DEVOLVED = "2"  # 上级下放
    AUTHORISED_ABOVE = "3"  # 上级授权
    AUTHORISED_PEER = "4"  # 同级授权
    ENTRUSTED_ABOVE = "5"  # 上级委托
    ENTRUSTED_PEER = "6"  # 同级委托
    UNKNOWN = ""


class Sorting(StrEnum):
    """How far an item is prepared, notice 云政办〔2022〕28号 二(三)2: 梳理, then 规范流程, then authorisation. docs/states.md."""

    DRAFT = "draft"  # 待梳理
    SORTED = "sorted"  # 已梳理
    DESCRIBED = "described"  # 流程已规范: may be authorised


@dataclass(frozen=True, slots=True)
class Marks:
    """Who confirmed what about exactly one version, and when. ``reviewed``: 县审改办 looked at it and agreed."""

    sorting: Sorting = Sorting.DRAFT
    sorted_by: str = ""
    sorted_at: datetime | None = None
    described_by: str = ""
    described_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """设定依据: one registered legal basis and the article, e.g. 第十四条."""

    basis_id: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the 材料清单. ``source``: who issues it; numbers of originals and copies."""

    name: str
    source: str = ""
    originals: int = 0
    copies: int = 0
    required: bool = True


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of the described flow 办理流程. ``limit_days`` in the unit of the item's promised limit; None: not set."""

    name: str
    actor: str
    limit_days: int | None = None
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """政务服务事项, one version of it; a stored version never changes. Codes may be empty: many township items have none at hand.

    ``status``: in_use 在用, paused 暂停, cancelled 取消. ``result_kind``: opinion 意见, record 登记备案, certificate 证/批准书,
    proof 证明, penalty 处罚/强制, payment 给付. ``agency``: "" township's own matter; "police" 公安派出所; "market" 市场监管所;
    "branch" other branch. ``seal_by_law``: a law or regulation expressly demands the organ's own seal. ``example``: 示例，待县级核定.
    ``department_id``: 县直对口部门. ``current_seal``, ``target_seal``: official, station, special, own; special, accept_only.

    The elements after ``example`` are those of the national tables (GB/T 39554, GB/T 39046); what each is called, which dictionary
    it takes its code from and which are needed stands in ``service/domain/elements.py``. None: not said yet. The class E1-E9 is no
    element: the decision table says it.
    """

    id: str
    version: int
    name: str
    department_id: str
    status: str
    status_reason: str
    power_source: PowerSource
    agency: str
    result_kind: str
    seal_by_law: bool
    legal_basis: str
    current_seal: str
    form_ids: tuple[str, ...] = ()
    catalog_code: str = ""
    task_code: str = ""
    entrusting_department: str = ""
    power_document: str = ""  # 文号 of the 下放/赋权/委托 document
    note: str = ""
    example: bool = False
    item_type: str = ""
    use_level: str = ""
    dept_type: str = ""
    implementing_body: str = ""
    implementing_code: str = ""  # 18 characters, GB 32100
    business_code: str = ""  # 业务办理项编码, 33 characters
    local_catalog_code: str = ""
    local_task_code: str = ""
    citations: tuple[Citation, ...] = ()
    statutory_days: int | None = None
    statutory_unit: str = ""  # workday 工作日, calendar_day 自然日
    statutory_note: str = ""
    promised_days: int | None = None
    promised_unit: str = ""
    promised_note: str = ""
    service_objects: tuple[str, ...] = ()
    handling_kind: str = ""  # 1 即办件, 2 承诺件
    ways: tuple[str, ...] = ()
    visits: int | None = None
    special_procedure: str = ""
    places: str = ""
    hours: str = ""
    contact: str = ""
    complaints: str = ""
    fee: bool | None = None
    fee_basis: str = ""
    conditions: str = ""
    flow: tuple[FlowStep, ...] = ()
    results: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    planned_from: date | None = None
    planned_until: date | None = None
    joint_departments: tuple[str, ...] = ()
    region_scope: str = ""  # 通办范围
    intermediary: str = ""
    quantity_limit: str = ""
    in_hall: bool | None = None
    agent_service: bool | None = None  # 代办
    tags: tuple[str, ...] = ()  # 四办
    target_seal: str = ""
    made_by: str = ""  # person of this version; empty for rows older than the library
    made_at: datetime | None = None
    change_note: str = ""
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item in a list to choose from: its newest version."""

    id: str
    name: str
    department_id: str
    status: str
    sorting: Sorting


@dataclass(frozen=True, slots=True)
class Form:
    """申请表/审批表. ``level`` 制定层级: national, provincial, municipal, county, township decides what may be ordered."""

    id: str
    version: int
    name: str
    owner_id: str
    level: str
    sha256: str = ""
    status: str = "unchecked"  # unchecked 在用-未查, to_fix 待整改, passed 合格, stopped 停用
    checked_until: date | None = None
    example: bool = False


class AuthorisationStatus(StrEnum):
    TRIAL = "trial"  # 试运行
    IN_FORCE = "in_force"  # 生效
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One row of the 授权台账: township x item. ``scope``: decide 审核审批, accept_only 仅受理/收件 (E3)."""

    id: str
    township_id: str
    item_id: str
    item_version: int
    item_name: str
    item_class: str  # E1..E9
    scope: str
    status: AuthorisationStatus
    case_id: str
    document_number: str  # 文号 of the 授权书
    document_date: date | None
    notice_number: str  # 文号 of the 启用通知
    filing_number: str  # 备案号
    effective_at: datetime
    valid_from: date | None
    valid_to: date | None
    seal_id: str | None


@dataclass(frozen=True, slots=True)
class Seal:
    """``kind``: official 公章, special 中心专用章, department 本部门专用章. ``diameter_mm`` of the face, 国发〔1999〕25号."""

    id: str
    organisation_id: str
    kind: str
    name: str
    shape: str
    diameter_mm: int
    status: str  # made 待刻, filed 已备案, active 启用, suspended, stopped, ...
    filing_number: str = ""
    filing_date: date | None = None
    seal_code: str = ""
    activated_on: date | None = None
    keeper_a: str = ""
    keeper_b: str = ""
    specimen_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A re-usable result of P2 or P3. ``kind``: form_check (subject = form id) or sign_off (subject = item id).

    Valid for the same ``subject_version`` until ``valid_until``; ``conclusion`` e.g. passed, agree, agree_with_conditions, disagree.
    """

    id: str
    kind: str
    department_id: str
    subject_id: str
    subject_version: int
    conclusion: str
    detail: str
    case_id: str
    decided_at: datetime
    valid_until: date


@dataclass(frozen=True, slots=True)
class Notification:
    """In-app notice to holders of a post in an organisation, or to one person."""

    id: str
    kind: str  # overdue, reminder, delivered, notice
    organisation_id: str | None
    post: str
    person_id: str | None
    case_id: str | None
    task_id: str | None
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """送达回执 of a document sent to an organisation; ``receipted_at`` empty until the receiver confirms."""

    id: str
    case_id: str
    organisation_id: str
    document: str
    sent_at: datetime
    receipted_at: datetime | None = None
    receipted_by: str | None = None
