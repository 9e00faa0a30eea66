"""代码停用."""

import pytest

from service.actions.deactivate_entry import DeactivateEntry, deactivate_entry
from service.actions.put_item import PutItem, put_item
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.store import library
from tests.actions.bookshelf import eight, put, told
from tests.actions.stage import Stage

STOP = DeactivateEntry("item_type", "05")


def test_what_has_the_code_keeps_it_and_nothing_takes_it_anew(shelf_stage: Stage) -> None:
    put(shelf_stage)
    stopped = shelf_stage.act("sysadmin", deactivate_entry, STOP)
    assert (stopped.active, stopped.label) == (False, "行政给付")
    with shelf_stage.database.read() as tx:
        assert library.get_entry(tx, "item_type", "05") == stopped, "an entry is never removed"
    assert shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu")).item_type == "05"
    with pytest.raises(Invalid):
        put(shelf_stage, id="another")
    assert told(shelf_stage, "dictionary/item_type")[-1].type == "dictionary.deactivated"


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk"])
def test_it_is_for_the_system_administrator_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, deactivate_entry, STOP)


def test_decisions_keep_their_codes(shelf_stage: Stage) -> None:
    with pytest.raises(Conflict, match="权力来源"):
        shelf_stage.act("sysadmin", deactivate_entry, DeactivateEntry("power_source", "1"))


def test_one_of_eight_stops_it(shelf_stage: Stage) -> None:
    with pytest.raises(Stale):
        shelf_stage.act("sysadmin", deactivate_entry, DeactivateEntry("item_type", "05", if_match=7))
    assert eight(lambda: shelf_stage.act("sysadmin", deactivate_entry, STOP)) == ["conflict"] * 7 + ["done"]
    for order in (DeactivateEntry("none", "1"), DeactivateEntry("item_type", "none")):
        with pytest.raises(NotFound):
            shelf_stage.act("sysadmin", deactivate_entry, order)
