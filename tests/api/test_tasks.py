"""Lists of tasks, one task, and what a person does with it before it is done."""

from datetime import timedelta

import pytest

from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal


def test_the_list_shows_what_may_be_claimed_what_is_mine_and_what_is_done(desk: Desk) -> None:
    task = desk.start()["opened"][0]["task"]

    def ids(who: str, view: str) -> list[str]:
        return [t["id"] for t in desk.of(who).get(f"/tasks?view={view}").json()["items"]]

    assert ids("clerk", "claimable") == ids("clerk2", "claimable") == [task]
    assert ids("director", "claimable") == ids("heping-clerk", "claimable") == []
    assert ids("director", "organisation") == [task]
    desk.of("clerk").post(f"/tasks/{task}/claim")
    assert (ids("clerk", "mine"), ids("clerk2", "claimable")) == ([task], [])
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "x"}})
    assert (ids("clerk", "mine"), ids("clerk", "done")) == ([], [task])


def test_the_list_filters_by_overdue_township_and_process(desk: Desk, stage: Stage) -> None:
    here, there = desk.start()["opened"][0]["task"], desk.start("heping-clerk", township="heping")["opened"][0]["task"]
    reviewer = desk.of("reviewer")

    def ids(query: str) -> set[str]:
        return {t["id"] for t in reviewer.get(f"/tasks?view=visible{query}").json()["items"]}

    assert ids("") == {here, there}
    assert ids("&township=heping") == {there}
    assert ids("&process=other") == ids("&overdue=true") == set()
    stage.later(timedelta(days=30))
    assert ids("&overdue=true") == {here, there}


def test_the_list_pages_without_losing_or_repeating(desk: Desk) -> None:
    wanted = {desk.start()["opened"][0]["task"] for _ in range(5)}
    seen: list[str] = []
    query = "limit=2"
    while True:
        page = desk.of("clerk").get(f"/tasks?view=claimable&{query}").json()
        seen += [t["id"] for t in page["items"]]
        desk.start()  # newer rows must not shift the pages behind
        if not page["next"]:
            break
        query = f"limit=2&after={page['next']}"
    assert len(seen) == len(set(seen))
    assert wanted <= set(seen)


@pytest.mark.parametrize("query", ["after=xyz", "limit=0", "limit=201", "view=nobody"])
def test_the_list_refuses_bad_questions(desk: Desk, query: str) -> None:
    refusal(desk.of("clerk").get(f"/tasks?{query}"), 422, "invalid")


def test_a_task_shows_its_form_its_values_and_why_one_may_not(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    page = desk.of("clerk").get(f"/tasks/{task}").json()
    assert page["form_schema"]["id"] == "draft"
    assert page["may"]["complete"] == {"allowed": True, "code": "", "reason": ""}
    other = desk.of("clerk2").get(f"/tasks/{task}").json()["may"]["complete"]
    assert (other["allowed"], other["code"]) == (False, "other-assignee")
    assert "clerk（虚构）" in other["reason"]
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "第一批"}})
    stage.work()
    review = desk.of("director").get(f"/tasks/{stage.open_task(page['case']).id}").json()
    assert review["input"]["batch_name"] == "第一批"
    assert review["return_to"] == [{"element": "draft", "name": "拟清单"}]


def test_claiming_is_for_the_post_and_for_one(desk: Desk) -> None:
    task = desk.start()["opened"][0]["task"]
    refusal(desk.of("director").post(f"/tasks/{task}/claim"), 403, "not-allowed")
    refusal(desk.of("heping-clerk").post(f"/tasks/{task}/claim"), 404, "not-found")
    refusal(desk.nobody.post(f"/tasks/{task}/claim"), 401, "not-signed-in")
    first, second = desk.of("clerk"), desk.of("clerk2")
    outcome = at_once(lambda: second.post(f"/tasks/{task}/claim"))
    assert outcome == [200] * 8, "claiming one's own task again changes nothing"
    problem = refusal(first.post(f"/tasks/{task}/claim"), 409, "conflict")
    assert "clerk2（虚构）" in problem["detail"]


def test_it_can_be_given_back(desk: Desk) -> None:
    task = desk.drafted()
    refusal(desk.of("clerk2").post(f"/tasks/{task}/unclaim"), 403, "not-allowed")
    assert desk.of("clerk").post(f"/tasks/{task}/unclaim").json()["assignee"] is None
    assert desk.of("clerk2").post(f"/tasks/{task}/claim").status_code == 200


def test_a_draft_is_kept_for_its_writer_alone(desk: Desk) -> None:
    task = desk.drafted()
    answer = desk.of("clerk").put(f"/tasks/{task}/draft", json={"data": {"batch_name": "未完"}})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"3"')
    assert desk.of("clerk").get(f"/tasks/{task}").json()["draft"] == {"batch_name": "未完"}
    assert desk.of("clerk2").get(f"/tasks/{task}").json()["draft"] is None
    refusal(desk.of("clerk2").put(f"/tasks/{task}/draft", json={"data": {}}), 403, "not-allowed")


def test_sending_back_needs_a_reason_and_an_offered_step(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "x"}})
    stage.work()
    review = stage.open_task(task.partition(".")[0]).id
    director = desk.of("director")
    director.post(f"/tasks/{review}/claim")
    refusal(director.post(f"/tasks/{review}/return", json={"target": "draft", "act": {}}), 422, "invalid")
    problem = refusal(
        director.post(f"/tasks/{review}/return", json={"target": "trial", "act": {"opinion": "x"}}), 403, "not-allowed"
    )
    assert "拟清单" in problem["detail"]
    answer = director.post(f"/tasks/{review}/return", json={"target": "draft", "act": {"opinion": "缺下放文件"}})
    assert [o["element"] for o in answer.json()["opened"]] == ["draft"]
    refusal(
        director.post(f"/tasks/{review}/return", json={"target": "draft", "act": {"opinion": "x"}}), 409, "conflict"
    )
