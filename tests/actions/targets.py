"""Deadlines for tests: what the notice says of 公安派出所 in a township of the stage."""

from dataclasses import replace
from datetime import date
from typing import Any

from service.actions.put_deadline import ClauseGiven, PutDeadline, put_deadline
from service.domain.deadlines import Deadline, Strength
from service.domain.people import Holding, Organisation, OrgKind, Person
from service.store import organisations, people
from tests.actions.stage import Stage

NAMED = ClauseGiven("二（一）1", "今年内", named=True)
SECTION = ClauseGiven("二（一）完成时限", "2022年11月中旬")
POLICE = PutDeadline(
    "gongan-huotian",
    "云政办〔2022〕28号",
    date(2022, 10, 13),
    "公安派出所进驻（示例）",
    "huotian",
    Strength.HARD,
    (NAMED, SECTION),
)


def put(stage: Stage, order: PutDeadline = POLICE, **changed: Any) -> Deadline:
    return stage.act("sysadmin", put_deadline, replace(order, **changed))


def county_office(stage: Stage) -> None:
    """县政府办 with a clerk called ``office``."""
    with stage.database.begin() as tx:
        office = Organisation(
            "fuban", "县政府办", "县政府办", OrgKind.COUNTY_OFFICE, parent_id="yunxiao", office="county_office"
        )
        organisations.add_organisation(tx, office)
        for id in ("office", "office2"):
            person = Person(id, f"{id}（虚构）", "fuban", fictional=True)
            people.add_person(tx, person, holdings=(Holding("county_clerk", "fuban"),))
