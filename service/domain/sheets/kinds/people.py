"""人员: names and organisations. Accounts are made disabled, 安全管理员 enables them and grants posts; out of use they go by hand, with a reason."""

from collections.abc import Iterator

from service.domain.sheets.codes import login_fault, person_name
from service.domain.sheets.columns import Column, SheetKind, Type, Wrong
from service.domain.sheets.world import Row, World


def _rule(row: Row, _world: World) -> Iterator[tuple[str, Wrong]]:
    """The three administrators are kept by hand, each by another one."""
    before = row.before or {}
    if before.get("administrator") and any(row.values.get(key) != before.get(key) for key in row.said):
        yield "id", Wrong("no_administrator")


KIND = SheetKind(
    "people",
    (
        Column("id", Type.CODE, required=True, check=login_fault, longest=40, width=22),
        Column("name", required=True, normal=person_name, longest=50, width=18),
        Column("organisation_id", Type.REFERENCE, required=True, to="organisations", width=34),
    ),
    rule=_rule,
)
