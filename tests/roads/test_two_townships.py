"""Two townships ask the same departments at the same time: one sign-off and one self-check a thing, and both get the answer."""

from collections.abc import Iterator

import pytest

from service.store import cases
from tests.story import Story, batch_of

pytestmark = pytest.mark.road


@pytest.fixture
def two(county_url: str) -> Iterator[tuple[Story, Story]]:
    with Story(county_url) as one, Story(county_url) as other:
        yield one, other


def _up_to_the_sign_offs(story: Story, township: str, *items: str) -> None:
    story.begins(f"{township}-clerk", township=township).does(
        f"{township}-clerk", "编制授权事项建议清单", batch_of(*items)
    )
    director = {
        "director_checks": ["listed", "documents", "capacity"],
        "director_decision": "agree",
        "director_opinion": "同意。",
    }
    story.does(f"{township}-director", "中心主任审核", director)


def _sign_offs(story: Story) -> dict[str, list[str]]:
    """Case -> items, as the batch waits for them."""
    page = story.ask("shengaiban-reviewer", "GET", f"/cases/{story.case}/variables")
    rows = page["items"][0]["variables"]["sign_offs"]
    return {row["case_id"]: row["item_ids"] for row in rows}


def test_overlapping_batches_share_the_sign_offs_of_what_they_share(two: tuple[Story, Story]) -> None:
    huotian, heping = two
    _up_to_the_sign_offs(huotian, "huotian", "dibao-shenhe", "gaoling-jintie")
    _up_to_the_sign_offs(heping, "heping", "gaoling-jintie", "tekun-rending")
    huotian.plays_the_checks()
    first = _sign_offs(huotian)
    assert sorted(next(iter(first.values()))) == ["dibao-shenhe", "gaoling-jintie"]
    heping.plays_the_checks()
    second = _sign_offs(heping)
    assert {frozenset(ids) for ids in second.values()} == {frozenset({"gaoling-jintie"}), frozenset({"tekun-rending"})}
    (shared,) = set(first) & set(second)
    assert second[shared] == ["gaoling-jintie"]
    with heping.house.database.read() as tx:
        seen = {organisation for organisation, _ in cases.access_of(tx, shared)}
    assert {"huotian-center", "heping-center", "minzhengju"} <= seen
    huotian.plays_the_sign_offs()
    heping.plays_the_sign_offs()
    for story in two:
        waits = story.ask("shengaiban-reviewer", "GET", f"/cases/{story.case}")["waits"]
        assert "承接能力评估" in {w["name"] for w in waits}, waits


def test_a_township_cannot_write_a_departments_answer(story: Story) -> None:
    _up_to_the_sign_offs(story, "heping", "gaoling-jintie")
    (place,) = story.ask("heping-clerk", "GET", f"/cases/{story.case}/variables")["items"]
    (check,) = place["variables"]["form_checks"]
    result = {"case_id": check["case_id"], "form_id": check["form_id"], "form_version": 1, "conclusion": "passed"}
    forged = {"name": "form_check_done", "key": check["case_id"], "data": {"form_check_result": result}}
    for person in ("heping-clerk", "heping-director", "shengaiban-reviewer", "minzhengju-clerk"):
        story.ask(person, "POST", "/messages", forged, status=403)
    story.on(story.now.date())
    waits = story.ask("heping-clerk", "GET", f"/cases/{story.case}")["waits"]
    assert "等待表格自查结论" in {w["name"] for w in waits}
    withdrawn = {"name": "batch_withdrawn", "key": story.case}
    story.ask("heping-clerk2", "POST", "/messages", withdrawn, status=403)
    story.ask("heping-clerk", "POST", "/messages", withdrawn)
    story.on(story.now.date())
    assert story.ask("heping-clerk", "GET", f"/cases/{story.case}")["status"] == "completed"
