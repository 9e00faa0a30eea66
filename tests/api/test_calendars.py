"""Working days over HTTP."""

from collections.abc import Iterator
from datetime import date
from threading import Thread
from typing import Any

import pytest

from service.actions.start_case import StartCase, start_case
from service.domain.calendar import COUNTY
from service.settings import Settings
from service.store import events, people
from service.store.calendars import calendars_mark
from service.wiring import House, build
from tests.actions.calendars import in_december, must_hold
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal
from tests.domain.notices import INVENTED_2027
from tests.store.together import until

NOTICE = {"notice": INVENTED_2027}
PATH = "/calendars/county"


@pytest.fixture
def december(stage: Stage, desk: Desk) -> Desk:
    in_december(stage)
    return desk


def previewed(desk: Desk, body: dict[str, Any] = NOTICE, calendar: str = COUNTY) -> dict[str, Any]:
    answer = desk.of("sysadmin").post(f"/calendars/{calendar}/preview", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def confirmed(desk: Desk, body: dict[str, Any] = NOTICE, calendar: str = COUNTY) -> dict[str, Any]:
    digest = previewed(desk, body, calendar)["preview"]
    answer = desk.of("sysadmin").post(f"/calendars/{calendar}/confirm", json=body | {"preview": digest})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_year_shows_kinds_and_what_is_guessed(december: Desk) -> None:
    days = december.of("clerk").get(f"{PATH}/days?year=2026").json()["days"]
    by_day = {each["day"]: each for each in days}
    assert len(days) == 365
    assert [by_day[day]["kind"] for day in ("2026-10-01", "2026-10-10", "2026-10-11", "2026-10-12")] == [
        "holiday", "shifted", "rest", "working",
    ]  # fmt: skip
    assert by_day["2026-10-01"]["name"] == "国庆节"
    guessed = december.of("clerk").get(f"{PATH}/days?year=2027").json()
    assert guessed["provisional"]
    assert {each["provisional"] for each in guessed["days"]} == {True}
    (county,) = december.of("clerk").get("/calendars").json()["items"]
    assert (county["id"], county["first_known"], county["last_known"]) == (COUNTY, "2004-01-01", "2026-12-31")


def test_it_is_computed_by_hand(december: Desk) -> None:
    found = december.of("clerk").post("/calendars/compute", json={"start": "2026-12-28", "workdays": 10}).json()
    assert (found["due"], found["provisional"], len(found["days"])) == ("2027-01-12", True, 10)
    confirmed(december)
    found = december.of("clerk").post("/calendars/compute", json={"start": "2026-12-28", "workdays": 10}).json()
    assert (found["due"], found["provisional"], found["guessed"]) == ("2027-01-13", False, [])
    refusal(
        december.of("clerk").post("/calendars/compute", json={"start": "2026-12-28", "workdays": -1}), 422, "invalid"
    )
    unknown = {"start": "2026-12-28", "workdays": 1, "organisation": "nobody"}
    refusal(december.of("clerk").post("/calendars/compute", json=unknown), 404, "not-found")


def test_a_task_says_that_its_date_is_a_guess_until_the_notice_comes(december: Desk, stage: Stage) -> None:
    case = december.start()["case"]["id"]
    (task,) = december.of("clerk").get("/tasks?view=claimable").json()["items"]
    assert (task["due_at"], task["due_workdays"], task["provisional"]) == ("2027-01-05T15:59:59Z", 5, True)
    assert december.of("clerk").get(f"/cases/{case}").json()["waits"][0]["provisional"] is True
    confirmed(december)
    (task,) = december.of("clerk").get("/tasks?view=claimable").json()["items"]
    assert (task["due_at"], task["provisional"]) == ("2027-01-06T15:59:59Z", False)
    must_hold(stage, case)


def test_the_preview_shows_sentences_days_and_limits(december: Desk) -> None:
    case = december.start()["case"]
    found = previewed(december)
    assert {
        "text": "2026年12月27日（周日）上班",
        "understood": "上班：2026-12-27（周日），计1天",
        "faults": [],
    } in found["sentences"]
    (moved,) = [move for move in found["moves"] if move["kind"] == "task"]
    assert (moved["case_key"], moved["old"], moved["new"]) == (
        case["key"], "2027-01-05T15:59:59Z", "2027-01-06T15:59:59Z",
    )  # fmt: skip
    assert found["settled_days"] == 365
    assert december.of("clerk").get(f"{PATH}/days?year=2027").json()["provisional"], "nothing was done"


def test_what_is_not_understood_is_named_and_cannot_be_confirmed(december: Desk) -> None:
    wrong = {"notice": INVENTED_2027.replace("（周三）放假1天", "（周五）放假1天")}
    found = previewed(december, wrong)
    assert (found["preview"], len(found["faults"])) == ("", 2)
    assert found["sentences"][found["faults"][0]["sentence"] - 1]["faults"]
    refused = december.of("sysadmin").post(f"{PATH}/confirm", json=wrong | {"preview": "x"})
    assert len(refusal(refused, 422, "invalid")["faults"]) == 2


def test_a_table_comes_as_csv_or_as_rows_and_every_fault_has_its_row(december: Desk) -> None:
    table = "日期,类型,说明\n2027-01-32,放假,\n2027-01-04,放假,示例\n2027-01-05,调休,\n"
    found = previewed(december, {"table": table, "source": "示例"})
    assert [(f["row"], f["column"]) for f in found["faults"]] == [(2, "日期"), (4, "类型")]
    rows = [["日期", "类型"], ["2027-01-04", "放假"]]
    done = confirmed(december, {"rows": rows, "source": "示例"})
    assert [change["day"] for change in done["changes"]] == ["2027-01-04"]


def test_one_day_is_set_by_hand_for_one_organisation(december: Desk) -> None:
    body = {"days": [{"day": "2026-12-30", "kind": "rest", "name": "示例"}], "source": "示例〔2026〕1号"}
    confirmed(december, body, "huotian")
    days = december.of("clerk").get("/calendars/huotian-center/days?year=2026").json()["days"]
    (found,) = [each for each in days if each["day"] == "2026-12-30"]
    assert (found["kind"], found["said_by"], found["source"]) == ("rest", "huotian", "示例〔2026〕1号")
    assert {c["id"] for c in december.of("clerk").get("/calendars").json()["items"]} == {COUNTY, "huotian"}


def test_only_the_system_administrator_changes_it(december: Desk) -> None:
    digest = previewed(december)["preview"]
    for path in ("preview", "confirm"):
        body = NOTICE | ({"preview": digest} if path == "confirm" else {})
        refusal(december.of("reviewer").post(f"{PATH}/{path}", json=body), 403, "not-allowed")
        refusal(december.of("clerk").post(f"{PATH}/{path}", json=body), 403, "not-allowed")
        refusal(december.nobody.post(f"{PATH}/{path}", json=body), 401, "not-signed-in")
    assert len(december.denied()) == 4
    refusal(december.nobody.get(f"{PATH}/days?year=2026"), 401, "not-signed-in")
    refusal(
        december.nobody.post("/calendars/compute", json={"start": "2026-12-28", "workdays": 1}), 401, "not-signed-in"
    )


def test_it_is_done_once_however_often_it_is_pressed(december: Desk, stage: Stage) -> None:
    december.start()
    body = NOTICE | {"preview": previewed(december)["preview"]}
    client = december.of("sysadmin")
    assert at_once(lambda: client.post(f"{PATH}/confirm", json=body)) == [200] + [409] * 7
    with stage.database.read() as tx:
        assert len(events.list_events(tx, type="calendar.changed").items) == 1
        assert len(events.list_events(tx, type="deadline.moved").items) == 1
    refusal(client.post(f"{PATH}/confirm", json=body), 409, "conflict")


def test_the_same_key_gives_the_same_answer(december: Desk) -> None:
    body, key = NOTICE | {"preview": previewed(december)["preview"]}, {"Idempotency-Key": "k"}
    first = december.of("sysadmin").post(f"{PATH}/confirm", json=body, headers=key)
    second = december.of("sysadmin").post(f"{PATH}/confirm", json=body, headers=key)
    assert (second.status_code, second.json()) == (200, first.json())


@pytest.mark.parametrize("path", ["/calendars/nobody/days?year=2026", f"{PATH}/days?year=0", f"{PATH}/days"])
def test_what_is_not_there_is_a_problem(december: Desk, path: str) -> None:
    assert december.of("clerk").get(path).status_code in (404, 422)


@pytest.fixture
def other_house(stage: Stage) -> Iterator[House]:
    """Another process of the same service."""
    house = build(Settings(database_url=stage.database.url, worker_threads=0))
    yield house
    house.close()


def test_every_process_counts_with_the_new_calendar_at_once(december: Desk, other_house: House) -> None:
    new_year = date(2027, 1, 4)
    with other_house.database.read() as tx:
        before = other_house.frame(tx, channel="api").calendar
        assert before.is_working(new_year)
        assert other_house.frame(tx, channel="api").calendar is before, "not read again while nothing changes"
    confirmed(december)
    with other_house.database.read() as tx:
        assert not other_house.frame(tx, channel="api").calendar.is_working(new_year)


def test_a_change_that_is_rolled_back_is_forgotten(december: Desk, stage: Stage, other_house: House) -> None:
    class PowerCut(Exception):
        pass

    def cut() -> None:
        with stage.database.begin() as tx:
            tx.connection.exec_driver_sql("UPDATE work_calendar SET mark = 'never'")
            tx.connection.exec_driver_sql("UPDATE work_day SET kind = 'rest'")
            assert not other_house.calendar(tx).is_working(date(2026, 12, 29))
            raise PowerCut

    with pytest.raises(PowerCut):
        cut()
    with stage.database.read() as tx:
        assert calendars_mark(tx) != "never"
        assert other_house.calendar(tx).is_working(date(2026, 12, 29))


def _somebody_waits(stage: Stage) -> bool:
    """For the calendar; SQLite has one writer, which is seen to be us."""
    if stage.database.dialect == "sqlite":
        return True
    with stage.database.read() as tx:
        waiting = (
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
        )
        return bool(tx.connection.exec_driver_sql(waiting).scalar())


def test_a_limit_that_is_being_counted_and_a_change_wait_for_each_other(december: Desk, stage: Stage) -> None:
    """Whoever is first: no case is left with a date of the old calendar. Of the two, the second sees the first."""
    body = NOTICE | {"preview": previewed(december)["preview"]}
    answers: list[int] = []
    client = december.of("sysadmin")

    def confirm() -> None:
        answers.append(client.post(f"{PATH}/confirm", json=body).status_code)

    changer = Thread(target=confirm)
    with december.house.database.begin() as tx:
        person = people.actor(tx, "clerk")
        assert person
        frame = december.house.frame(tx, person, channel="api")
        start_case(frame, StartCase("small", {}, township_id="huotian"))
        changer.start()
        until(lambda: _somebody_waits(stage))
        assert answers == []
    changer.join(60)
    assert answers == [409], "a limit was counted meanwhile: preview again"
    confirmed(december)
    (task,) = december.of("clerk").get("/tasks?view=claimable").json()["items"]
    assert (task["due_at"], task["provisional"]) == ("2027-01-06T15:59:59Z", False)
