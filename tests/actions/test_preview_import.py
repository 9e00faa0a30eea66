"""A workbook is previewed: every row told, nothing stored but the preview, and only by whoever may import its sheets."""

import hashlib
from typing import Any

import pytest

from service.actions.preview_import import preview_import
from service.domain.errors import Invalid, NotAllowed
from service.domain.sheets.batch import BatchStatus
from service.domain.sheets.plan import State
from service.store import files, organisations
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, PERSON, PLACE, POST, STATION, file_of, lines, order, preview
from tests.actions.stage import Stage
from tests.sheets.made import xlsx


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


def test_it_tells_new_changed_and_unchanged_rows_and_stores_none(stage: Stage) -> None:
    huotian = {
        "id": "huotian",
        "name": "火田镇人民政府",
        "short_name": "火田",
        "kind": "乡镇",
        "parent_id": "yunxiao",
        "code": "350622105",
    }
    county = {
        "id": "yunxiao",
        "name": "云霄县",
        "short_name": "云霄",
        "kind": "县人民政府",
        "parent_id": "",
        "code": "",
    }
    batch = preview(stage, "sysadmin", organisations=[county, huotian, PLACE], people=[PERSON])
    assert batch.status is BatchStatus.READY
    assert batch.counts["organisations"] == {"new": 1, "changed": 1, "unchanged": 1, "faulty": 0}
    assert [(line.key, line.state, dict(line.changes)) for line in lines(stage, batch)][1] == (
        "huotian", State.CHANGED, {"name": ("火田镇", "火田镇人民政府"), "code": ("", "350622105")},
    )  # fmt: skip
    with stage.database.read() as tx:
        assert organisations.get_organisation(tx, "nanping") is None


def test_the_file_is_kept_as_it_came(stage: Stage) -> None:
    content = file_of({"organisations": [PLACE]})
    batch = stage.act("sysadmin", preview_import, order(content, "机构.xlsx"))
    assert (batch.file_name, batch.sha256) == ("机构.xlsx", hashlib.sha256(content).hexdigest())
    with stage.database.read() as tx:
        assert b"".join(files.read_blob(tx, batch.sha256)) == content


def test_one_fault_makes_the_whole_batch_faulty(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE, PLACE | {"id": "x", "name": "甲镇", "code": "12"}])
    assert batch.status is BatchStatus.FAULTY
    (fault,) = lines(stage, batch)[1].faults
    assert (fault.sheet, fault.row, fault.heading, fault.found) == ("机构", 3, "代码", "12")


ORGANISATIONS, PEOPLE, POSTS = {"organisations": [PLACE]}, {"people": [PERSON]}, {"posts": [POST]}
PROPOSED = {"posts": [POST | {"person_id": "zhangsan"}]}
ITEMS, STATIONS = {"items": [ITEM]}, {"stations": [STATION]}
BASES = {"legal_bases": [{"id": "yj-1", "name": "示例法"}]}
DOCUMENTS = {
    "power_documents": [
        {"id": "wj-1", "kind": "下放", "number": "示例政〔2026〕1号", "title": "示例", "issuer": "示例县"}
    ]
}
FORMS = {"forms": [{"id": "bg-1", "name": "申请表", "owner_id": "minzheng", "level": "县级"}]}


@pytest.mark.parametrize(
    ("person", "tables"),
    [
        ("sysadmin", ORGANISATIONS), ("sysadmin", ORGANISATIONS | PEOPLE | PROPOSED), ("secadmin", POSTS), ("reform-clerk", ITEMS | DOCUMENTS),
        ("reviewer", STATIONS), ("minzheng-clerk", ITEMS | BASES | FORMS), ("system", ORGANISATIONS | PEOPLE | POSTS | ITEMS | STATIONS),
    ],
)  # fmt: skip
def test_who_keeps_it_may_import_it(stage: Stage, person: str, tables: dict[str, Any]) -> None:
    assert preview(stage, person, **tables).status is BatchStatus.READY


@pytest.mark.parametrize(
    ("person", "tables", "sentence"),
    [
        ("secadmin", ORGANISATIONS, "系统管理员"), ("secadmin", PEOPLE, "系统管理员"), ("auditadmin", POSTS, "系统管理员"),
        ("auditadmin", ORGANISATIONS, "系统管理员"), ("clerk", ORGANISATIONS, "系统管理员"), ("sysadmin", ITEMS, "三员"),
        ("minzheng-clerk", DOCUMENTS, "审改办"), ("minzheng-clerk", STATIONS, "党政办"),
        ("minzheng-clerk", ITEMS | ORGANISATIONS, "系统管理员"), ("director", ITEMS, "系统管理员"),
    ],
)  # fmt: skip
def test_others_are_refused_and_told_who_may(stage: Stage, person: str, tables: dict[str, Any], sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        preview(stage, person, **tables)


def test_a_department_imports_its_own_rows_only_and_each_other_row_is_named(stage: Stage) -> None:
    batch = preview(stage, "minzheng-clerk", items=[ITEM, ITEM | {"id": "sx-2", "department_id": "nongye"}])
    assert [(line.key, line.state) for line in lines(stage, batch)] == [("sx-1", State.NEW), ("sx-2", State.FAULTY)]
    assert lines(stage, batch)[1].faults[0].code == "not_yours"


def test_a_workbook_without_sheets_or_rows_of_ours_is_refused(stage: Stage) -> None:
    with pytest.raises(Invalid, match="没有认得的工作表"):
        stage.act("sysadmin", preview_import, order(xlsx({"食堂": [["周一", "鱼"]]})))
    with pytest.raises(Invalid, match="没有可导入的行"):
        preview(stage, "sysadmin", people=[PERSON | {"id": "示例-zhangsan"}])


def test_a_system_administrator_proposes_posts_of_new_people_and_grants_none_in_force(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", **PEOPLE, posts=[POST, *PROPOSED["posts"]])
    posts = [line for line in lines(stage, batch) if line.kind == "posts"]
    assert [(line.key.partition("/")[0], line.state) for line in posts] == [
        ("director", State.FAULTY),
        ("zhangsan", State.NEW),
    ]
    assert "已经启用，岗位由安全管理员授予" in posts[0].faults[0].wanted


def test_a_post_where_it_is_not_held_and_a_person_without_an_account_are_named(stage: Stage) -> None:
    wrong = [POST | {"organisation_id": "minzheng"}, POST | {"person_id": "clerk2", "post": "专用章保管人"}]
    batch = preview(stage, "secadmin", posts=wrong)
    assert [line.faults[0].wanted for line in lines(stage, batch)] == [
        "这个岗位只能在下列机构担任：便民服务中心", "此人没有账户，请先在账户管理中建立",
    ]  # fmt: skip
