"""Looking through the library, with the class of every item."""

from collections.abc import Iterator

import pytest
from handlers import HANDLERS

from service.actions.look_at_items import ItemsWanted, Judged, look_at_items
from service.actions.parts.bundles import BundleCache
from service.demo.reading import read_county
from service.domain.paging import Page
from tests.actions.stage import Stage
from tests.county import fresh_county
from tests.databases import Shelf

COUNTED = {"E1": 3, "E2": 1, "E3": 1, "E6": 3, "E7": 1, "E9": 4}  # of the 36 examples in items.toml


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    yield from fresh_county(shelf)


@pytest.fixture
def county(stage: Stage) -> Stage:
    stage.bundles = BundleCache(HANDLERS)
    return stage


def seen(stage: Stage, wanted: ItemsWanted, *, after: str | None = None, limit: int = 50) -> Page[Judged]:
    with stage.frame("weijianju-clerk") as frame:
        return look_at_items(frame, wanted, after=after, limit=limit)


def walked(stage: Stage, wanted: ItemsWanted, *, limit: int) -> list[str]:
    """Ids of all pages."""
    found, after = [], None
    while True:
        page = seen(stage, wanted, after=after, limit=limit)
        assert len(page.items) <= limit
        found += [one.item.id for one in page.items]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 3, 35, 36, 37])
def test_pages_of_any_size_hold_every_item_once(county: Stage, limit: int) -> None:
    assert walked(county, ItemsWanted(), limit=limit) == sorted(item.id for item in read_county().items)


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("item_class", ["E1", "E2", "E3", "E6", "E7", "E9"])
def test_a_class_is_found_by_the_table(county: Stage, item_class: str, limit: int) -> None:
    found = walked(county, ItemsWanted(item_class=item_class), limit=limit)
    every = seen(county, ItemsWanted(), limit=200).items
    assert found == [one.item.id for one in every if one.item_class == item_class]
    assert len(found) == COUNTED[item_class]


def test_other_wishes_narrow_it(county: Stage) -> None:
    wanted = ItemsWanted(department_id="weijianju", status="in_use", item_class="E4", q="奖励")
    assert walked(county, wanted, limit=10) == ["jisheng-jiangfu"]
    assert walked(county, ItemsWanted(item_class="none"), limit=10) == []
    assert walked(county, ItemsWanted(sorting="draft"), limit=10) == []
    assert len(walked(county, ItemsWanted(sorting="described", status="cancelled"), limit=10)) == 4
