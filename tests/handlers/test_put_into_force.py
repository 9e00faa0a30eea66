"""生效."""

from datetime import date

from tests.handlers.desk import NOW, item, judged, run

PAPER = {
    "document_number": "火政〔2022〕1号", "document_date": date(2022, 10, 10), "notice_number": "火便〔2022〕1号",
    "filing_number": "备2022-1", "valid_from": date(2022, 10, 15), "valid_to": None, "seal_id": "s1",
}  # fmt: skip


def test_every_item_left_becomes_a_row_of_the_ledger_with_numbers_dates_and_seal() -> None:
    output = run("put_into_force", {**PAPER, "items": [judged("birth", "eligible", "E1", version=3)]})
    (effect,) = output.effects
    assert effect.kind == "authorise"
    assert effect.values == {
        **PAPER, "id": "case-1-birth", "township_id": "huotian", "item_id": "birth", "item_version": 3,
        "item_name": "事项birth", "item_class": "E1", "scope": "decide", "effective_at": NOW,
    }  # fmt: skip
    assert output.data == {"effective_at": NOW, "authorisation_ids": ["case-1-birth"]}


def test_an_entrusted_item_is_limited_to_acceptance() -> None:
    output = run("put_into_force", {**PAPER, "items": [judged("林木采伐", "accept_only", "E3")]})
    assert (output.effects[0].values["scope"], output.effects[0].values["item_class"]) == ("accept_only", "E3")


def test_doing_it_twice_names_the_same_rows() -> None:
    given = {**PAPER, "items": [item("a"), item("b")]}
    assert run("put_into_force", given) == run("put_into_force", given)


def test_an_empty_batch_authorises_nothing() -> None:
    output = run("put_into_force", {"items": []})
    assert (output.effects, output.data["authorisation_ids"]) == ((), [])
