"""A preview is confirmed: exactly what was shown is stored, all of it or nothing, once, and the history says so."""

import json
from dataclasses import replace
from typing import Any

import pytest

from service.actions.enable_account import EnableAccount, enable_account
from service.domain.accounts import AccountState
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from service.domain.people import Holding, Organisation, OrgKind
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.plan import State
from service.store import accounts, events, items, library, organisations, people
from service.store.session import Transaction
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, PERSON, PLACE, POST, STATION, confirm, imported, lines, preview, stored
from tests.actions.stage import Stage, actor_of
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


def look(stage: Stage, ask: Any) -> Any:
    with stage.database.read() as tx:
        return ask(tx)


def events_of(stage: Stage, type: str) -> list[dict[str, Any]]:
    with stage.database.read() as tx:
        return [json.loads(e.sealed.body) for e in events.list_events(tx, type=type, limit=200).items]


def test_all_rows_of_all_sheets_are_stored_children_before_their_parents_too(stage: Stage) -> None:
    center = {
        "id": "nanping-center",
        "name": "南坪镇便民服务中心",
        "short_name": "南坪中心",
        "kind": "便民服务中心",
        "parent_id": "nanping",
    }
    done = imported(
        stage, "sysadmin", organisations=[center, PLACE], people=[PERSON | {"organisation_id": "nanping-center"}]
    )
    assert done.status is BatchStatus.APPLIED
    assert look(stage, lambda tx: organisations.center_of(tx, "nanping")) == Organisation(
        "nanping-center", "南坪镇便民服务中心", "南坪中心", OrgKind.CENTER, parent_id="nanping"
    )
    assert look(stage, lambda tx: organisations.get_organisation(tx, "nanping")).code == "350622199"
    assert look(stage, lambda tx: people.get_person(tx, "zhangsan")).organisation_id == "nanping-center"


def test_a_new_person_can_do_nothing_until_somebody_else_says_so(stage: Stage) -> None:
    imported(stage, "sysadmin", people=[PERSON])
    assert look(stage, lambda tx: people.get_person(tx, "zhangsan")).active is False
    assert look(stage, lambda tx: people.actor(tx, "zhangsan")) is None


def test_a_person_who_is_there_keeps_posts_and_state(stage: Stage) -> None:
    before = actor_of(stage, "clerk")
    imported(stage, "sysadmin", people=[{"id": "clerk", "name": "方二鸣（虚构）", "organisation_id": "huotian"}])
    assert actor_of(stage, "clerk") == replace(before, name="方二鸣（虚构）", organisation_id="huotian")


def test_a_new_person_has_an_account_that_waits_and_a_chain_of_its_own(stage: Stage) -> None:
    imported(stage, "sysadmin", people=[PERSON])
    row = look(stage, lambda tx: accounts.get_row(tx, "zhangsan"))
    assert (row.state, row.account.password_hash, row.account.created_by) == (AccountState.WAITING, "", "sysadmin")
    assert [body["person"] for body in events_of(stage, "account.created")] == ["zhangsan"]


def test_nobody_grants_posts_to_whom_he_entered_by_a_sheet(stage: Stage) -> None:
    with stage.database.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE account SET created_by = 'secadmin' WHERE person_id = 'director'")
    batch = preview(stage, "secadmin", posts=[POST | {"state": ""}])
    assert "由您建立" in lines(stage, batch)[0].faults[0].wanted
    with pytest.raises(Invalid):
        confirm(stage, "secadmin", batch)


def test_posts_of_a_new_person_are_proposals_until_somebody_else_enables_the_account(stage: Stage) -> None:
    post = POST | {"person_id": "zhangsan"}
    imported(stage, "sysadmin", people=[PERSON], posts=[post])
    assert look(stage, lambda tx: people.actor(tx, "zhangsan")) is None
    assert [body["posts"] for body in events_of(stage, "posts.proposed")] == [["center_clerk@huotian-center"]]
    with pytest.raises(NotAllowed):
        stage.act("sysadmin", enable_account, EnableAccount("zhangsan", "hash"))
    stage.act("secadmin", enable_account, EnableAccount("zhangsan", "hash"))
    assert actor_of(stage, "zhangsan").holdings == (Holding("center_clerk", "huotian-center"),)


def test_an_account_enabled_meanwhile_makes_the_proposal_stale(stage: Stage) -> None:
    imported(stage, "sysadmin", people=[PERSON])
    batch = preview(stage, "sysadmin", posts=[POST | {"person_id": "zhangsan"}])
    assert batch.status is BatchStatus.READY
    stage.act("secadmin", enable_account, EnableAccount("zhangsan", "hash"))
    with pytest.raises(Conflict, match="数据有变化"):
        confirm(stage, "sysadmin", batch)


def test_posts_are_granted_and_taken_back_and_others_stay(stage: Stage) -> None:
    leave = {"person_id": "clerk", "post": "便民服务中心经办", "organisation_id": "huotian-center", "state": "免去"}
    imported(stage, "secadmin", posts=[POST | {"state": ""}, leave])
    assert set(actor_of(stage, "director").holdings) == {
        Holding("center_clerk", "huotian-center"), Holding("center_director", "huotian-center"),
    }  # fmt: skip
    assert actor_of(stage, "clerk").holdings == ()


def test_the_library_is_written_by_its_own_rules_version_by_version(stage: Stage) -> None:
    row = ITEM | {"materials": "身份证｜公安机关｜0｜1｜是", "form_ids": "bg-1", "catalog_code": ""}
    form = {"id": "bg-1", "name": "申请表", "owner_id": "minzheng", "level": "县级"}
    imported(stage, "reform-clerk", items=[row], forms=[form], stations=[STATION])
    item = look(stage, lambda tx: items.get_item(tx, "sx-1"))
    assert (item.version, item.form_ids, item.materials[0].name, item.made_by) == (
        1,
        ("bg-1",),
        "身份证",
        "reform-clerk",
    )
    assert look(stage, lambda tx: library.get_station(tx, "zs-1")).aliases == ("农业站",)
    imported(stage, "minzheng-clerk", items=[ITEM | {"note": "改"}], forms=[form | {"name": "新申请表"}])
    newer = look(stage, lambda tx: items.get_item(tx, "sx-1"))
    assert (newer.version, newer.note, newer.materials) == (2, "改", item.materials)
    first, second = look(stage, lambda tx: sorted(items.form_versions(tx, "bg-1"), key=lambda form: form.version))
    assert (first.status, second.status, second.name) == ("stopped", "unchecked", "新申请表")
    assert [body["item"] for body in events_of(stage, "item.put")] == ["sx-1", "sx-1"]


def test_the_same_again_changes_nothing(stage: Stage) -> None:
    tables: dict[str, Any] = {"organisations": [PLACE], "people": [PERSON]}
    imported(stage, "sysadmin", **tables)
    again = preview(stage, "sysadmin", **tables)
    assert {line.state for line in lines(stage, again)} == {State.UNCHANGED}
    confirm(stage, "sysadmin", again)
    imported(stage, "reform-clerk", items=[ITEM], stations=[STATION])
    imported(stage, "reform-clerk", items=[ITEM], stations=[STATION])
    assert look(stage, lambda tx: items.get_item(tx, "sx-1")).version == 1
    assert look(stage, lambda tx: library.get_station(tx, "zs-1")).version == 1


def test_the_history_holds_file_plan_and_counts(stage: Stage) -> None:
    batch = imported(stage, "sysadmin", organisations=[PLACE])
    (told,) = events_of(stage, "import.applied")
    assert told["chain"] == "imports"
    assert (told["import"], told["sha256"], told["plan"]) == (batch.id, batch.sha256, batch.digest)
    assert told["counts"] == {"organisations": {"new": 1, "changed": 0, "unchanged": 0, "faulty": 0}}
    assert told["actor"] == "sysadmin"


def test_a_faulty_batch_stores_nothing(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE, PLACE | {"id": "x", "name": ""}])
    with pytest.raises(Invalid, match=r"2处错误，没有导入任何一行"):
        confirm(stage, "sysadmin", batch)
    assert look(stage, lambda tx: organisations.get_organisation(tx, "nanping")) is None
    assert events_of(stage, "import.applied") == []


def test_a_failure_in_the_middle_takes_everything_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks behind the last check: the rows stored before it go too."""
    add = organisations.add_organisation

    def stumble(tx: Transaction, value: Organisation) -> None:
        add(tx, value)
        if value.id == "second":
            raise RuntimeError("power cut")

    batch = preview(stage, "sysadmin", organisations=[PLACE, PLACE | {"id": "second", "name": "乙镇", "code": ""}])
    monkeypatch.setattr(organisations, "add_organisation", stumble)
    with pytest.raises(RuntimeError):
        confirm(stage, "sysadmin", batch)
    assert look(stage, lambda tx: organisations.get_organisation(tx, "nanping")) is None
    assert stored(stage, batch).status is BatchStatus.READY


def renamed(stage: Stage, id: str, name: str) -> None:
    with stage.database.begin() as tx:
        found = organisations.get_organisation(tx, id)
        assert found
        organisations.add_organisation(tx, replace(found, name=name))


def test_what_changed_meanwhile_is_not_written_over(stage: Stage) -> None:
    huotian = {"id": "huotian", "name": "火田镇人民政府", "short_name": "火田", "kind": "乡镇", "parent_id": "yunxiao"}
    batch = preview(stage, "sysadmin", organisations=[huotian])
    renamed(stage, "huotian", "火田镇（已改）")
    with pytest.raises(Conflict, match="数据有变化") as refused:
        confirm(stage, "sysadmin", batch)
    assert refused.value.values["renew"] == batch.id
    assert look(stage, lambda tx: organisations.get_organisation(tx, "huotian")).name == "火田镇（已改）"
    renamed(stage, "huotian", "火田镇")
    assert confirm(stage, "sysadmin", batch).status is BatchStatus.APPLIED, "as it was shown again"


def test_a_change_elsewhere_does_not_matter(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE])
    renamed(stage, "heping", "和平乡（已改）")
    assert confirm(stage, "sysadmin", batch).status is BatchStatus.APPLIED


def test_it_is_stored_once(stage: Stage) -> None:
    batch = imported(stage, "sysadmin", organisations=[PLACE])
    with pytest.raises(Conflict, match=r"已由系统管理员（虚构）于.*导入"):
        confirm(stage, "sysadmin", batch)


def test_of_eight_who_press_at_once_one_stores_it(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE], people=[PERSON])

    def press() -> Batch | Conflict:
        try:
            return confirm(stage, "sysadmin", batch)
        except Conflict as error:
            return error

    found = at_once([press] * 8)
    assert [type(outcome).__name__ for outcome in found].count("Batch") == 1
    assert [type(outcome).__name__ for outcome in found].count("Conflict") == 7
    assert len(events_of(stage, "import.applied")) == 1


def test_two_previews_of_the_same_rows_confirmed_at_once_do_not_write_over_each_other(stage: Stage) -> None:
    one = preview(stage, "sysadmin", organisations=[PLACE])
    two = preview(stage, "sysadmin", organisations=[PLACE | {"name": "另一个名字"}])

    def press(batch: Batch) -> str:
        try:
            return confirm(stage, "sysadmin", batch).status.value
        except Conflict as error:
            return error.text

    assert sorted(at_once([lambda: press(one), lambda: press(two)])) == ["applied", "import.stale"]


def test_only_who_may_import_it_confirms_it(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE])
    for person in ("secadmin", "auditadmin", "clerk"):
        with pytest.raises(NotAllowed):
            confirm(stage, person, batch)
    with pytest.raises(NotFound):
        confirm(stage, "sysadmin", replace(batch, id="none"))


def test_an_office_passes_from_one_organisation_to_another(stage: Stage) -> None:
    rows = [
        {
            "id": "shengaiban",
            "name": "shengaiban",
            "short_name": "shengaiban",
            "kind": "县直办公机构",
            "parent_id": "yunxiao",
            "office": "",
        },
        {
            "id": "minzheng",
            "name": "县minzheng局",
            "short_name": "minzheng",
            "kind": "县直部门",
            "parent_id": "yunxiao",
            "office": "审改办",
        },
    ]
    imported(stage, "sysadmin", organisations=rows)
    assert look(stage, lambda tx: organisations.organisation_by_office(tx, "reform_office")).id == "minzheng"
