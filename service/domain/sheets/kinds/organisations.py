"""机构: the county, its offices and departments, townships, 便民服务中心, 派出机构. The tree has a fixed shape, and an id its kind for good."""

from collections.abc import Iterator, Mapping

from service.domain.assignment import OFFICES
from service.domain.people import OrgKind
from service.domain.sheets.codes import body_code_fault, id_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Wrong
from service.domain.sheets.world import Row, World
from service.domain.texts import say

_COUNTY = (OrgKind.COUNTY,)
PARENTS: Mapping[OrgKind, tuple[OrgKind, ...]] = {
    OrgKind.COUNTY: (),
    OrgKind.COUNTY_OFFICE: _COUNTY,
    OrgKind.DEPARTMENT: _COUNTY,
    OrgKind.TOWNSHIP: _COUNTY,
    OrgKind.ZONE: _COUNTY,
    OrgKind.CENTER: (OrgKind.TOWNSHIP, OrgKind.ZONE),
    OrgKind.STATION: (OrgKind.DEPARTMENT, OrgKind.COUNTY_OFFICE, OrgKind.TOWNSHIP, OrgKind.ZONE),
}
# Who hosts 审改办 differs from county to county.
MAY_BE_OFFICE = (OrgKind.COUNTY_OFFICE.value, OrgKind.DEPARTMENT.value)


def _rule(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    kind = row.values.get("kind")
    if not kind:
        return
    yield from _parent(row, OrgKind(kind), world)
    if row.values.get("office") and kind not in MAY_BE_OFFICE:
        yield "office", Wrong("no_office")
    if kind == OrgKind.COUNTY and _earlier(row, world, kind=kind):
        yield "kind", Wrong("one_county")
    parent = row.values.get("parent_id")
    if kind == OrgKind.CENTER and parent and _earlier(row, world, kind=kind, parent_id=parent):
        yield "parent_id", Wrong("one_center")


def _parent(row: Row, kind: OrgKind, world: World) -> Iterator[tuple[str, Wrong]]:
    if "parent_id" not in row.values:
        return
    allowed, parent = [k.value for k in PARENTS[kind]], row.values["parent_id"]
    if not allowed:
        if parent:
            yield "parent_id", Wrong("no_parent")
    elif (world.after("organisations", parent) or {}).get("kind") not in allowed:
        kinds = say("list.comma").join(say(f"organisation.kind.{k}") for k in allowed)
        yield "parent_id", Wrong("a_parent", kinds=kinds)


def _earlier(row: Row, world: World, **same: str) -> str:
    """Another organisation of which there can be one only."""
    rows = world.all("organisations").items()
    here = [key for key, values in rows if all(values.get(name) == value for name, value in same.items())]
    return world.first_of("organisations", here, row.key)


KIND = SheetKind(
    "organisations",
    (
        Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=22),
        Column("name", required=True, unique=True, width=34),
        Column("short_name", required=True, longest=60, width=18),
        Column("kind", Type.CHOICE, required=True, fixed=True, width=16,
               choices=tuple(k.value for k in OrgKind), words="organisation.kind."),
        Column("parent_id", Type.REFERENCE, to="organisations", width=30),
        Column("code", Type.CODE, check=body_code_fault, unique=True, longest=18, width=22),
        Column("office", Type.CHOICE, unique=True, choices=tuple(sorted(OFFICES)), words="organisation.office.", width=18),
        Column("head_title", longest=30, width=14),
    ),
    rule=_rule,
)  # fmt: skip
