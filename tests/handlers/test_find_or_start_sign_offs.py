"""查找或发起部门会签."""

from typing import Any

from tests.handlers.desk import ids, item, run


def verdict(item_id: str, conclusion: str = "agree", detail: str = "") -> dict[str, Any]:
    return {
        "subject_id": item_id, "department_id": "weijian", "conclusion": conclusion, "detail": detail, "case_id": "so-1",
    }  # fmt: skip


def test_it_asks_each_department_about_all_its_items_together() -> None:
    items = [item("a"), item("n", department_id="nongye", department_name="县农业农村局"), item("b")]
    output = run("find_or_start_sign_offs", {"items": items})
    assert [(r["department_id"], r["item_ids"], r["status"], r["opinions"]) for r in output.data["sign_offs"]] == [
        ("nongye", ["n"], "waiting", []),
        ("weijian", ["a", "b"], "waiting", []),
    ]
    assert [(e.values["department_name"], ids(e.values["items"])) for e in output.effects] == [
        ("县农业农村局", ["n"]),
        ("县卫健局", ["a", "b"]),
    ]


def test_it_asks_only_about_items_without_a_verdict() -> None:
    items = [item("a"), item("b")]
    output = run("find_or_start_sign_offs", {"items": items}, sign_off_verdicts=[verdict("a", "agree", "限本镇")])
    (row,) = output.data["sign_offs"]
    assert (row["status"], row["item_ids"]) == ("waiting", ["a", "b"])
    assert row["opinions"] == [{"item_id": "a", "opinion": "agree", "conditions": "限本镇", "basis": ""}]
    (effect,) = output.effects
    assert ids(effect.values["items"]) == ["b"]


def test_it_asks_nobody_twice_about_the_same_thing() -> None:
    output = run("find_or_start_sign_offs", {"items": [item("a")]}, sign_off_verdicts=[verdict("a")])
    assert (output.data["sign_offs"][0]["status"], output.effects) == ("valid", ())


def test_a_disagreement_used_again_keeps_its_basis() -> None:
    output = run(
        "find_or_start_sign_offs", {"items": [item("a")]}, sign_off_verdicts=[verdict("a", "disagree", "许可法24")]
    )
    assert output.data["sign_offs"][0]["opinions"] == [
        {"item_id": "a", "opinion": "disagree", "conditions": "", "basis": "许可法24"}
    ]
