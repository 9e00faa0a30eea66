"""The register of deadlines: how a row stands on a day."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.calendar import WorkCalendar
from service.domain.deadlines import Clause, Conflict, Deadline, Standing, State, Strength, standing_on
from service.domain.people import OrgKind
from service.seeding import published_days

CALENDAR = WorkCalendar({day.day: day.kind.works for day in published_days()})
SECTION = Clause("二（一）完成时限", "2022年11月中旬", date(2022, 11, 20))
NAMED = Clause("二（一）1", "今年内", date(2022, 12, 31), named=True)
ROW = Deadline("x", "云政办〔2022〕28号", date(2022, 10, 13), "市场监管所进驻", "mapu", Strength.HARD, (SECTION,))


def on(row: Deadline, day: str, kind: OrgKind = OrgKind.TOWNSHIP) -> Standing:
    return standing_on(row, date.fromisoformat(day), CALENDAR, kind)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-10-13", State.RUNNING),
        ("2022-11-17", State.RUNNING),
        ("2022-11-18", State.LAST_DAYS),  # Friday, the last working day before Sunday the 20th
        ("2022-11-20", State.LAST_DAYS),
        ("2022-11-21", State.OVERDUE),  # not pushed to Monday
    ],
)
def test_the_day_itself_counts_and_is_not_pushed_to_monday(day: str, state: State) -> None:
    assert on(ROW, day).state is state


def test_it_tells_the_last_working_day_before() -> None:
    found = on(ROW, "2022-11-01")
    assert (found.due, found.last_workday, found.guessed) == (date(2022, 11, 20), date(2022, 11, 18), False)


@pytest.mark.parametrize("strength", [Strength.SOFT, Strength.DEFERRED, Strength.UNCLEAR])
def test_soft_deferred_and_unclear_are_never_overdue(strength: Strength) -> None:
    found = on(replace(ROW, strength=strength, reason="因体量大可暂缓"), "2030-01-01")
    assert (found.state.value, found.overdue, found.deductible, found.due) == (strength.value, False, False, None)


@pytest.mark.parametrize(
    ("kind", "deductible"),
    [(OrgKind.TOWNSHIP, True), (OrgKind.ZONE, True), (OrgKind.DEPARTMENT, False), (OrgKind.COUNTY_OFFICE, False)],
)
def test_a_deduction_falls_on_townships_and_the_zone_only(kind: OrgKind, deductible: bool) -> None:
    assert on(ROW, "2022-11-30", kind).deductible is deductible


def test_the_clause_that_names_the_organisation_goes_before_the_general_one_and_the_conflict_is_shown() -> None:
    row = replace(ROW, clauses=(SECTION, NAMED))
    assert (row.clause, row.conflict) == (NAMED, Conflict.OPEN)
    assert on(row, "2022-11-25").state is State.RUNNING
    assert on(row, "2023-01-01").state is State.OVERDUE


def test_a_settled_conflict_goes_by_what_was_chosen() -> None:
    row = replace(ROW, clauses=(SECTION, NAMED), chosen=0)
    assert (row.clause, row.conflict) == (SECTION, Conflict.SETTLED)
    assert on(row, "2022-11-25").state is State.OVERDUE


def test_two_clauses_of_one_day_are_no_conflict() -> None:
    assert replace(ROW, clauses=(SECTION, replace(SECTION, place="另一处"))).conflict is Conflict.NONE


def test_done_is_done_from_that_day_on_and_late_when_it_was() -> None:
    row = replace(ROW, done_on=date(2022, 11, 25))
    assert on(row, "2022-11-24").state is State.OVERDUE
    found = on(row, "2022-11-25")
    assert (found.state, found.late, found.deductible) == (State.DONE, True, True)
    early = on(replace(ROW, done_on=date(2022, 11, 20)), "2023-01-01")
    assert (early.state, early.late, early.deductible) == (State.DONE, False, False)


def test_a_day_in_a_year_without_a_notice_is_a_guess() -> None:
    row = replace(ROW, clauses=(Clause("示例", "2027年1月上旬", date(2027, 1, 10)),))
    assert on(row, "2026-12-01").guessed
