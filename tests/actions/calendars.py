"""The stage with the published working days, at the end of 2026, and small processes whose limits reach into 2027."""

from datetime import UTC, date, datetime

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.deploy import Deploy, deploy
from service.actions.parts.calendar_change import CalendarGiven, Prepared
from service.actions.parts.record import Moved
from service.actions.parts.seeding import seed_calendar
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.actions.replay_case import replay_case
from service.actions.start_case import StartCase, start_case
from service.actions.verify_history import verify_history
from service.domain.calendar import SHANGHAI, local_date
from service.domain.cases import Job
from service.domain.history import SealedEvent
from service.store import calendars, events, jobs
from tests.actions.stage import Stage
from tests.domain.notices import INVENTED_2027
from tests.engine.diagram import FORM, diagram, end, path, process, start, user

NOTICE = CalendarGiven(notice=INVENTED_2027)
DECEMBER_28 = datetime(2026, 12, 28, 1, tzinfo=UTC)  # nine in the morning in Shanghai


def reckon(stage: Stage) -> None:
    """The calendar as it now stands in the database counts from here on."""
    with stage.database.read() as tx:
        stage.calendar = calendars.load_calendars(tx)


def in_december(stage: Stage) -> Stage:
    """2026-12-28, the days up to the end of 2026 published, those of 2027 not."""
    stage.now = DECEMBER_28
    with stage.frame("system") as frame:
        seed_calendar(frame)
    reckon(stage)
    return stage


def begin(stage: Stage, *nodes: str, flow: tuple[str, ...], township: str = "huotian", id: str = "tried") -> Moved:
    """A case of a process made of these nodes."""
    made = diagram(
        process(id, start(), *nodes, end(), path("start", *flow, "end"),
                camunda__candidateStarterGroups="center_clerk@center")
    )  # fmt: skip
    stage.act("sysadmin", deploy, Deploy({f"{id}.bpmn": made, "form.form": FORM}))
    person = "clerk" if township == "huotian" else f"{township}-clerk"
    return stage.act(person, start_case, StartCase(id, {}, township_id=township))


def ten_days(stage: Stage, township: str = "huotian") -> Moved:
    """A task of ten working days."""
    return begin(stage, user("work", oneseal__dueWorkdays="10"), flow=("work",), township=township)


def preview(stage: Stage, given: CalendarGiven = NOTICE) -> Prepared:
    return stage.act("sysadmin", preview_calendar, PreviewCalendar(given))


def confirm(stage: Stage, given: CalendarGiven = NOTICE, digest: str = "") -> Prepared:
    done = stage.act("sysadmin", change_calendar, ChangeCalendar(given, digest or preview(stage, given).digest))
    reckon(stage)
    return done


def due_day(stage: Stage, case_id: str) -> str:
    """Until when the case's open task may take, Shanghai; it must be the end of that day."""
    due = stage.open_task(case_id).due_at
    assert due
    assert due.astimezone(SHANGHAI).strftime("%H:%M:%S") == "23:59:59"
    return local_date(due).isoformat()


def jobs_of(stage: Stage, case_id: str) -> dict[str, Job]:
    """reminder, overdue, escalation or the element of a timer -> its job."""
    with stage.database.read() as tx:
        found = jobs.list_jobs(tx, case_id=case_id, limit=100).items
    return {str(job.payload.get("about", job.element_id)): job for job in found}


def told_on(stage: Stage, case_id: str) -> dict[str, str]:
    """The Shanghai minute of each of them."""
    found = jobs_of(stage, case_id)
    return {about: job.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") for about, job in found.items()}


def history(stage: Stage, chain: str, type: str = "") -> list[SealedEvent]:
    with stage.database.read() as tx:
        return [e for e in events.read_chain(tx, chain) if f'"type":"{type}' in e.body]


def must_hold(stage: Stage, *case_ids: str) -> None:
    """Every chain holds, and each case's history gives its very state."""
    with stage.database.read() as tx:
        assert verify_history(tx).breaks == ()
        for case_id in case_ids:
            replayed = replay_case(tx, case_id, bundles=stage.bundles)
            assert replayed.same, replayed


def day(text: str) -> date:
    return date.fromisoformat(text)
