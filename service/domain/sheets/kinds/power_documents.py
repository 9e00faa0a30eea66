"""下放文件: documents that gave townships a power, or took one back. Withdrawing one is an act of its own."""

from collections.abc import Iterator

from service.domain.codes import normal_number
from service.domain.library import PowerKind
from service.domain.sheets.codes import id_fault, number_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Wrong
from service.domain.sheets.kinds.stations import TOWNSHIPS
from service.domain.sheets.world import Row, World


def _rule(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    values, before = row.values, row.before or {}
    if before.get("withdrawn") and any(values.get(key) != before.get(key) for key in row.said):
        yield "id", Wrong("gone")
    for id in values.get("township_ids") or []:
        if (world.after("organisations", id) or {}).get("kind") not in TOWNSHIPS:
            yield "township_ids", Wrong("a_township")
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        yield "valid_to", Wrong("days_order", first=first)


KIND = SheetKind(
    "power_documents",
    (
        Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=22),
        Column(
            "kind", Type.CHOICE, required=True, choices=tuple(k.value for k in PowerKind), words="power_kind.", width=12
        ),
        Column("number", required=True, normal=normal_number, check=number_fault, unique=True, width=24),
        Column("title", required=True, longest=1_000, width=44),
        Column("issuer", required=True, width=26),
        Column("dated", Type.DATE, width=14),
        Column("valid_from", Type.DATE, width=14),
        Column("valid_to", Type.DATE, width=14),
        Column("item_ids", Type.REFERENCES, to="items", width=34),
        Column("township_ids", Type.REFERENCES, to="organisations", width=30),
        Column("note", lines=True, longest=1_000, width=30),
    ),
    rule=_rule,
)
