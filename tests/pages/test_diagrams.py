"""流程图 of a case, by the page."""

import re

from tests.actions.stage import Stage
from tests.pages.visitor import Visit


def test_it_shows_the_picture_and_the_steps_in_words(visit: Visit, stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    page = visit.of("clerk").open(f"/cases/{case.id}/diagram")
    assert page.status == 200
    assert [(row[0], row[2], row[3]) for row in page.rows()] == [
        ("主任审核", "▶ 正在办理", ""), ("发起", "✓ 已办", "1"), ("拟清单", "✓ 已办", "1"), ("预检", "✓ 已办", "1"),
    ]  # fmt: skip
    (figure,) = page.tree.xpath("//figure")
    assert figure.get("data-diagram") == f"/api/v1/cases/{case.id}/diagram.xml"
    assert '"review": "active"' in figure.get("data-marks")
    (image,) = figure.iter("img")
    picture = visit.of("clerk").client.get(image.get("src"))
    assert 'data-element-id="review" data-state="active"' in picture.text
    assert image.get("alt")


def test_its_policy_lets_the_diagram_set_styles_and_nothing_else(visit: Visit, stage: Stage) -> None:
    case = stage.start().case
    answer = visit.of("clerk").client.get(f"/cases/{case.id}/diagram")
    policy = answer.headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy
    assert "eval" not in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


def test_it_is_shown_to_whom_the_case_is_shown(visit: Visit, stage: Stage) -> None:
    path = f"/cases/{stage.start().case.id}/diagram"
    assert visit.of("director").open(path).status == 200
    assert visit.of("reviewer").open(path).status == 200
    for person in ("heping-clerk", "sysadmin"):
        assert visit.of(person).open(path).status == 404
    assert visit.nobody.open(path).path.startswith("/sign-in")
    assert visit.of("clerk").open("/cases/nothing/diagram").status == 404
    assert visit.of("clerk").open(f"{path}?diagram=nothing").status == 404
    assert {event.actor_id for event in visit.desk.denied()} == {"heping-clerk", "sysadmin"}
