"""What every page has in common."""

import re

import pytest

from service.pages import rendering
from service.pages.navigation import NAVIGATION
from tests.actions.stage import Stage
from tests.api.desk import refusal
from tests.pages.visitor import Visit


def test_pages_let_nothing_in_from_elsewhere(visit: Visit) -> None:
    for path in ("/sign-in", "/nothing"):
        answer = visit.nobody.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|https?://", answer.text)


def test_unknown_pages_are_pages_and_unknown_calls_stay_problems(visit: Visit) -> None:
    page = visit.of("clerk").open("/nothing")
    assert (page.status, page.heading, "回到首页" in page.links()) == (404, "没有找到", True)
    refusal(visit.desk.of("clerk").get("/nothing"), 404, "not-found")
    assert visit.of("clerk").client.put("/tasks").status_code == 405


def test_without_the_build_pages_say_so_and_work(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MANIFEST", rendering.HERE / "no" / "manifest.json")
    page = visit.of("clerk").open("/tasks")
    assert (page.status, page.heading) == (200, "我的任务")
    assert "make web" in page.text
    assert "<script" not in page.source
    assert visit.desk.of("clerk").get("/me").status_code == 200


def test_a_defect_of_ours_tells_no_inner_story(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.store.worklist.list_work", lambda *_a, **_k: 1 / 0)
    page = visit.of("clerk").open("/tasks")
    assert page.status == 500
    assert "意外错误" in page.error
    assert "division" not in page.source


def test_what_people_wrote_is_shown_as_they_wrote_it(visit: Visit, stage: Stage) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"
    with stage.database.begin() as tx:
        tx.connection.exec_driver_sql(
            "UPDATE person SET name = :n WHERE id = 'clerk'".replace(":n", "'" + bad.replace("'", "''") + "'")
        )
    page = visit.of("clerk").open("/tasks")
    assert bad in page.tree.text_content()
    assert not page.tree.xpath("//img") + page.tree.xpath("//script[not(@src)]")


def test_a_large_form_is_refused_with_a_page(visit: Visit) -> None:
    answer = visit.of("clerk").client.post("/sign-out", data={"x": "y" * 3_000_000})
    assert answer.status_code == 413
    assert "text/html" in answer.headers["content-type"]


def test_a_notice_somebody_else_put_there_is_not_shown(visit: Visit) -> None:
    clerk = visit.of("clerk")
    for word in ("%%%", "bm9uZQ", "eyJ4IjoxfQ", "W10"):
        clerk.client.cookies.set("oneseal_notice", word)
        assert (clerk.open("/tasks").status, clerk.open("/tasks").notice) == (200, "")


def test_every_entry_of_the_navigation_leads_somewhere(visit: Visit) -> None:
    for person in ("clerk", "reviewer", "sysadmin"):
        visitor = visit.of(person)
        for target in visitor.open("/nothing").tree.xpath("//nav//a/@href"):
            assert target in NAVIGATION
            assert visitor.open(target).status == 200, (person, target)
