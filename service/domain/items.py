"""Service items, their forms, the ledger of authorisations, and seals."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Item:
    """政务服务事项. Codes may be empty: many township items have none at hand.

    ``status``: in_use 在用, paused 暂停, cancelled 取消. ``result_kind``: opinion 意见, record 登记备案, certificate 证/批准书,
    penalty 处罚/强制, payment 给付. ``agency``: "" township's own matter; "police" 公安派出所; "market" 市场监管所; "branch" other branch.
    ``seal_by_law``: a law or regulation expressly demands the organ's own seal. ``example``: marked 示例，待县级核定.
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


@dataclass(frozen=True, slots=True)
class Form:
    """申请表/审批表. ``level`` 制定层级: national, provincial, municipal, county, township decides what may be ordered."""

    id: str
    version: int
    name: str
    owner_id: str
    level: str
    sha256: str = ""
    status: str = "unchecked"  # unchecked 在用-未查, checking 自查中, to_fix 待整改, passed 合格, stopped 停用
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
