"""设定依据: laws, regulations and documents that items rest on. Repealing one is an act of its own, with a reason, and no row of a sheet."""

from collections.abc import Iterator

from service.domain.codes import normal_number
from service.domain.library import BasisStatus
from service.domain.sheets.codes import id_fault, order_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Wrong
from service.domain.sheets.world import Row, World

_REPEALED = BasisStatus.REPEALED.value


def _rule(row: Row, _world: World) -> Iterator[tuple[str, Wrong]]:
    before = row.before or {}
    if before.get("status") == _REPEALED:
        changed = any(row.values.get(key) != before.get(key) for key in row.said)
        yield from [("id", Wrong("gone"))] if changed else []
    elif row.values.get("status") == _REPEALED:
        yield "status", Wrong("repeal_apart")


KIND = SheetKind(
    "legal_bases",
    (
        Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=22),
        Column("name", required=True, longest=1_000, width=40),
        Column("number", normal=normal_number, check=order_fault, unique=True, width=24),
        Column("level", Type.REFERENCE, to="dictionary.basis_level", width=18),
        Column("issuers", Type.LIST, longest=200, width=28),
        Column("articles", lines=True, longest=20_000, width=50),
        Column("effective_on", Type.DATE, width=14),
        Column("status", Type.CHOICE, choices=tuple(s.value for s in BasisStatus), words="basis_status.", width=12,
               default=BasisStatus.UNVERIFIED.value),
        Column("note", lines=True, longest=1_000, width=30),
    ),
    rule=_rule,
)  # fmt: skip
