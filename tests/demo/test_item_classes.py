"""The example items are what the decision table takes them for."""

import tomllib

from service.demo.reading import DATA, read_county
from service.demo.story.batch import ACCEPT_ONLY, CLOSED, ITEMS, OFFICIAL_SEAL
from tests.engine.batches import item as row
from tests.engine.batches import outcomes
from tests.engine.shipped import Walk


def _judged() -> dict[str, tuple[str, str]]:
    rows = [
        row(
            item.id, status=item.status, agency=item.agency, power_source=item.power_source.value,
            result_kind=item.result_kind, seal_by_law=item.seal_by_law,
        )
        for item in read_county().items
    ]  # fmt: skip
    return outcomes(Walk("seal_authorisation").does("draft_list", items=[]).handles("precheck", items=rows))


def test_it_finds_the_class_that_each_row_expects() -> None:
    expected = {i["id"]: i["class"] for i in tomllib.loads((DATA / "items.toml").read_text("utf-8"))["item"]}
    assert {id: item_class for id, (item_class, _) in _judged().items()} == expected


def test_it_lets_five_of_the_storys_eight_items_through_and_three_not() -> None:
    found = {id: outcome for id, (_, outcome) in _judged().items() if id in ITEMS}
    special = {ACCEPT_ONLY: "accept_only", CLOSED: "remove", OFFICIAL_SEAL: "legal_review"}
    assert found == {id: special.get(id, "eligible") for id in ITEMS}
