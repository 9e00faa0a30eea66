"""授权适格判定 shown, on the example county with the diagrams that ship."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from handlers import HANDLERS

from service.actions.deploy import Deploy, deploy
from service.actions.look_at_eligibility import Eligibility, look_at_eligibility
from service.actions.parts.bundles import BundleCache
from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_item import PutItem, put_item
from service.domain.errors import Conflict, NotFound
from service.domain.items import PowerSource
from service.shipping import shipped_bundles
from service.store.session import Database
from tests.actions.bookshelf import furnish, put
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.county import fresh_county
from tests.databases import Shelf


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    yield from fresh_county(shelf)


@pytest.fixture
def county(stage: Stage) -> Stage:
    stage.bundles = BundleCache(HANDLERS)
    return stage


def seen(stage: Stage, item_id: str, version: int | None = None) -> Eligibility:
    with stage.frame("weijianju-clerk") as frame:
        return look_at_eligibility(frame, item_id, version=version)


def test_every_class_is_shown_with_rule_and_reason(county: Stage) -> None:
    found = seen(county, "shengyu-dengji")
    assert (found.item_class, found.outcome, found.decision) == ("E1", "eligible", "授权适格判定")
    assert [(r.id, r.note) for r in found.rules] == [("rule_statutory", "法律、法规规定由乡镇办理")]
    assert found.rules[0].number == 17
    assert ("权力来源", "1") in found.inputs
    assert found.basis
    classes = {id: seen(county, id).item_class for id in ("linmu-caifa", "laonian-youdaizheng", "menpai-zheng")}
    assert classes == {"linmu-caifa": "E3", "laonian-youdaizheng": "E9", "menpai-zheng": "E2"}


def test_it_looks_at_the_item_as_it_is_now_or_as_it_was(county: Stage) -> None:
    county.act("weijianju-clerk", pause_item, PauseItem("shengyu-dengji", "系统改造"))
    assert seen(county, "shengyu-dengji").item_class == "E9"
    assert seen(county, "shengyu-dengji", 1).item_class == "E1"
    with pytest.raises(NotFound):
        seen(county, "shengyu-dengji", 3)
    with pytest.raises(NotFound):
        seen(county, "none")


def test_nothing_said_about_the_power_is_incomplete(county: Stage) -> None:
    order = PutItem({"power_source": PowerSource.UNKNOWN}, "shengyu-dengji")
    county.act("weijianju-clerk", put_item, order)
    assert (seen(county, "shengyu-dengji").item_class, seen(county, "shengyu-dengji").outcome) == ("", "incomplete")


def test_what_an_administrator_deploys_is_what_counts(county: Stage) -> None:
    files = next(f for f in shipped_bundles(Path("bpmn")) if "seal_authorisation/eligibility.dmn" in f)
    name = "seal_authorisation/eligibility.dmn"
    changed = files[name].replace("法律、法规规定由乡镇办理".encode(), "改过的说明".encode())
    county.act("sysadmin", deploy, Deploy(files | {name: changed}))
    found = seen(county, "shengyu-dengji")
    assert (found.process_version, found.rules[0].note) == (2, "改过的说明")
    broken = files[name].replace(b"<text>item.status</text>", b"<text>item.nothing.at.all</text>")
    county.act("sysadmin", deploy, Deploy(files | {name: broken}))
    with pytest.raises(Conflict, match="没有结果"):
        seen(county, "shengyu-dengji")


def test_without_a_deployment_there_is_no_table(shelf: Shelf) -> None:
    url = shelf.fresh("stage", prepare)
    database = Database(url)
    try:
        stage = Stage(database)
        furnish(stage)
        put(stage)
        with stage.frame("minzheng-clerk") as frame, pytest.raises(Conflict, match="seal_authorisation"):
            look_at_eligibility(frame, "jiuzhu")
    finally:
        database.close()
        shelf.drop(url)
