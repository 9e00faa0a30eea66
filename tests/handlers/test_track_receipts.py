"""催收回执."""

from typing import Any

from tests.handlers.desk import run


def receipt(organisation_id: str, *, receipted: bool) -> dict[str, Any]:
    return {"organisation_id": organisation_id, "document": "通知", "receipted": receipted}


def test_it_reminds_only_who_has_not_confirmed_and_counts_the_round() -> None:
    receipts = [receipt("weijian", receipted=True), receipt("nongye", receipted=False), receipt("a", receipted=False)]
    output = run("track_receipts", {"receipt_round": 1}, receipts=receipts)
    assert output.data == {"missing_receipts": ["a", "nongye"], "receipt_round": 2}
    assert [(e.kind, e.values["organisation_id"], e.values["post"]) for e in output.effects] == [
        ("notify", "nongye", "clerk"),
        ("notify", "a", "clerk"),
    ]
    assert all("视为送达" in e.values["text"] for e in output.effects)


def test_it_is_done_when_everybody_has_confirmed() -> None:
    output = run("track_receipts", {}, receipts=[receipt("weijian", receipted=True)])
    assert (output.data["missing_receipts"], output.effects) == ([], ())
