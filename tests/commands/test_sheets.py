"""Setting up a county on the console: a template, an import that tells every fault, an export; on an empty database, without demo data."""

import json
from pathlib import Path

import openpyxl
import pytest

from service.store import events, organisations, people
from service.store.session import Database
from tests.actions.handed_in import file_of
from tests.commands.service import run

pytestmark = pytest.mark.road

COUNTY = {
    "id": "xian",
    "name": "示例县人民政府",
    "short_name": "示例县",
    "kind": "县人民政府",
    "parent_id": "",
    "code": "350622",
}
TOWN = {"id": "zhen", "name": "示例镇人民政府", "short_name": "示例镇", "kind": "乡镇", "parent_id": "xian", "code": ""}
CENTER = {
    "id": "zhen-center",
    "name": "示例镇便民服务中心",
    "short_name": "示例中心",
    "kind": "便民服务中心",
    "parent_id": "zhen",
    "code": "",
}
CLERK = {"id": "zhangsan", "name": "张三（虚构）", "organisation_id": "zhen-center"}
POST = {"person_id": "zhangsan", "post": "便民服务中心经办", "organisation_id": "示例镇便民服务中心"}


@pytest.fixture
def url(database_url: str) -> str:
    """Migrated and empty."""
    return database_url


def written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def test_an_empty_county_is_set_up_from_one_workbook_and_taken_out_again(url: str, tmp_path: Path) -> None:
    content = file_of({"organisations": [CENTER, TOWN, COUNTY], "people": [CLERK], "posts": [POST]})
    file = written(tmp_path / "开县.xlsx", content)
    tried = run(url, "import", file, "--dry-run")
    assert (tried.returncode, "机构：新增3行" in tried.stdout, "试运行" in tried.stdout) == (0, True, True), (
        tried.stdout + tried.stderr
    )
    done = run(url, "import", file)
    assert (done.returncode, "已导入 开县.xlsx" in done.stdout) == (0, True), done.stdout + done.stderr
    database = Database(url)
    with database.read() as tx:
        assert organisations.center_of(tx, "zhen")
        assert people.holdings_of(tx, ["zhangsan"])["zhangsan"][0].post == "center_clerk"
        (event,) = events.list_events(tx, type="import.applied").items
        body = json.loads(event.sealed.body)
    database.close()
    assert (body["actor"], body["channel"]) == ("system", "cli")
    again = run(url, "import", file)
    assert (again.returncode, "机构：新增0行，变更0行，不变3行，错误0行。" in again.stdout) == (0, True)
    out = tmp_path / "导出.xlsx"
    told = run(url, "export", "all", str(out))
    assert (told.returncode, "已导出5行" in told.stdout) == (0, True), told.stdout + told.stderr
    unchanged = run(url, "import", str(out), "--dry-run")
    assert (unchanged.returncode, "不变3行" in unchanged.stdout) == (0, True), unchanged.stdout
    assert run(url, "verify").returncode == 0


def test_one_fault_and_no_row_is_stored_every_fault_is_told_and_marked(url: str, tmp_path: Path) -> None:
    content = file_of({"organisations": [COUNTY, TOWN | {"kind": "镇"}, CENTER | {"parent_id": "nowhere"}]})
    marked = tmp_path / "改.xlsx"
    refused = run(url, "import", written(tmp_path / "a.xlsx", content), "--marked", str(marked))
    assert refused.returncode == 1
    assert "工作表“机构”第3行D列“机构类型”：应为下列之一" in refused.stdout
    assert "共2处错误，没有导入任何一行。" in refused.stdout
    assert openpyxl.load_workbook(marked)["机构"]["D3"].comment
    database = Database(url)
    with database.read() as tx:
        assert organisations.list_organisations(tx) == []
        assert events.chains(tx) == []
    database.close()


def test_a_dry_run_leaves_no_trace(url: str, tmp_path: Path) -> None:
    assert (
        run(url, "import", written(tmp_path / "a.xlsx", file_of({"organisations": [COUNTY]})), "--dry-run").returncode
        == 0
    )
    database = Database(url)
    with database.read() as tx:
        assert organisations.list_organisations(tx) == []
    database.close()


def test_a_template_is_written_with_what_to_do(url: str, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    told = run(url, "template", "organisations,people", str(path))
    assert (told.returncode, str(path) in told.stdout) == (0, True), told.stderr
    assert openpyxl.load_workbook(path).sheetnames == ["填表说明", "机构", "人员", "选项"]
    refused = run(url, "import", str(path))
    assert (refused.returncode, "示例行不导入" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export", "plans", "x.xlsx"], "没有“plans”这种表"),
        (["import", "text.xlsx"], "不是.xlsx工作簿"),
        (["import", "county.xlsx", "--as", "nobody"], "没有登录名为“nobody”"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    url: str, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    written(tmp_path / "text.xlsx", b"x,y")
    written(tmp_path / "county.xlsx", file_of({"organisations": [COUNTY]}))
    refused = run(url, *(str(tmp_path / a) if a.endswith(".xlsx") else a for a in arguments))
    assert (refused.returncode, sentence in refused.stderr, "Traceback" in refused.stderr) == (2, True, False), (
        refused.stderr
    )


def test_in_somebody_s_name_it_is_that_person_s_right_that_counts(county_url: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.xlsx", file_of({"people": [CLERK | {"organisation_id": "huotian-center"}]}))
    refused = run(county_url, "import", file, "--as", "huotian-clerk")
    assert (refused.returncode, "系统管理员" in refused.stderr) == (2, True), refused.stderr
    done = run(county_url, "import", file, "--as", "sysadmin")
    assert (done.returncode, "人员：新增1行" in done.stdout) == (0, True), done.stdout + done.stderr
