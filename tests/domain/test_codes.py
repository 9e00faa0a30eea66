"""Codes, 文号 and limits of service items."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.domain.codes import (
    CODES,
    WARNINGS,
    credit_code_fits,
    item_faults,
    normal_number,
    normalised,
    number_faults,
    only_warns,
)
from service.domain.items import Item, PowerSource

BODY = "11350622MBTEXT013G"  # invented, valid-looking: no body of the county has it
OTHER = "11350622MBTEXT021B"
TASK = BODY + "5" + "350112345000"


def item(**said: Any) -> Item:
    blank = Item("a", 1, "甲", "ju", "in_use", "", PowerSource.STATUTORY, "", "record", False, "", "official")
    return replace(blank, **said)


def found(**said: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.where["field"]) for fault in item_faults(item(**said))]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11500382009327333L", "11341823003291624M", BODY])
def test_it_accepts_right_check_characters(code: str) -> None:
    assert credit_code_fits(code)


@pytest.mark.parametrize(
    "code", ["91350100M000100Y44", "91350100M000100Y4", "91350100m000100y43", "9135010OM000100Y43", ""]
)
def test_it_refuses_a_wrong_one_a_short_one_small_letters_and_letters_outside_the_alphabet(code: str) -> None:
    assert not credit_code_fits(code)


def test_it_finds_every_single_wrong_character() -> None:
    for place in range(18):
        wrong = BODY[:place] + ("7" if BODY[place] != "7" else "8") + BODY[place + 1 :]
        assert not credit_code_fits(wrong), place


def test_it_finds_a_wrong_body_under_a_right_outer_check() -> None:
    """GB 11714 inside: the seventeenth character is wrong and the eighteenth was computed over it."""
    assert not credit_code_fits("113506220039256719")


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({}, []),
        ({"catalog_code": "350112345000"}, []),
        ({"catalog_code": "000112A4B000"}, []),
        ({"task_code": TASK}, []),
        ({"business_code": TASK + "01"}, []),
        ({"catalog_code": "350112345000", "task_code": TASK, "business_code": TASK + "01", "implementing_code": BODY,
          "use_level": "5", "item_type": "01"}, []),
        ({"catalog_code": "3501123450"}, [("code-old", "catalog_code")]),
        ({"task_code": "1" * 24}, [("code-old", "task_code")]),
        ({"catalog_code": "35011234500"}, [("code-length", "catalog_code")]),
        ({"catalog_code": TASK}, [("code-length", "catalog_code")]),
        ({"task_code": TASK[:30]}, [("code-length", "task_code")]),
        ({"business_code": TASK}, [("code-length", "business_code")]),
        ({"catalog_code": "35011234500O"}, [("code-letters", "catalog_code")]),
        ({"catalog_code": "3501-2345000"}, [("code-letters", "catalog_code")]),
        ({"task_code": BODY + "5" + "35011234500Z"}, [("code-letters", "task_code")]),
        ({"task_code": "1" * 31}, [("code-credit", "task_code")]),
        ({"business_code": "1" * 33}, [("code-credit", "business_code")]),
        ({"implementing_code": "11350622MBTEXT013X"}, [("credit-code", "implementing_code")]),
        ({"task_code": TASK, "catalog_code": "350112345999"}, [("code-catalog", "task_code")]),
        ({"task_code": TASK, "implementing_code": OTHER}, [("code-organisation", "task_code")]),
        ({"task_code": TASK, "use_level": "4"}, [("code-level", "task_code")]),
        ({"business_code": TASK + "01", "use_level": "4"}, [("code-level", "business_code")]),
        ({"task_code": TASK, "business_code": OTHER + TASK[18:] + "01"}, [("code-task", "business_code")]),
        ({"catalog_code": "350112345000", "item_type": "07"}, [("code-type", "catalog_code")]),
        ({"catalog_code": "3501123450", "task_code": TASK}, [("code-old", "catalog_code")]),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong_with_codes(said: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert found(**said) == faults


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"handling_kind": "1", "promised_days": 0}, []),
        ({"handling_kind": "1", "promised_days": 1}, []),
        ({"handling_kind": "2", "promised_days": 20}, []),
        ({"handling_kind": "1"}, []),
        ({"handling_kind": "1", "promised_days": 2}, ["limit-instant"]),
        ({"promised_days": 5, "statutory_days": 5, "promised_unit": "workday", "statutory_unit": "workday"}, []),
        ({"promised_days": 6, "statutory_days": 5, "promised_unit": "workday", "statutory_unit": "workday"},
         ["limit-longer"]),
        ({"promised_days": 6, "statutory_days": 5, "promised_unit": "workday", "statutory_unit": "calendar_day"},
         ["limit-longer"]),
        ({"promised_days": 6, "statutory_days": 5, "promised_unit": "calendar_day", "statutory_unit": "workday"},
         ["limit-units"]),
        ({"planned_from": date(2026, 1, 2), "planned_until": date(2026, 1, 1)}, ["dates-order"]),
        ({"planned_from": date(2026, 1, 1), "planned_until": date(2026, 1, 1)}, []),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong_with_limits(said: dict[str, Any], faults: list[str]) -> None:
    assert [code for code, _ in found(**said)] == faults


@pytest.mark.parametrize(
    "text", ["云政办[2022] 28号", "云政办（２０２２）28号", "云政办【2022】28 号", "云政办〔2022〕28号"]
)
def test_it_writes_brackets_the_one_right_way(text: str) -> None:
    assert normal_number(text) == "云政办〔2022〕28号"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", None), ("闽审改办〔2021〕5号", None), ("云政办〔2022〕第28号", "number-digits"),
        ("云政办〔2022〕028号", "number-digits"), ("云政办〔22〕28号", "number-form"), ("云政办〔2022〕28", "number-form"),
        ("〔2022〕28号", "number-form"), ("文件待核", "number-form"), ("国务院令第716号", "number-form"),
        ("云政办〔2022〕0号", "number-form"),
    ],
)  # fmt: skip
def test_it_tells_a_document_number_from_what_is_none(text: str, code: str | None) -> None:
    assert [f.code for f in number_faults(text, field="power_document")] == ([code] if code else [])


def test_it_says_the_right_form_of_a_number_and_takes_orders_only_where_told() -> None:
    (fault,) = number_faults("云政办〔2022〕第028号", field="power_document")
    assert "“云政办〔2022〕28号”" in fault.message
    assert number_faults("国务院令第716号", field="power_document", orders=True) == ()


def test_it_looks_at_every_document_of_an_item() -> None:
    both = item(power_document="云政办[2022]28号、 文件待核")
    assert [f.code for f in item_faults(normalised(both))] == ["number-form"]


def test_it_writes_all_codes_in_half_width_capitals_without_blanks() -> None:
    loose = item(**dict.fromkeys(CODES, " ａ1 "))
    assert {getattr(normalised(loose), name) for name in CODES} == {"A1"}


def test_it_lets_only_doubts_pass() -> None:
    doubts = item(catalog_code="350112345000", item_type="07", task_code="1" * 24)
    assert [only_warns(f) for f in item_faults(doubts)] == [True, True]
    assert not any(only_warns(f) for f in item_faults(item(task_code="1" * 31)))
    assert {"code-old", "code-type", "limit-units"} == WARNINGS
