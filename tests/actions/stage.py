"""A small stage for the actions: two townships with invented people (虚构), one small process, a clock in the hand."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from handlers.contract import Context, Effect, Handler, Output, TryLater

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.deliver_message import DeliverMessage, deliver_message
from service.actions.deploy import Deploy, deploy
from service.actions.fail_job import FailJob, fail_job
from service.actions.finish_job import FinishJob, finish_job
from service.actions.frame import Frame
from service.actions.parts.bundles import BundleCache
from service.actions.parts.record import Moved
from service.actions.send_reminder import SendReminder, send_reminder
from service.actions.start_case import StartCase, start_case
from service.actions.take_jobs import TakeJobs, TakenJob, take_jobs
from service.actions.wake_timer import WakeTimer, wake_timer
from service.domain.calendar import WorkCalendar
from service.domain.cases import Act, Case, JobKind, Task
from service.domain.people import SYSTEM, Actor, Holding, Organisation, OrgKind, Person, Role
from service.domain.texts import say
from service.store import cases, organisations, people, tasks
from service.store.session import Database, Transaction

T = TypeVar("T")
SMALL = Path(__file__).parent / "diagrams" / "small"
BEGIN = datetime(2022, 10, 14, 1, 0, tzinfo=UTC)


def _echo(given: Mapping[str, Any], context: Context) -> Output:
    """Fails while the batch is called 坏, tells a person when it is called 告知."""
    if given.get("batch_name") == "坏":
        raise TryLater("outside world closed")
    effects = (Effect("notify", {"text": "x", "organisation_id": "huotian-center", "post": "center_clerk"}),)
    return Output({"checked": True}, effects if given.get("batch_name") == "告知" else ())


_IDS = count(1 << 32, 1 << 32)  # every stage of a run counts in a range of its own
ECHO = Handler("echo", "回声", _echo)


@dataclass
class Stage:
    """``frame(person)`` is one transaction of that person; ``now`` moves by hand."""

    database: Database
    now: datetime = BEGIN
    bundles: BundleCache = field(default_factory=lambda: BundleCache({"echo"}))
    ids: Iterator[int] = field(default_factory=lambda: count(next(_IDS)))
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    @contextmanager
    def frame(self, person: str) -> Iterator[Frame]:
        with self.database.begin() as tx:
            yield self.surroundings(tx, person)

    def surroundings(self, tx: Transaction, person: str) -> Frame:
        actor = SYSTEM if person == "system" else people.actor(tx, person)
        assert actor
        return Frame(
            tx=tx, actor=actor, now=self.now, new_id=lambda: f"{next(self.ids):032x}", bundles=self.bundles,
            calendar=self.calendar, handlers={"echo": ECHO},
        )  # fmt: skip

    def act(self, person: str, verb: Callable[[Frame, Any], T], order: Any) -> T:
        with self.frame(person) as frame:
            return verb(frame, order)

    def later(self, span: timedelta) -> None:
        self.now += span

    def deploy(self, folder: Path = SMALL) -> None:
        files = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
        self.act("sysadmin", deploy, Deploy(files))

    def start(self, person: str = "clerk", *, township: str = "huotian") -> Moved:
        return self.act(person, start_case, StartCase("small", {}, township_id=township))

    def do(self, person: str, task_id: str, data: Mapping[str, Any], act: Act | None = None) -> Moved:
        """Claim and complete."""
        self.act(person, claim_task, ClaimTask(task_id))
        return self.act(person, complete_task, CompleteTask(task_id, data, act or Act()))

    def open_task(self, case_id: str) -> Task:
        """The only open task of the case."""
        with self.database.read() as tx:
            (task,) = tasks.tasks_of_case(tx, case_id, open_only=True)
        return task

    def case(self, case_id: str) -> Case:
        with self.database.read() as tx:
            found = cases.case_with_state(tx, case_id)
        assert found
        return found

    def work(self) -> int:
        """Do every due job as a worker would; answers how many."""
        done = 0
        while taken := self.act("system", take_jobs, TakeJobs("stage", limit=1)):
            for job in taken:
                self._work_one(job)
                done += 1
        return done

    def _work_one(self, taken: TakenJob) -> None:
        job = taken.job
        verbs: dict[JobKind, tuple[Any, Any]] = {
            JobKind.TIMER: (wake_timer, WakeTimer(job.id, job.fence)),
            JobKind.DELIVER: (deliver_message, DeliverMessage(job.id, job.fence)),
            JobKind.REMIND: (send_reminder, SendReminder(job.id, job.fence)),
        }
        if job.kind in verbs:
            self.act("system", *verbs[job.kind])
            return
        context = Context(taken.case.id, job.element_id, key=job.id, now=self.now, facts={}, say=say)
        try:
            output = ECHO.handle(taken.input, context)
        except TryLater as error:
            self.act("system", fail_job, FailJob(job.id, job.fence, str(error)))
            return
        order = FinishJob(job.id, job.fence, output.data, output.effects, output.error)
        self.act("system", finish_job, order)


def people_of(township: str) -> list[tuple[Person, tuple[Holding, ...]]]:
    """Two clerks, a director and a leader; ``huotian``'s are called plainly, others carry the township's name."""
    prefix = "" if township == "huotian" else f"{township}-"
    center = f"{township}-center"
    posts = [
        ("clerk", "center_clerk", center),
        ("clerk2", "center_clerk", center),
        ("director", "center_director", center),
        ("leader", "township_leader", township),
    ]
    return [
        (Person(f"{prefix}{id}", f"{prefix}{id}（虚构）", organisation, fictional=True), (Holding(post, organisation),))
        for id, post, organisation in posts
    ]


def set_up(database: Database) -> Stage:
    """Organisations, people and the small process."""
    with database.begin() as tx:
        organisations.add_organisation(tx, Organisation("yunxiao", "云霄县", "云霄", OrgKind.COUNTY))
        for id, office in (("shengaiban", "reform_office"), ("xiaonengban", "efficiency_office")):
            organisations.add_organisation(
                tx, Organisation(id, id, id, OrgKind.COUNTY_OFFICE, parent_id="yunxiao", office=office)
            )
        for id, name in (("huotian", "火田"), ("heping", "和平")):
            organisations.add_organisation(
                tx, Organisation(id, f"{name}镇", name, OrgKind.TOWNSHIP, parent_id="yunxiao")
            )
            center = Organisation(f"{id}-center", f"{name}镇便民服务中心", f"{name}中心", OrgKind.CENTER, parent_id=id)
            organisations.add_organisation(tx, center)
            for person, holdings in people_of(id):
                people.add_person(tx, person, holdings=holdings)
        reviewer = Person("reviewer", "审核（虚构）", "shengaiban", fictional=True)
        people.add_person(tx, reviewer, holdings=(Holding("reform_reviewer", "shengaiban"),), auditor=True)
        admin = Person("sysadmin", "系统管理员（虚构）", "yunxiao", fictional=True)
        people.add_person(tx, admin, holdings=(), roles=(Role.SYSTEM_ADMIN,))
    stage = Stage(database)
    stage.deploy()
    return stage


def actor_of(stage: Stage, person: str) -> Actor:
    with stage.database.read() as tx:
        found = people.actor(tx, person)
    assert found
    return found
