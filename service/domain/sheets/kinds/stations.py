"""站所: 七站八所 of a township and what became of them. Without a 文号 nobody may call one abolished, merged or renamed."""

from collections.abc import Iterator, Mapping

from service.domain.codes import normal_number
from service.domain.library import StationStatus
from service.domain.library_permission import Keeping
from service.domain.people import OrgKind
from service.domain.sheets.codes import id_fault, number_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Value, Wrong
from service.domain.sheets.world import Row, World

TOWNSHIPS = (OrgKind.TOWNSHIP.value, OrgKind.ZONE.value)
_GONE = (StationStatus.ABOLISHED.value, StationStatus.MERGED.value, StationStatus.RENAMED.value)
_SUCCEEDED = (StationStatus.MERGED.value, StationStatus.RENAMED.value)


def _rule(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    values = row.values
    township = str(values.get("township_id", ""))
    if township and (world.after("organisations", township) or {}).get("kind") not in TOWNSHIPS:
        yield "township_id", Wrong("a_township")
    if values.get("status") in _GONE and values.get("abolition_number") == "":
        yield "abolition_number", Wrong("needs_number")
    if values.get("status") in _SUCCEEDED and values.get("successor") == "":
        yield "successor", Wrong("needs_successor")
    here = [k for k in world.named("stations", str(values.get("name"))) if _township(world, k) == township]
    if first := world.first_of("stations", here, row.key):
        yield "name", Wrong("station_once", holder=first)


def _township(world: World, key: str) -> Value:
    return (world.after("stations", key) or {}).get("township_id")


def _keeping(values: Mapping[str, Value]) -> Keeping:
    return Keeping(township_id=str(values.get("township_id", "")))


KIND = SheetKind(
    "stations",
    (
        Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=22),
        Column("township_id", Type.REFERENCE, required=True, to="organisations", fixed=True, width=24),
        Column("name", required=True, width=20),
        Column("aliases", Type.LIST, longest=100, width=24),
        Column("status", Type.CHOICE, choices=tuple(s.value for s in StationStatus), words="station_status.", width=12,
               default=StationStatus.UNCLEAR.value),
        Column("abolition_number", normal=normal_number, check=number_fault, width=24),
        Column("abolished_on", Type.DATE, width=14),
        Column("successor", width=24),
        Column("note", lines=True, longest=1_000, width=30),
    ),
    rule=_rule,
    keeping=_keeping,
)  # fmt: skip
