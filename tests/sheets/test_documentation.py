"""docs/sheets.md tells the columns as the model has them."""

import pytest

from service.domain.sheets.columns import SheetKind
from service.domain.sheets.describing import describe
from service.domain.sheets.kinds import KINDS
from service.domain.sheets.world import World
from tests.house.source import ROOT

PAGE = (ROOT / "docs/sheets.md").read_text()


def table(kind: SheetKind) -> str:
    """As it must stand in the page."""
    rows = [f"### {kind.id} {kind.title}", "", "| heading | key | what | needed |", "|---|---|---|---|"]
    for column, told in zip(kind.columns, describe(kind, World({})), strict=True):
        what = f"{told.type}：{told.choices}" if told.choices else told.type
        rows.append(f"| {told.heading} | `{column.key}` | {what} | {'yes' if told.required else ''} |")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_page_has_the_kind_with_all_its_columns(kind: SheetKind) -> None:
    assert table(kind) in PAGE, f"put this into docs/sheets.md:\n{table(kind)}"
