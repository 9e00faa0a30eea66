"""Persons, posts and organisations as values."""

from dataclasses import dataclass
from enum import StrEnum


class OrgKind(StrEnum):
    """Kinds of organisation; the kind decides labels, separation of duties and where a deduction may fall."""

    COUNTY = "county"  # 县人民政府 itself, root of the tree
    COUNTY_OFFICE = "county_office"  # 县政府办, 审改办, 效能办, 行政服务中心, 司法局 ...
    DEPARTMENT = "department"  # 县直部门
    TOWNSHIP = "township"  # 乡镇人民政府
    ZONE = "zone"  # 开发区管委会: no 人民政府, head is 主任
    CENTER = "center"  # 便民服务中心, child of a township or zone
    STATION = "station"  # 派出机构


@dataclass(frozen=True, slots=True)
class Organisation:
    """``id`` is a readable slug (``huotian``); ``code`` the 9-digit statistics code or a 信用代码, may be empty.

    ``office`` is set for county offices that diagrams address by function: ``reform_office`` 审改办,
    ``efficiency_office`` 效能办, ``service_center`` 行政服务中心, ``justice_bureau`` 司法局, ``county_office`` 县政府办.
    """

    id: str
    name: str
    short_name: str
    kind: OrgKind
    parent_id: str | None = None
    code: str = ""
    office: str = ""
    head_title: str = ""  # 镇长, 乡长, 主任, 局长


@dataclass(frozen=True, slots=True)
class Holding:
    """A person holds a post in an organisation, e.g. ``center_clerk`` of ``huotian-center``."""

    post: str
    organisation_id: str


class Role(StrEnum):
    """三员分立: the three administrators exclude each other; none of them takes business steps."""

    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


@dataclass(frozen=True, slots=True)
class Person:
    """``fictional`` is true for every invented person of demo and tests; pages mark the name 虚构."""

    id: str
    name: str
    organisation_id: str
    fictional: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with all holdings and roles, or the machine (``SYSTEM``)."""

    person_id: str
    name: str
    organisation_id: str = ""
    holdings: tuple[Holding, ...] = ()
    roles: frozenset[Role] = frozenset()
    auditor: bool = False  # business auditor: 审改办, 效能办, 行政服务中心 may read every case

    def holds(self, post: str, organisation_id: str) -> bool:
        return Holding(post, organisation_id) in self.holdings

    @property
    def organisations(self) -> frozenset[str]:
        return frozenset(h.organisation_id for h in self.holdings) | {self.organisation_id}


SYSTEM = Actor(person_id="system", name="系统")
