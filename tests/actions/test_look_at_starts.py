"""Which cases one may begin, for whom and in which ways."""

from service.actions.look_at_starts import Startable, look_at_starts
from service.store import people
from service.store.session import Database
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.story import Story, prepare_county

BATCH = "seal_authorisation"


def _asks(stage: Stage, person: str) -> tuple[Startable, ...]:
    with stage.frame(person) as frame:
        return look_at_starts(frame)


def test_the_posts_of_the_diagram_begin_it_for_their_own_township(stage: Stage) -> None:
    (small,) = _asks(stage, "heping-clerk")
    assert (small.process_key, small.name, [w.name for w in small.ways]) == ("small", "小流程", ["发起"])
    assert [o.id for o in small.townships] == ["heping"]
    assert small.departments == ()


def test_nobody_else_is_offered_anything(stage: Stage) -> None:
    for person in ("director", "reviewer", "sysadmin"):
        assert _asks(stage, person) == ()


def test_an_office_of_the_county_chooses_the_township_and_hands_batches_down(shelf: Shelf) -> None:
    found = _in_the_county(shelf, "shengaiban-clerk")
    batch = found[BATCH]
    assert [(w.message, w.name) for w in batch.ways] == [("batch_issued", "批次下达"), ("", "发起批次")]
    assert len(batch.townships) > 5
    assert batch.departments == ()
    clerk = _in_the_county(shelf, "huotian-clerk")[BATCH]
    assert [(w.message, w.name) for w in clerk.ways] == [("", "发起批次")]
    assert [o.id for o in clerk.townships] == ["huotian"]


def test_a_department_begins_its_own_check_and_the_service_center_one_for_any(shelf: Shelf) -> None:
    own = _in_the_county(shelf, "minzhengju-clerk")["form_self_check"]
    assert [o.id for o in own.departments] == ["minzhengju"]
    assert len(_in_the_county(shelf, "fuwuzhongxin-clerk")["form_self_check"].departments) > 5


def _in_the_county(shelf: Shelf, person: str) -> dict[str, Startable]:
    url = shelf.fresh("yunxiao", prepare_county)
    with Story(url) as story:
        database: Database = story.house.database
        with database.read() as tx:
            actor = people.actor(tx, person)
            assert actor
            found = look_at_starts(story.house.frame(tx, actor, channel="test"))
    shelf.drop(url)
    return {startable.process_key: startable for startable in found}
