"""表格: 申请表、审批表 and who set them. A changed row is a new version of the form, which must be checked again."""

from collections.abc import Mapping

from service.domain.library_permission import Keeping
from service.domain.sheets.codes import id_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Value

LEVELS = ("national", "provincial", "municipal", "county", "township")


def _keeping(values: Mapping[str, Value]) -> Keeping:
    owner = str(values.get("owner_id", ""))
    return Keeping(departments=(owner,) if owner else ())


KIND = SheetKind(
    "forms",
    (
        Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=26),
        Column("name", required=True, width=40),
        Column("owner_id", Type.REFERENCE, required=True, to="organisations", width=30),
        Column("level", Type.CHOICE, required=True, choices=LEVELS, words="form_level.", width=12),
    ),
    keeping=_keeping,
)
