"""印章名称与规格校验."""

from decimal import Decimal
from typing import Any

import pytest

from tests.handlers.desk import run

RIGHT = {"seal_name": "火田镇便民服务中心审核审批专用章", "seal_shape": "round", "seal_diameter": 42}


def check(official: str = "云霄县火田镇人民政府", **more: Any) -> list[str]:
    output = run("check_seal_name", {**RIGHT, **more}, official_seal_name=official)
    faults: list[str] = output.data["seal_faults"]
    assert output.error == ("seal_mismatch" if faults else "")
    assert output.data["seal_name_expected"] == "火田镇便民服务中心审核审批专用章"
    return faults


@pytest.mark.parametrize(
    "more", [{}, {"seal_diameter": 45}, {"seal_diameter": Decimal("0.5")}, {"seal_diameter": "40"}]
)
def test_it_passes_a_right_order(more: dict[str, Any]) -> None:
    assert check(**more) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"seal_name": "火田镇便民中心审核审批专用章"}, "应为“火田镇便民服务中心审核审批专用章”"),
        ({"seal_name": "便民服务中心审核审批专用章"}, "应为"),
        ({"seal_name": "和平镇便民服务中心审核审批专用章"}, "应为"),
        ({"seal_name": None}, "应为"),
        ({"seal_shape": "oval"}, "圆形"),
        ({"seal_diameter": 46}, "45毫米"),
        ({"seal_diameter": Decimal("45.1")}, "45毫米"),
        ({"seal_diameter": 0}, "大于0"),
        ({"seal_diameter": -42}, "大于0"),
        ({"seal_diameter": None}, "大于0"),
        ({"seal_diameter": "big"}, "大于0"),
        ({"seal_diameter": Decimal("NaN")}, "大于0"),
        ({"seal_diameter": "Infinity"}, "大于0"),
    ],
)
def test_it_refuses_a_wrong_order(more: dict[str, Any], words: str) -> None:
    (fault,) = check(**more)
    assert words in fault


def test_it_refuses_the_text_of_the_official_seal() -> None:
    assert any("不得与公章" in f for f in check(seal_name="云霄县火田镇人民政府"))


def test_it_names_all_that_is_wrong_at_once() -> None:
    assert len(check(seal_name="x", seal_shape="square", seal_diameter=99)) == 3


def test_it_passes_a_specimen_within_one_millimetre() -> None:
    assert check(specimen_name=RIGHT["seal_name"], specimen_diameter=43) == []
    assert check(specimen_name="", specimen_diameter=None) == []


def test_it_refuses_a_specimen_that_says_otherwise_or_measures_otherwise() -> None:
    (name,) = check(specimen_name="火田镇便民服务中心专用章", specimen_diameter=42)
    assert "印模文字" in name
    (size,) = check(specimen_name=RIGHT["seal_name"], specimen_diameter=Decimal("43.1"))
    assert "印模直径" in size


def test_with_the_error_it_forgets_the_old_specimen_so_that_the_next_order_can_pass() -> None:
    given = {**RIGHT, "specimen_name": "wrong", "specimen_diameter": 10}
    output = run("check_seal_name", given)
    assert (output.error, output.data["specimen_name"], output.data["specimen_diameter"]) == ("seal_mismatch", "", None)
    assert run("check_seal_name", {**given, **output.data}).error == ""


def test_without_a_fault_it_leaves_the_specimen_alone() -> None:
    assert "specimen_name" not in run("check_seal_name", RIGHT).data
