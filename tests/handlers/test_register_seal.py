"""登记印章台账."""

from datetime import date
from decimal import Decimal

from tests.handlers.desk import run

GIVEN = {
    "seal_name": "火田镇便民服务中心审核审批专用章", "seal_shape": "round", "seal_diameter": Decimal(42),
    "filing_number_seal": "公备1", "filing_date_seal": date(2022, 10, 1), "seal_code": "3506220000001",
    "keeper_a": "clerk", "keeper_b": "clerk2", "handover_date": date(2022, 10, 9),
}  # fmt: skip


def test_it_makes_the_seal_the_centre_s_active_one() -> None:
    output = run("register_seal", GIVEN)
    assert output.data == {"seal_id": "seal-case-1", "seal_ready": True}
    (effect,) = output.effects
    assert effect.kind == "put_seal"
    assert effect.values == {
        "id": "seal-case-1", "organisation_id": "huotian-center", "kind": "special",
        "name": "火田镇便民服务中心审核审批专用章", "shape": "round", "diameter_mm": 42, "status": "active",
        "filing_number": "公备1", "filing_date": date(2022, 10, 1), "seal_code": "3506220000001",
        "activated_on": date(2022, 10, 9), "keeper_a": "clerk", "keeper_b": "clerk2",
    }  # fmt: skip


def test_what_was_not_given_is_empty_and_the_day_is_today_in_the_county() -> None:
    values = run("register_seal", {"seal_name": "x", "seal_diameter": None, "seal_code": None}).effects[0].values
    assert (values["diameter_mm"], values["seal_code"], values["activated_on"]) == (0, "", date(2022, 10, 15))


def test_doing_it_twice_registers_one_seal() -> None:
    assert run("register_seal", GIVEN) == run("register_seal", GIVEN)
