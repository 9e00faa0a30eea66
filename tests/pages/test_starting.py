"""发起案件."""

import pytest

from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Visit


def test_the_only_process_is_shown_at_once_with_its_township(visit: Visit) -> None:
    clerk = visit.of("clerk")
    page = clerk.open("/cases/new")
    assert "小流程" in page.text
    assert "火田镇" in page.text
    done = clerk.press(page, "发起", title="火田镇第一批", opinion="按通知办理", paper="示例〔2022〕2号")
    assert (done.notice, done.heading) == ("已发起案件小-火田-2022-001。", "拟清单")
    case = clerk.open(done.links()["火田镇第一批"])
    assert "按通知办理" in case.text
    assert "示例〔2022〕2号" in case.text


def test_who_may_begin_nothing_is_told(visit: Visit) -> None:
    for person in ("director", "reviewer", "sysadmin"):
        assert "您的岗位不能发起案件" in visit.of(person).open("/cases/new").text
    assert visit.nobody.open("/cases/new").heading == "登录一章通"


@pytest.mark.parametrize(
    ("person", "data", "status"),
    [
        ("clerk", {"process": "small", "township": "heping"}, 403),
        ("director", {"process": "small", "township": "huotian"}, 403),
        ("clerk", {"process": "nothing", "township": "huotian"}, 404),
        ("clerk", {"process": "small", "township": "nowhere"}, 403),
        ("clerk", {"process": "small", "township": ""}, 422),
        ("clerk", {"process": "", "township": "huotian"}, 422),
        ("clerk", {"process": "small", "township": "huotian", "title": "x" * 201}, 422),
        ("clerk", {"process": "small", "township": "huotian", "way": "nothing"}, 409),
    ],
)
def test_it_refuses_a_bad_start(visit: Visit, person: str, data: dict[str, str], status: int) -> None:
    answer = visit.of(person).client.post("/cases/new", data=data, headers={"Origin": ORIGIN})
    assert answer.status_code == status
    assert "text/html" in answer.headers["content-type"]
    assert visit.of("reviewer").open("/cases").rows() == []


def test_what_was_typed_stays(visit: Visit) -> None:
    clerk = visit.of("clerk")
    page = clerk.press(clerk.open("/cases/new"), "发起", title="x" * 201, opinion="按通知办理")
    assert (page.status, page.value("opinion"), "最多200个字" in page.fault("title")) == (422, "按通知办理", True)


def test_a_second_press_begins_one_case(visit: Visit) -> None:
    clerk = visit.of("clerk")
    page = clerk.open("/cases/new")
    assert at_once(lambda: clerk.send(page, "发起")) == [303] * 8
    assert len(clerk.open("/cases").rows()) == 1


def test_a_form_from_another_site_begins_nothing(visit: Visit) -> None:
    data = {"process": "small", "township": "huotian"}
    assert visit.of("clerk").client.post("/cases/new", data=data).status_code == 403
    assert visit.nobody.client.post("/cases/new", data=data, headers={"Origin": ORIGIN}).status_code == 401
