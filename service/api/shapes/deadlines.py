"""The register of deadlines, and the ledger of what is overdue."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from service.actions.look_at_overdue import LateTask
from service.actions.put_deadline import ClauseGiven, PutDeadline
from service.api.shapes.base import Given, Names, Shown
from service.api.shapes.cases import TaskShown, task_fields
from service.domain.deadlines import Clause, Deadline, Standing, Strength


class ClauseShown(Shown):
    """A clause with its words verbatim; `due` null for words without a day. `named`: it names the organisation. `counts`: this one counts."""

    place: str
    words: str
    due: date | None
    named: bool
    counts: bool


class DeadlineShown(Shown):
    """One row on the day asked for. `strength`: hard, soft, deferred, unclear. `state`: done, running, last_days, overdue, soft, deferred,
    unclear. `conflict`: none, open (条款冲突，待县政府办确认), settled. `last_workday`: the last working day up to the day itself."""

    id: str
    version: int
    document: str
    document_date: date
    subject: str
    organisation: str
    organisation_name: str
    helper: str | None
    helper_name: str
    strength: str
    reason: str
    on: date
    state: str
    words: str
    place: str
    due: date | None
    last_workday: date | None
    provisional: bool
    overdue: bool
    late: bool
    deductible: bool
    conflict: str
    clauses: list[ClauseShown]
    chosen_reason: str
    chosen_by: str | None
    chosen_at: datetime | None
    done_on: date | None
    done_note: str
    example: bool


class ClauseWanted(Given):
    """`dated` false: words without a day are only kept."""

    place: str = Field(max_length=500)
    words: str = Field(max_length=60)
    named: bool = False
    dated: bool = True


class DeadlineGiven(Given):
    """A row as the order says it; the days are read from the words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": "云政办〔2022〕28号", "document_date": "2022-10-13",
                    "subject": "公安派出所审批事项进驻便民服务中心", "organisation": "dongxia", "helper": "gonganju",
                    "strength": "hard",
                    "clauses": [
                        {"place": "二（一）1", "words": "今年内", "named": True},
                        {"place": "二（一）完成时限", "words": "2022年11月中旬"},
                    ],
                }
            ]
        },
    )  # fmt: skip

    document: str = Field(max_length=500)
    document_date: date
    subject: str = Field(max_length=500)
    organisation: str = Field(max_length=64)
    helper: str | None = Field(None, max_length=64)
    strength: Strength
    reason: str = Field("", max_length=500)
    clauses: list[ClauseWanted] = Field(max_length=5)
    done_on: date | None = None
    done_note: str = Field("", max_length=500)
    example: bool = False

    def order(self, id: str, if_match: int | None) -> PutDeadline:
        clauses = [ClauseGiven(c.place, c.words, c.named, c.dated) for c in self.clauses]
        return PutDeadline(
            id, self.document, self.document_date, self.subject, self.organisation, self.strength, clauses,
            helper_id=self.helper, reason=self.reason, done_on=self.done_on, done_note=self.done_note,
            example=self.example, if_match=if_match,
        )  # fmt: skip


class SettleGiven(Given):
    """`clause`: number of the clause that counts, from 1."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"clause": 1, "reason": "示例：以第1条为准"}]}
    )

    clause: int = Field(ge=1, le=5)
    reason: str = Field(max_length=4_000)


class WordsGiven(Given):
    """The words of an order and the date of the document they stand in."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"words": "2022年11月中旬", "document_date": "2022-10-13"}]}
    )

    words: str = Field(max_length=60)
    document_date: date
    organisation: str | None = Field(None, max_length=64)


class WordsShown(Shown):
    """`due`: the last day, that day included. `last_workday`: the last working day up to it."""

    words: str
    due: date
    last_workday: date
    provisional: bool


class OverdueShown(TaskShown):
    """A task past its time, or done too late. `workdays_over`: working days since, up to today or to its end."""

    case_key: str
    case_title: str
    township: str | None
    organisation: str | None
    organisation_name: str
    workdays_over: int


def deadline(found: Deadline, standing: Standing, day: date, names: Names) -> DeadlineShown:
    clause = found.clause
    return DeadlineShown(
        id=found.id, version=found.version, document=found.document, document_date=found.document_date,
        subject=found.subject, organisation=found.organisation_id, organisation_name=names.of(found.organisation_id),
        helper=found.helper_id, helper_name=names.of(found.helper_id), strength=found.strength.value,
        reason=found.reason, on=day, words=clause.words, place=clause.place,
        clauses=[_clause(each, counts=each is clause) for each in found.clauses], conflict=found.conflict.value,
        chosen_reason=found.chosen_reason, chosen_by=found.chosen_by, chosen_at=found.chosen_at,
        done_on=found.done_on, done_note=found.done_note, example=found.example, **_standing(standing),
    )  # fmt: skip


def overdue(found: LateTask, names: Names) -> OverdueShown:
    row = found.row
    return OverdueShown(
        **task_fields(row.task, names), case_key=row.case_key, case_title=row.case_title, township=row.township_id,
        organisation=found.organisation_id, organisation_name=names.of(found.organisation_id),
        workdays_over=found.workdays_over,
    )  # fmt: skip


def _standing(found: Standing) -> dict[str, Any]:
    return {
        "state": found.state.value, "due": found.due, "last_workday": found.last_workday,
        "provisional": found.guessed, "overdue": found.overdue, "late": found.late, "deductible": found.deductible,
    }  # fmt: skip


def _clause(found: Clause, *, counts: bool) -> ClauseShown:
    return ClauseShown(place=found.place, words=found.words, due=found.due, named=found.named, counts=counts)
