"""流程定义 and 部署流程, by the page."""

from typing import Any

import httpx
import pytest

from service.pages.deployment import placed
from tests.actions.stage import SMALL, Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Sheet, Visit

FILES = {p.name: p.read_bytes() for p in sorted(SMALL.iterdir())}
BUTTON = "检查并部署"


def chosen(files: dict[str, bytes]) -> list[Any]:
    return [("files", (name, content, "application/octet-stream")) for name, content in files.items()]


def changed(old: str, new: str) -> dict[str, bytes]:
    text = FILES["small.bpmn"].decode()
    assert old in text
    return FILES | {"small.bpmn": text.replace(old, new).encode()}


def deploys(visit: Visit, files: dict[str, bytes], **filled: Any) -> Sheet:
    admin = visit.of("sysadmin")
    return admin.press(admin.open("/deploy"), BUTTON, files=chosen(files), **filled)


def test_the_list_names_versions_who_when_and_how_many_cases_run(visit: Visit) -> None:
    visit.desk.start()
    page = visit.of("clerk").open("/definitions")
    ((version, when, who, running, _digest),) = page.rows()
    assert (version, when, who, running) == ("第1版 现行", "2022-10-14 09:00", "系统管理员虚构", "1")
    assert "部署流程" not in page.links()
    assert "部署流程" in visit.of("sysadmin").open("/definitions").links()


def test_a_version_shows_diagram_steps_files_forms_and_note(visit: Visit) -> None:
    deploys(visit, changed("P30D", "P31D"), note="试运行改为31天（示例）")
    page = visit.of("clerk").open("/definitions/small")
    assert page.heading == "小流程 第2版"
    assert "试运行改为31天（示例）" in page.text
    (picture,) = page.tree.xpath("//figure")
    assert picture.get("data-diagram") == "/api/v1/definitions/small/versions/2/xml?process=small"
    (image,) = picture.iter("img")
    assert "主任审核" in visit.of("clerk").client.get(image.get("src")).text
    steps = {row[0]: row for row in page.rows() if len(row) == 7}
    assert steps["主任审核review"][1:5] == ["便民服务中心", "人工", "本案便民服务中心 便民服务中心主任", "2个工作日"]
    assert {"small.bpmn", "draft.form", "review.form", "第1版"} <= set(page.links())
    got = visit.of("clerk").client.get(page.links()["draft.form"])
    assert got.content == FILES["draft.form"]
    assert any(row[0] == "批次名称" or "batch" in row[0] for row in page.rows() if len(row) == 3)
    old = visit.of("clerk").open("/definitions/small/versions/1")
    assert "已被第2版取代" in old.text


def test_the_same_files_say_so_and_make_no_version(visit: Visit) -> None:
    page = deploys(visit, FILES)
    assert (page.path, page.heading) == ("/definitions/small/versions/1", "小流程 第1版")
    assert "完全相同" in page.notice
    assert len(visit.of("clerk").open("/definitions").rows()) == 1


def test_other_files_make_a_version_and_say_what_becomes_of_running_cases(visit: Visit) -> None:
    page = deploys(visit, changed("P30D", "P31D"))
    assert page.path == "/definitions/small/versions/2"
    assert "已部署“小流程”第2版" in page.notice
    assert "不受影响" in page.notice


def test_only_what_changed_need_be_chosen(visit: Visit) -> None:
    admin = visit.of("sysadmin")
    form = admin.open("/deploy?process=small")
    assert form.value("over") == "small@1"
    page = admin.press(form, BUTTON, files=chosen({"small.bpmn": changed("P30D", "P31D")["small.bpmn"]}))
    assert page.heading == "小流程 第2版"
    assert {"draft.form", "review.form"} <= set(page.links())
    stale = admin.press(form, BUTTON, files=chosen({"small.bpmn": FILES["small.bpmn"]}), form_key="another")
    assert (stale.status, stale.heading) == (412, "部署流程")
    assert "第1版，现在是第2版" in stale.error


def test_a_task_that_loses_its_lane_is_refused_by_name_and_running_cases_go_on(visit: Visit, stage: Stage) -> None:
    """附录C场景12."""
    case = stage.start().case
    bad = changed("        <bpmn:flowNodeRef>review</bpmn:flowNodeRef>\n", "")
    line = bad["small.bpmn"].decode().split('<bpmn:userTask id="review"')[0].count("\n") + 1
    page = deploys(visit, bad, note="去掉泳道")
    assert (page.status, page.heading) == (422, "部署流程")
    assert page.rows() == [
        ["small.bpmn", str(line), "5", "主任审核review", "用户任务“主任审核”不在任何泳道里，看不出由谁办理。"]
    ]
    assert "办理中的案件不受影响" in page.error
    assert "去掉泳道" in page.value("note")
    nobody = changed(' camunda:candidateGroups="center_director@center"', "")
    assert "“主任审核”没有办理岗位" in deploys(visit, nobody).rows()[0][4]
    assert len(visit.of("clerk").open("/definitions").rows()) == 1
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    stage.do("director", stage.open_task(case.id).id, {"decision": "refuse"})
    assert stage.case(case.id).status.value == "completed"


def test_every_problem_of_every_file_is_listed(visit: Visit) -> None:
    files = changed('oneseal:handler="echo"', 'oneseal:handler="nobody"')
    files["small.bpmn"] = files["small.bpmn"].replace(b"P30D", b"-PT5M")
    files |= {"draft.form": b"{", "other.txt": b"x"}
    page = deploys(visit, files)
    assert page.status == 422
    assert {row[0] for row in page.rows()} == {"small.bpmn", "draft.form", "other.txt"}
    assert len(page.rows()) >= 4
    places = [(row[0], row[1]) for row in page.rows() if row[0] == "small.bpmn"]
    assert all(int(line) > 0 for _, line in places)


def test_a_deployment_without_files_is_told_beside_the_field(visit: Visit) -> None:
    admin = visit.of("sysadmin")
    page = admin.press(admin.open("/deploy"), BUTTON, note="只有说明")
    assert (page.status, page.fault("files"), page.value("note")) == (422, "请选择文件。", "只有说明")
    assert deploys(visit, {"../a.bpmn": b"<x/>"}).status == 422


def test_only_the_system_administrator_deploys(visit: Visit) -> None:
    for person in ("clerk", "reviewer"):
        visitor = visit.of(person)
        assert visitor.open("/deploy").status == 403
        answer = visitor.client.post("/deploy", files=chosen(changed("P30D", "P9D")), headers={"Origin": ORIGIN})
        assert answer.status_code == 403
    assert visit.nobody.open("/deploy").path.startswith("/sign-in")
    assert visit.nobody.open("/definitions").path.startswith("/sign-in")
    assert visit.nobody.client.post("/deploy", files=chosen(FILES), headers={"Origin": ORIGIN}).status_code == 401
    foreign = visit.of("sysadmin").client.post(
        "/deploy", files=chosen(FILES), headers={"Origin": "https://bad.example"}
    )
    assert foreign.status_code == 403
    assert len(visit.of("clerk").open("/definitions").rows()) == 1


def test_pressing_twice_at_once_makes_one_version(visit: Visit) -> None:
    admin = visit.of("sysadmin")
    form = admin.open("/deploy")
    files = changed("P30D", "P32D")

    def press() -> httpx.Response:
        return admin.send(form, BUTTON, files=chosen(files))

    assert set(at_once(press)) == {303}
    assert len(admin.open("/definitions").rows()) == 2


def test_names_people_gave_stay_words(visit: Visit) -> None:
    bad = "&lt;script&gt;alert(1)&lt;/script&gt;"
    page = deploys(visit, changed('name="主任审核"', f'name="{bad}"'), note="<img src=x onerror=alert(1)>")
    assert page.status == 200
    assert not page.tree.xpath("//main//script") + page.tree.xpath("//main//img[@onerror]")
    assert "<img src=x onerror=alert(1)>" in page.text


def test_what_is_not_there_is_a_page(visit: Visit) -> None:
    for path in ("/definitions/nothing", "/definitions/small/versions/9"):
        assert visit.of("clerk").open(path).status == 404


def test_a_version_without_a_drawing_says_why_and_shows_the_rest(visit: Visit) -> None:
    bare = FILES["small.bpmn"].decode().partition("  <bpmndi:BPMNDiagram")[0] + "</bpmn:definitions>"
    page = deploys(visit, FILES | {"small.bpmn": bare.encode()})
    assert "没有图形" in page.text
    assert page.tree.xpath("//figure") == []
    assert "主任审核review" in [row[0] for row in page.rows()]


@pytest.mark.parametrize(
    ("given", "before", "over", "wanted"),
    [
        ({"a.form": b"2"}, {"x/forms/a.form": b"1", "x/p.bpmn": b""}, True, {"x/forms/a.form": b"2", "x/p.bpmn": b""}),
        ({"a.form": b"2"}, {"x/forms/a.form": b"1", "x/p.bpmn": b""}, False, {"x/forms/a.form": b"2"}),
        (
            {"p.bpmn": b"2"},
            {"x/p.bpmn": b"1", "y/p.bpmn": b"1"},
            True,
            {"x/p.bpmn": b"1", "y/p.bpmn": b"1", "p.bpmn": b"2"},
        ),
        ({"x/p.bpmn": b"2"}, {"x/p.bpmn": b"1", "y/p.bpmn": b"1"}, False, {"x/p.bpmn": b"2"}),
        ({"new.dmn": b"2"}, {"x/p.bpmn": b"1"}, True, {"x/p.bpmn": b"1", "new.dmn": b"2"}),
        ({"new.dmn": b"2"}, {}, False, {"new.dmn": b"2"}),
    ],
)
def test_files_find_the_paths_they_had(
    given: dict[str, bytes], before: dict[str, bytes], over: bool, wanted: dict[str, bytes]
) -> None:
    assert placed(given, before, over=over) == wanted
