"""An item is entered and changed."""

import json
from typing import Any

import pytest

from service.actions.put_item import PutItem, put_item
from service.actions.verify_history import verify_history
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.domain.items import Citation, Sorting
from service.domain.library import BasisStatus, LegalBasis
from service.store import items, library
from tests.actions.bookshelf import WHOLE, described, eight, newest, put, told
from tests.actions.stage import Stage


def test_a_department_enters_its_item_and_the_history_names_who(shelf_stage: Stage) -> None:
    made = put(shelf_stage)
    assert (made.version, made.made_by, made.marks.sorting) == (1, "minzheng-clerk", Sorting.DRAFT)
    assert newest(shelf_stage) == made
    (event,) = told(shelf_stage, "item/jiuzhu")
    body = json.loads(event.sealed.body)
    assert (event.type, event.actor_id, body["version"], body["sorting"]) == ("item.put", "minzheng-clerk", 1, "draft")
    with shelf_stage.database.read() as tx:
        assert verify_history(tx).breaks == ()


def test_a_change_makes_a_version_that_is_to_be_sorted_again_and_keeps_the_old_one(shelf_stage: Stage) -> None:
    before = described(shelf_stage)
    order = PutItem({"hours": "周一至周五"}, "jiuzhu", note="改办理时间", if_match=before.version)
    after = shelf_stage.act("reform-clerk", put_item, order)
    assert (after.version, after.hours, after.marks.sorting) == (before.version + 1, "周一至周五", Sorting.DRAFT)
    with shelf_stage.database.read() as tx:
        assert items.item_version(tx, "jiuzhu", before.version) == before
    event = told(shelf_stage, "item/jiuzhu")[-1]
    assert json.loads(event.sealed.body)["changed"] == ["hours"]
    assert "改办理时间" in (event.sealed.payload or "")
    assert "改办理时间" not in event.sealed.body, "words of a person can be erased"


def test_nothing_changed_makes_no_version_and_no_event(shelf_stage: Stage) -> None:
    made = put(shelf_stage)
    again = shelf_stage.act("minzheng-clerk", put_item, PutItem({"name": made.name, "catalog_code": " "}, "jiuzhu"))
    assert again == made
    assert len(told(shelf_stage, "item/jiuzhu")) == 1


def test_an_item_without_a_code_at_hand_gets_a_number(shelf_stage: Stage) -> None:
    put(shelf_stage, id="sx-0001")
    assert put(shelf_stage, id="", name="别的").id == "sx-0002"


@pytest.mark.parametrize("person", ["nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_department_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    with pytest.raises(NotAllowed):
        put(shelf_stage, person, id="other")
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, put_item, PutItem({"hours": "x"}, "jiuzhu"))
    assert newest(shelf_stage).version == 1


def test_a_department_takes_no_item_of_another_and_gives_none_away(shelf_stage: Stage) -> None:
    put(shelf_stage)
    for person in ("minzheng-clerk", "nongye-clerk"):
        with pytest.raises(NotAllowed):
            shelf_stage.act(person, put_item, PutItem({"department_id": "nongye"}, "jiuzhu"))
    moved = shelf_stage.act("reform-clerk", put_item, PutItem({"department_id": "nongye"}, "jiuzhu"))
    assert moved.department_id == "nongye"


def test_it_says_who_took_the_number_first(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with pytest.raises(Conflict, match="县民政局经办（虚构）于2022-10-14"):
        put(shelf_stage, "reform-clerk")


def test_a_stale_reader_changes_nothing(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "a"}, "jiuzhu", if_match=1))
    with pytest.raises(Stale):
        shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "b"}, "jiuzhu", if_match=1))
    assert newest(shelf_stage).hours == "a"


@pytest.mark.parametrize("id", ["事项", "a b", "../x", "x" * 101, "-x"])
def test_a_number_is_no_free_text(shelf_stage: Stage, id: str) -> None:
    with pytest.raises(Invalid):
        put(shelf_stage, id=id)
    with pytest.raises(NotFound):
        shelf_stage.act("minzheng-clerk", put_item, PutItem({}, id))


def test_it_names_every_fault_with_its_element(shelf_stage: Stage) -> None:
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("old", "旧条例", status=BasisStatus.REPEALED))
    wrong: dict[str, Any] = {
        "name": "", "department_id": "nowhere", "item_type": "99", "ways": ("1", "1"), "agency": "army", "visits": -1,
        "catalog_code": "123", "power_document": "云政办2022-28", "form_ids": ("f",), "results": ("",),
        "citations": (Citation("none"), Citation("old")), "contact": "a\nb", "hours": "x" * 501,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        put(shelf_stage, "reform-clerk", **wrong)
    found = [(f.where["field"], f.code) for f in refused.value.faults]
    assert found == [
        ("name", "needed"), ("department_id", "no-such-organisation"), ("item_type", "not-in-dictionary"),
        ("citations", "no-such-basis"), ("citations", "basis-repealed"), ("agency", "not-a-choice"), ("ways", "twice"),
        ("visits", "range"), ("hours", "too-long"), ("contact", "characters"), ("results", "empty-entry"),
        ("form_ids", "no-such-form"), ("catalog_code", "code-length"), ("power_document", "number-form"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        shelf_stage.act("reform-clerk", put_item, PutItem({}, "jiuzhu"))


def test_doubts_do_not_keep_it_out_and_codes_are_written_one_way(shelf_stage: Stage) -> None:
    made = put(shelf_stage, catalog_code="35011234 50", power_document="云政办[2022] 28号")
    assert (made.catalog_code, made.power_document) == ("3501123450", "云政办〔2022〕28号")


def test_what_was_right_when_it_was_written_may_stay(shelf_stage: Stage) -> None:
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例"))
    put(shelf_stage, citations=(Citation("law"),))
    with shelf_stage.database.begin() as tx:
        library.put_basis(tx, LegalBasis("law", "条例", status=BasisStatus.REPEALED))
    assert shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu")).version == 2


def test_it_knows_no_other_elements(shelf_stage: Stage) -> None:
    put(shelf_stage)
    for name in ("marks", "version", "status", "made_by", "id", "nonsense"):
        with pytest.raises(Invalid):
            shelf_stage.act("minzheng-clerk", put_item, PutItem({name: "x"}, "jiuzhu"))


def test_one_of_eight_enters_it_and_one_of_eight_changes_what_all_saw(shelf_stage: Stage) -> None:
    assert eight(lambda: put(shelf_stage)) == ["conflict"] * 7 + ["done"]
    order = PutItem(WHOLE | {"hours": "新"}, "jiuzhu", if_match=1)
    assert eight(lambda: shelf_stage.act("minzheng-clerk", put_item, order)) == ["done"] + ["stale"] * 7
    assert newest(shelf_stage).version == 2
