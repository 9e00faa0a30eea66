"""Codes of service items."""

import pytest
from handlers.codes import code_fault, credit_code_fits


@pytest.mark.parametrize("code", ["91350100M000100Y43", "113506220039256719"])
def test_it_accepts_a_right_check_character(code: str) -> None:
    assert credit_code_fits(code)


@pytest.mark.parametrize(
    "code", ["91350100M000100Y44", "91350100M000100Y4", "91350100m000100y43", "9135010OM000100Y43", ""]
)
def test_it_refuses_a_wrong_one_a_short_one_small_letters_and_letters_outside_the_alphabet(code: str) -> None:
    assert not credit_code_fits(code)


def test_it_finds_every_single_wrong_character() -> None:
    right = "91350100M000100Y43"
    for place in range(18):
        wrong = right[:place] + ("7" if right[place] != "7" else "8") + right[place + 1 :]
        assert not credit_code_fits(wrong), place


@pytest.mark.parametrize(
    ("catalog", "task", "fault"),
    [
        ("", "", ""),
        ("350112345000", "", ""),
        ("3501123450", "", "precheck.code_old"),
        ("", "1" * 24, "precheck.code_old"),
        ("35011234500", "", "precheck.code_length"),
        ("3501-2345000", "", "precheck.code_length"),
        ("", "1" * 31, "precheck.code_check"),
        ("350112345000", "1135062200392567195350112345000", ""),
        ("350112345000", "113506220039256719535011234500001", ""),
        ("350112345999", "1135062200392567195350112345000", "precheck.code_differs"),
    ],
)
def test_it_names_what_is_wrong(catalog: str, task: str, fault: str) -> None:
    assert code_fault(catalog, task) == fault
