"""导入导出 as people use it: template, upload, preview with faults, confirmation, export; without scripts."""

import io
from typing import Any

import openpyxl
import pytest

from service.domain.people import Person
from service.store import organisations, people
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, PERSON, PLACE, file_of
from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Sheet, Visit
from tests.sheets.made import parts_of, zipped

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = file_of({"organisations": [PLACE], "people": [PERSON]})


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


def upload(visit: Visit, person: str = "sysadmin", content: bytes = FILE, name: str = "机构.xlsx") -> Sheet:
    visitor = visit.of(person)
    return visitor.press(visitor.open("/imports"), "预览", files={"file": (name, content, TYPE)})


def place(visit: Visit, id: str = "nanping") -> Any:
    with visit.stage.database.read() as tx:
        return organisations.get_organisation(tx, id)


def test_a_template_is_filled_in_previewed_and_confirmed(visit: Visit) -> None:
    admin = visit.of("sysadmin")
    page = admin.open("/imports")
    assert page.heading == "导入导出"
    template = admin.client.get(page.links()["下载模板：机构"])
    book = openpyxl.load_workbook(io.BytesIO(template.content))
    for column, text in enumerate(("nanping", "南坪镇人民政府", "南坪镇", "乡镇", "云霄县"), 1):
        book["机构"].cell(4, column, text)
    out = io.BytesIO()
    book.save(out)
    shown = upload(visit, content=out.getvalue())
    assert (shown.status, shown.heading) == (200, "机构.xlsx")
    assert "2行示例没有导入" in shown.text
    assert ["机构", "1", "0", "0", "0"] in shown.rows()
    assert any(row[:4] == ["机构", "4", "nanping", "新增"] and "上级机构：云霄县" in row[4] for row in shown.rows())
    assert place(visit) is None
    done = admin.press(shown, "确认导入")
    assert done.notice == "已导入“机构.xlsx”：新增1行，变更0行。"
    assert "系统管理员" in done.text
    assert place(visit).short_name == "南坪镇"
    assert [row[1] for row in admin.open("/imports").rows() if row[0] == "机构.xlsx"] == ["已导入"]


def test_faults_are_listed_with_row_and_reason_and_cannot_be_confirmed(visit: Visit) -> None:
    content = file_of({"people": [PERSON | {"name": ""}, PERSON | {"id": "lisi", "organisation_id": "火田"}]})
    shown = upload(visit, content=content)
    assert "有2处错误，没有导入任何一行" in shown.text
    assert ["人员", "2", "B", "姓名", "必须填写", "空白"] in shown.rows()
    assert "确认导入" not in shown.text
    copy = visit.of("sysadmin").client.get(shown.links()["下载标出错误的副本"])
    assert openpyxl.load_workbook(io.BytesIO(copy.content)).sheetnames == ["错误清单", "人员"]
    only = visit.of("sysadmin").open(f"{shown.path}?state=faulty")
    assert [row[3] for row in only.rows() if len(row) == 5 and row[0] == "人员" and row[1] in "23"] == ["错误", "错误"]


def test_a_change_is_shown_with_what_was_before(visit: Visit) -> None:
    huotian = {"id": "huotian", "name": "火田镇", "short_name": "火田镇", "kind": "乡镇", "parent_id": "yunxiao"}
    shown = upload(visit, content=file_of({"organisations": [huotian]}))
    assert ["机构", "2", "huotian", "变更", "简称：火田 → 火田镇"] in shown.rows()


def test_what_changed_meanwhile_is_shown_anew(visit: Visit) -> None:
    shown = upload(visit)
    with visit.stage.database.begin() as tx:
        people.add_person(tx, Person("zhangsan", "另一个张三（虚构）", "heping"), holdings=())
    again = visit.of("sysadmin").press(shown, "确认导入")
    assert again.path != shown.path
    assert "没有导入任何一行" in again.notice
    assert place(visit) is None
    assert "重新预览" in visit.of("sysadmin").open(shown.path).links()
    assert visit.of("sysadmin").press(again, "确认导入").notice.startswith("已导入")
    assert place(visit)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("机构.xls", b"x", "应以.xlsx结尾"), ("机构.xlsx", b"a,b", "不是.xlsx工作簿"),
        ("机构.xlsx", zipped(parts_of() | {"xl/vbaProject.bin": b"x"}), "含宏"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_told_where_it_was_chosen(
    visit: Visit, name: str, content: bytes, sentence: str
) -> None:
    page = upload(visit, content=content, name=name)
    assert (page.status, page.heading) == (422, "导入导出")
    assert sentence in page.error
    assert "还没有上传过表格" in page.text


def test_without_a_file_it_says_so_beside_the_field(visit: Visit) -> None:
    admin = visit.of("sysadmin")
    page = admin.press(admin.open("/imports"), "预览", files={"file": ("", b"", TYPE)})
    assert (page.status, page.fault("file")) == (422, "请选择文件。")


def test_everybody_sees_what_is_theirs(visit: Visit) -> None:
    shown = upload(visit)
    for person, offered in (
        ("sysadmin", "人员"),
        ("secadmin", "岗位任职"),
        ("minzheng-clerk", "事项"),
        ("reform-clerk", "下放文件"),
    ):
        assert f"下载模板：{offered}" in visit.of(person).open("/imports").links()
    assert "下载模板：人员" not in visit.of("secadmin").open("/imports").links()
    assert "预览" not in visit.of("auditadmin").open("/imports").text.split("上传记录")[0]
    assert visit.of("auditadmin").open(shown.path).status == 200
    assert "确认导入" not in visit.of("auditadmin").open(shown.path).text
    for person in ("clerk", "minzheng-clerk"):
        assert visit.of(person).open(shown.path).status == 404
    assert "导入导出" not in visit.of("director").open("/tasks").links()
    refused = visit.of("director").client.post(
        "/imports", files={"file": ("a.xlsx", FILE, TYPE)}, headers={"Origin": ORIGIN}
    )
    assert refused.status_code == 403
    assert visit.of("clerk").open("/exports/people.xlsx").status == 403


def test_nobody_is_asked_to_sign_in(visit: Visit) -> None:
    assert visit.nobody.open("/imports").heading == "登录一章通"
    assert (
        visit.nobody.client.post(
            "/imports", files={"file": ("a.xlsx", FILE, TYPE)}, headers={"Origin": ORIGIN}
        ).status_code
        == 401
    )


def test_a_second_press_says_who_was_first(visit: Visit) -> None:
    shown = upload(visit)
    admin = visit.of("sysadmin")
    assert admin.press(shown, "确认导入").status == 200
    again = admin.press(shown, "确认导入", form_key="another")
    assert (again.status, "已由系统管理员（虚构）于" in again.error) == (409, True)


def test_of_many_presses_at_once_one_stores_it(visit: Visit) -> None:
    shown = upload(visit)
    admin, keys = visit.of("sysadmin"), iter(range(99))
    codes = at_once(lambda: admin.send(shown, "确认导入", form_key=f"k{next(keys)}"), times=4)
    assert codes == [303, 409, 409, 409]


def test_an_export_is_taken_out_and_comes_back_unchanged(visit: Visit) -> None:
    made = upload(visit, "reform-clerk", file_of({"items": [ITEM]}))
    visit.of("reform-clerk").press(made, "确认导入")
    clerk = visit.of("minzheng-clerk")
    out = clerk.client.get(clerk.open("/imports").links()["导出：事项"])
    shown = upload(visit, "minzheng-clerk", out.content, "再来.xlsx")
    assert ["事项", "0", "0", "1", "0"] in shown.rows()
