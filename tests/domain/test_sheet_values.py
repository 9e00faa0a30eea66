"""From a cell to a value: what a spreadsheet made of a code is made good or told, never guessed."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.sheets.cells import Cell, CellKind
from service.domain.sheets.columns import Column, Type, Wrong
from service.domain.sheets.values import escaped, read, text_of, unescaped
from service.domain.sheets.world import World
from tests.domain.filled import KNOWN, cell

WORLD = World(KNOWN)
KIND = Column("kind", Type.CHOICE, choices=("county", "zone"), words="organisation.kind.")
PLACE = Column("place", Type.REFERENCE, to="organisations")
PLACES = Column("places", Type.REFERENCES, to="organisations")
CODE = Column("code", Type.CODE, longest=18)
MATERIALS = Column(
    "materials", Type.ROWS,
    fields=(Column("name", required=True), Column("copies", Type.NUMBER, default=0), Column("needed", Type.YES_NO, default=True)),
)  # fmt: skip


def value(column: Column, given: Any) -> Any:
    return read(column, cell(given), WORLD)


def wrong(column: Column, given: Any) -> str:
    with pytest.raises(Wrong) as refused:
        value(column, given)
    assert refused.value.wanted
    return refused.value.code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (350622105, "350622105"),
        ("350622105", "350622105"),
        ("３５０６２２１０５", "350622105"),
        (" 3506 22105\u3000", "350622105"),
        ("\u200b350622105\ufeff", "350622105"),
        ("11350622MBTEXT013G", "11350622MBTEXT013G"),
        ("１１３５０６２２ＭＢTEXT013G", "11350622MBTEXT013G"),
        ("'=12", "=12"),
    ],
)  # fmt: skip
def test_a_code_is_read_whatever_the_spreadsheet_made_of_it(given: Any, code: str) -> None:
    assert value(CODE, given) == code


def test_digits_a_spreadsheet_has_already_lost_are_told_and_not_taken() -> None:
    assert wrong(CODE, 1135062200000000000) == "digits_lost"
    assert value(CODE, 123456789012345) == "123456789012345"


def test_a_code_that_became_a_date_is_told() -> None:
    assert wrong(CODE, Cell(CellKind.DATE, "2026-03-01")) == "no_date"


@pytest.mark.parametrize("column", [CODE, PLACE, KIND, Column("text"), Column("day", Type.DATE)])
def test_formulas_and_errors_are_no_values(column: Column) -> None:
    assert wrong(column, "=A1") == "no_formula"
    assert wrong(column, Cell(CellKind.ERROR, "#N/A")) == "no_error"


def test_a_text_keeps_its_punctuation_and_loses_the_blanks_round_it() -> None:
    assert value(Column("name"), "\u3000县（区）卫生健康局\u00a0\n") == "县（区）卫生健康局"
    assert value(Column("name", lines=True), "一\r\n二") == "一\n二"
    assert wrong(Column("name"), "一\n二") == "one_line"
    assert value(Column("name"), "一\u3000二") == "一 二"
    assert value(Column("name"), 12) == "12"
    assert value(Column("name"), "\u202e倒\u202c") == "倒"
    assert wrong(Column("name"), "a\x07b") == "no_control"
    assert wrong(Column("name", longest=3), "一二三四") == "shorter"


@pytest.mark.parametrize(
    "given",
    [
        "2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "20261124", "２０２６－１１－２４", " 2026-11-24 ", 20261124,
        Cell(CellKind.DATE, "2026-11-24"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_people_write_it(given: Any) -> None:
    assert value(Column("day", Type.DATE), given) == "2026-11-24"


@pytest.mark.parametrize(
    "given",
    ["11月24日", "2026-13-01", "2026-02-30", "昨天", "2026-11", 46350, Cell(CellKind.DATE, "2026-11-24 08:30:00")],
)
def test_what_is_no_day_is_told(given: Any) -> None:
    assert wrong(Column("day", Type.DATE), given) == "date"


def test_one_day_of_one_digit_is_a_day() -> None:
    assert value(Column("day", Type.DATE), "2026/1/4") == "2026-01-04"


@pytest.mark.parametrize(("given", "number"), [("20", 20), (20, 20), ("２０", 20), ("0", 0)])
def test_a_number_is_whole_and_bare(given: Any, number: int) -> None:
    assert value(Column("days", Type.NUMBER), given) == number


@pytest.mark.parametrize("given", ["20个工作日", "-1", "1.5", 1.5, "二十", "9999999999"])
def test_what_is_no_number_is_told(given: Any) -> None:
    assert wrong(Column("days", Type.NUMBER), given) == "number"


@pytest.mark.parametrize(
    ("given", "yes"), [("是", True), ("否", False), (True, True), (False, False), (1, True), ("√", True), ("N", False)]
)
def test_yes_and_no(given: Any, yes: bool) -> None:
    assert value(Column("flag", Type.YES_NO), given) is yes
    assert wrong(Column("flag", Type.YES_NO), "也许") == "yes_no"


@pytest.mark.parametrize("given", ["开发区", " 开发区 ", "zone", "开 发 区"])
def test_a_choice_is_its_word_or_its_value(given: str) -> None:
    assert value(KIND, given) == "zone"


def test_another_word_is_told_with_all_that_may_be_chosen() -> None:
    with pytest.raises(Wrong, match="choice") as refused:
        value(KIND, "镇")
    assert "县人民政府、开发区" in refused.value.wanted


def test_a_reference_is_an_id_or_a_name_that_only_one_has() -> None:
    assert value(PLACE, "huotian") == value(PLACE, "火田镇人民政府") == value(PLACE, " huotian ") == "huotian"
    assert wrong(PLACE, "nowhere") == "reference"
    twins = World({"organisations": {"a": {"name": "同名"}, "b": {"name": "同名"}}})
    with pytest.raises(Wrong, match="one_name") as refused:
        read(PLACE, cell("同名"), twins)
    assert "2个同名" in refused.value.wanted


def test_a_code_of_a_dictionary_out_of_use_cannot_be_chosen_any_more() -> None:
    item_type = Column("item_type", Type.REFERENCE, to="dictionary.item_type")
    assert value(item_type, "行政确认") == value(item_type, "07") == "07"
    with pytest.raises(Wrong, match="choice") as refused:
        value(item_type, "旧代码")
    assert refused.value.wanted == "应为下列之一：行政确认"


@pytest.mark.parametrize(
    "given",
    ["huotian；云霄县卫生健康局", "huotian;weijianju", "huotian\n weijianju \n", "huotian；huotian；weijianju；"],
)
def test_a_list_has_semicolons_or_lines_between_and_each_entry_once(given: str) -> None:
    assert value(PLACES, given) == ["huotian", "weijianju"]
    assert wrong(PLACES, given + "；x") == "reference"
    assert wrong(PLACES, "\n".join(["huotian"] * 501)) == "fewer"


def test_rows_in_a_cell_are_lines_with_bars_and_blanks_at_the_end_may_be_left_out() -> None:
    assert value(MATERIALS, "身份证｜1｜是\n\n 申请表|2 \n照片") == [
        ["身份证", 1, True],
        ["申请表", 2, True],
        ["照片", 0, True],
    ]
    assert wrong(MATERIALS, "｜1") == "field"
    assert wrong(MATERIALS, "a｜1｜是｜x") == "fields"
    assert wrong(MATERIALS, "a｜两份") == "number"
    assert text_of(MATERIALS, [["身份证", 1, False], ["照片", 0, True]], WORLD) == "身份证｜1｜否\n照片｜0｜是"


@given(st.text())
def test_what_an_export_escapes_an_import_reads_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in tuple("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize(
    ("column", "kept", "shown"),
    [
        (KIND, "zone", "开发区"), (KIND, "gone", "gone"), (PLACE, "huotian", "火田镇人民政府"), (PLACE, "gone", "gone"),
        (PLACES, ["huotian", "weijianju"], "火田镇人民政府；云霄县卫生健康局"), (Column("f", Type.YES_NO), True, "是"),
        (Column("f", Type.YES_NO), None, ""), (Column("n", Type.NUMBER), 0, "0"), (Column("d", Type.DATE), None, ""), (PLACES, [], ""),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_people_read_it(column: Column, kept: Any, shown: str | Sequence[str]) -> None:
    assert text_of(column, kept, WORLD) == shown
