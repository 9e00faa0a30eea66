"""操作记录 and 历史校验, by the page, for auditors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.domain.people import Person, Role
from service.store import people
from tests.actions.stage import Stage
from tests.databases import forge, tamper
from tests.pages.visitor import Visit, Visitor

COMMAND = Path(sys.executable).parent / "oneseal"


@pytest.fixture
def auditor(visit: Visit, stage: Stage) -> Visitor:
    """审计管理员."""
    with stage.database.begin() as tx:
        person = Person("auditor", "审计（虚构）", "yunxiao", fictional=True)
        people.add_person(tx, person, holdings=(), roles=(Role.AUDIT_ADMIN,))
    return visit.of("auditor")


def verify(url: str) -> subprocess.CompletedProcess[str]:
    """``oneseal verify`` on the database of the page."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ONESEAL_")}
    given = kept | {"ONESEAL_DATABASE_URL": url, "ONESEAL_LOG_LEVEL": "error", "COLUMNS": "200"}
    return subprocess.run([COMMAND, "verify"], env=given, capture_output=True, text=True, timeout=100, check=False)


def test_an_honest_history_is_said_to_be_whole(auditor: Visitor, visit: Visit) -> None:
    visit.desk.start()
    page = auditor.press(auditor.open("/history"), "开始校验")
    assert (page.status, page.heading) == (200, "历史校验")
    assert "没有断裂" in page.notice
    assert page.rows() == []


def test_a_row_changed_in_the_database_is_shown_with_chain_and_event(
    auditor: Visitor, visit: Visit, stage: Stage, database_url: str
) -> None:
    """附录C场景13."""
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    assert verify(database_url).returncode == 0
    tamper(stage.database, f"case/{case.id}", 2)
    page = auditor.open("/history/verification")
    assert "历史不完整" in page.error
    assert page.rows() == [[f"case/{case.id}", case.business_key, "2", "内容与哈希不符", "查看记录"]]
    assert f"/cases/{case.id}" not in page.links().values(), "the audit administrator reads no cases"
    detail = auditor.open(page.links()["查看记录"])
    assert "断裂就在本条" in detail.text
    assert "断裂之后的记录" in auditor.open(detail.links()["本链后一条"]).text
    assert "本链不完整：第2条" in auditor.open(detail.links()["本链前一条"]).text
    done = verify(database_url)
    assert done.returncode == 1
    assert f"链 case/{case.id} 第2条，内容与哈希不符" in done.stdout
    business = visit.of("reviewer").open("/history/verification")
    assert f"/cases/{case.id}" in business.links().values()


def test_a_deleted_event_is_shown_too(auditor: Visitor, stage: Stage) -> None:
    case = stage.start().case
    where = "WHERE chain = :chain AND seq = :seq"
    forge(
        stage.database,
        f"DELETE FROM event_payload {where}",
        f"DELETE FROM event {where}",
        chain=f"case/{case.id}",
        seq=1,
    )
    page = auditor.open("/history/verification")
    assert [row[0] for row in page.rows()] == [f"case/{case.id}"]
    assert auditor.open(page.links()["查看记录"]).status == 404


def test_the_list_filters_by_kind_person_case_and_day(auditor: Visitor, visit: Visit, stage: Stage) -> None:
    case = stage.start().case
    visit.desk.of("heping-clerk").post("/cases", json={"process": "small", "township": "huotian"})
    every = auditor.open("/events").rows()
    assert {"发起案件", "操作被拒绝", "部署流程"} <= {row[1] for row in every}
    assert [row[1] for row in auditor.open("/events?type=case.started").rows()] == ["发起案件"]
    assert {row[2] for row in auditor.open("/events?actor=heping-clerk").rows()} == {"heping-clerk虚构heping-clerk"}
    by_key = auditor.open(f"/events?case={case.business_key}").rows()
    assert [row[3] for row in by_key] == [case.business_key]
    assert auditor.open(f"/events?case={case.id}").rows() == by_key
    assert len(auditor.open("/events?day=2022-10-14").rows()) == len(every)
    assert auditor.open("/events?day=2022-10-13").rows() == []
    assert auditor.open("/events?day=yesterday").status == 422
    pressed = auditor.press(auditor.open("/events"), "查询", type="case.started", day="2022-10-14")
    assert [row[1] for row in pressed.rows()] == ["发起案件"]


def test_sign_ins_and_denied_attempts_have_their_own_tabs(auditor: Visitor, visit: Visit) -> None:
    visit.desk.of("heping-clerk").post("/cases", json={"process": "small", "township": "huotian"})
    tabs = auditor.open("/events").links()
    (denied,) = auditor.open(tabs["被拒绝的操作"]).rows()
    assert "您的岗位不能发起这个流程" in denied[4]
    assert auditor.open(tabs["登录与退出"]).rows() == []
    assert [row[1] for row in auditor.open(tabs["管理操作"]).rows()] == ["部署流程"]


def test_an_event_is_shown_as_it_was_sealed(auditor: Visitor, stage: Stage) -> None:
    stage.start()
    listed = auditor.open("/events?type=case.started")
    page = auditor.open(listed.links()["详情"])
    assert page.heading == "发起案件"
    assert "本链校验完整" in page.text
    assert '"command": "Start"' in page.text
    assert "拟清单" not in page.text, "it has opened, not been passed"
    assert ["发起 begin", "完成"] in page.rows()


def test_the_list_goes_on_page_by_page(auditor: Visitor, stage: Stage) -> None:
    for _ in range(35):
        stage.start()
    first = auditor.open("/events?type=case.started")
    second = auditor.open(first.links()["下一页"])
    assert (len(first.rows()), len(second.rows())) == (30, 5)


@pytest.mark.parametrize(
    "path", ["/events", "/event?chain=definition/small&seq=1", "/history", "/history/verification"]
)
def test_only_auditors_read_it(visit: Visit, auditor: Visitor, path: str) -> None:
    assert auditor.open(path).status == 200
    assert visit.of("reviewer").open(path).status == 200
    for person in ("clerk", "sysadmin"):
        assert visit.of(person).open(path).status == 403
    assert visit.nobody.open(path).path.startswith("/sign-in")


def test_what_is_not_there_and_what_is_damaged_are_pages(auditor: Visitor, stage: Stage) -> None:
    assert auditor.open("/event?chain=nothing&seq=1").status == 404
    assert auditor.open("/event?chain=definition/small&seq=99").status == 404
    forge(stage.database, "UPDATE event SET body = 'broken' WHERE chain = :c AND seq = 1", c="definition/small")
    page = auditor.open("/event?chain=definition/small&seq=1")
    assert (page.status, "broken" in page.text, "断裂就在本条" in page.text) == (200, True, True)
    assert auditor.open("/events").status == 200
