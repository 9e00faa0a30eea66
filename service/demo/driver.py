"""Finds the next step from the state of the cases and does it as the right person. Nothing is remembered between runs, so a tour
that was killed goes on where the cases stand: an open task is done, an ended one is not, and every request carries its key.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from service.demo.cases import BATCH, Cases, moment
from service.demo.client import Answer, Client, Json, TourFailed
from service.demo.people import People
from service.demo.receipts import Receipts
from service.demo.story import STORY
from service.demo.story.scene import Part, Scene
from service.demo.telling import (
    ClockMoved,
    MachineDone,
    NowWaits,
    OnEvent,
    Opening,
    Refused,
    StepDone,
)  # fmt: skip
from service.domain.texts import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
STARTER = "huotian-clerk"
OPERATOR = "sysadmin"
OUTSIDERS = (
    "huotian-office2",
    "huotian-keeper-b",
)  # of the township, so they know of the case; one of them is never asked
MOST_CONFLICTS = 5
NOT_AWAITED = ("batch_withdrawn_caught",)  # may come at any time, and nobody waits for it
HALF_PAST_NINE = time_of_day(9, 30)


@dataclass
class Driver:
    """One run of the tour. ``stages``: business words of the batch in the order this run saw them."""

    client: Client
    on_event: OnEvent
    pace: float = 0.0
    stages: list[str] = field(default_factory=list)
    done: int = 0
    _conflicts: int = 0
    _tried_outsider: bool = False

    def __post_init__(self) -> None:
        self.cases = Cases(self.client)
        self.people = People(self.client)
        self.receipts = Receipts(self.client, self.cases, self.people, self.on_event)

    def play(self) -> list[Json]:
        """To the end; answers the cases of the story. TourFailed says where it stopped."""
        self.cases.ask_time()
        self._open()
        while True:
            family = self._look()
            tasks = self.cases.open_tasks(family)
            if not tasks:
                self.cases.settle([c["id"] for c in reversed(self.cases.family())])
                family = self._look(fresh=True)
                tasks = self.cases.open_tasks(family)
            if self.receipts.give(family[0]):
                continue
            if tasks:
                self._do(tasks[0], {c["id"]: c for c in family})
            elif all(c["status"] != "active" for c in family):
                return family
            else:
                self._pass_time(family)

    def _open(self) -> None:
        found = self.cases.find()
        case = found or self._begin()
        family = self.cases.family()
        if found:
            for known in family:
                self.cases.machine_steps(known["id"])  # told of by the run before
        self.done = sum(t["status"] == "completed" for t in self.cases.all_tasks(family))
        ended = bool(found) and all(c["status"] != "active" for c in family)
        self.on_event(Opening(case["title"], case["key"], resumed=bool(found), ended=ended, done=self.done))

    def _begin(self) -> Json:
        body = {
            "process": BATCH, "township": "huotian", "title": say("story.title"), "act": {"opinion": say("story.begin")}
        }  # fmt: skip
        answer = self.client.post(STARTER, "/cases", body, key="tour/start")
        case: Json = _good(answer, say("story.title"))["case"]
        self.cases.main = case["id"]
        return case

    def _look(self, *, fresh: bool = False) -> list[Json]:
        family = self.cases.family() if fresh else self.cases.look()
        stage = family[0]["stage"]
        if stage and (not self.stages or self.stages[-1] != stage):
            self.stages.append(stage)
        return family

    def _do(self, task: Json, family: Mapping[str, Json]) -> None:
        """One step by its person, then what the machine made of it."""
        case = family[task["case"]]
        part = STORY.get(task["element"])
        if part is None:
            raise TourFailed(say("tour.no_part", task=task["name"], element=task["element"]))
        player = part.player(case["department"] or "")
        if task["assignee"] not in (None, player):
            raise TourFailed(say("tour.taken", task=task["name"], name=self.people.name(task["assignee"])))
        if not self.cases.told_of(case["id"]):
            self._tell_machine(case)
        self._wait_for_rest(task, part)
        if case["id"] == self.cases.main and not self._tried_outsider:
            self._try_outsider(task)
        if task["assignee"] is None:
            answer = self.client.post(player, f"/tasks/{task['id']}/claim", key=f"tour/{task['id']}/claim")
            if not self._went_well(answer, task):
                return
        self._complete(task, case, part=part, player=player)

    def _complete(self, task: Json, case: Json, *, part: Part, player: str) -> None:
        page = self.client.get(player, f"/tasks/{task['id']}")
        scene = self._scene(page, case, player=player)
        data, act = part.fill(scene), part.act(scene)
        answer = self.client.post(
            player, f"/tasks/{task['id']}/complete", {"data": data, "act": act}, key=f"tour/{task['id']}/complete"
        )
        if not self._went_well(answer, task):
            return
        self.done += 1
        person, at = self.people.at_task(player, page), self.cases.now()
        decision, opinion = told(page["form_schema"], data)
        late = str(act.get("act_date", ""))
        self.on_event(
            StepDone(self.done, at, person, page["name"], case["key"], case["title"], decision, opinion, late)
        )
        self._tell_outcome(case["id"], answer.body)
        time.sleep(self.pace)

    def _scene(self, page: Json, case: Json, *, player: str) -> Scene:
        """The desk as the person sees it."""
        return Scene(
            given=page["input"],
            today=self.cases.now().astimezone(SHANGHAI).date(),
            opened_on=moment(page["created_at"]).astimezone(SHANGHAI).date(),
            name=self.people.name,
            upload=lambda name, content: self.client.upload(player, name, content, key=f"tour/{page['id']}/file"),
            department=case["department"] or "",
        )

    def _tell_outcome(self, case_id: str, moved: Json) -> None:
        """What the machine did after the step, and what is waited for now. An ended department case moves the batch on."""
        machine = any(o["kind"] == "job" for o in moved["opened"])
        case, waits = moved["case"], moved["opened"]
        if machine:
            self.cases.settle([case_id])
            case = self.cases.show(case_id)
            self._tell_machine(case)
            waits = case["waits"]
        if case["status"] != "active" and case_id != self.cases.main:
            self.cases.settle([self.cases.main])
            case = self.cases.show(self.cases.main)
            self._tell_machine(case)
            waits = case["waits"]
        self._tell_waits(case, waits)

    def _tell_machine(self, case: Json) -> None:
        steps = self.cases.machine_steps(case["id"])
        if steps:
            self.on_event(MachineDone(case["key"], steps))

    def _tell_waits(self, case: Json, waits: list[Json]) -> None:
        told = [w for w in waits if w["kind"] in ("user", "job", "message") and w["element"] not in NOT_AWAITED]
        named = tuple((w["name"], self._with_whom(w)) for w in told)
        self.on_event(NowWaits(case["key"], case["stage"], named, ended=case["status"] != "active"))

    def _with_whom(self, wait: Json) -> str:
        people = [f"{self.people.place(c['organisation'])} {c['post_name']}" for c in wait["candidates"]]
        if wait["kind"] == "message":  # a result of the departments' own cases
            _, *others = self.cases.look()
            asked = [c["department"] for c in others if c["status"] == "active" and c["department"]]
            people = [self.people.place(department) for department in dict.fromkeys(asked)]
        return say("list.comma").join(people) or say(f"tour.kind.{wait['kind']}")

    def _try_outsider(self, task: Json) -> None:
        """Somebody of the same township who is not asked tries to take the task; it must be refused and written down."""
        self._tried_outsider = True
        login = next(o for o in OUTSIDERS if not self.people.may_take(o, task))
        answer = self.client.post(login, f"/tasks/{task['id']}/claim", key=f"tour/{task['id']}/outsider")
        self.on_event(Refused(self.people.at_task(login, task), task["name"], answer.status, answer.detail))

    def _went_well(self, answer: Answer, task: Json) -> bool:
        """False when somebody was first: look again. Anything else that is no success ends the tour."""
        if answer.status in (409, 412) and answer.code in ("conflict", "stale") and self._conflicts < MOST_CONFLICTS:
            self._conflicts += 1
            return False
        _good(answer, task["name"])
        self._conflicts = 0
        return True

    def _wait_for_rest(self, task: Json, part: Part) -> None:
        opened_on = moment(task["created_at"]).astimezone(SHANGHAI).date()
        if part.rest_weekdays:
            to = datetime.combine(part.earliest(opened_on), HALF_PAST_NINE, SHANGHAI)
            self._move_clock(to.astimezone(UTC), why=task["name"])

    def _pass_time(self, family: list[Json]) -> None:
        """Nobody is asked and the machine has nothing to do: the next thing is a timer, so the clock goes there."""
        shown = [self.cases.show(c["id"]) for c in family if c["status"] == "active"]
        timers = [(moment(w["due_at"]), w["name"]) for c in shown for w in c["waits"] if w["kind"] == "timer"]
        if not timers:
            ids = [c["id"] for c in shown]
            raise TourFailed(say("tour.nothing_to_do", account=self.cases.account(ids)))
        due, name = min(timers)
        self._move_clock(due, why=name)
        self.cases.settle([c["id"] for c in shown])
        self._tell_machine(family[0])

    def _move_clock(self, to: datetime, *, why: str) -> None:
        before = self.cases.ask_time()
        if to <= before:
            return
        key = f"tour/clock/{to.isoformat()}"
        _good(self.client.post(OPERATOR, "/demo/clock", {"to": to.isoformat()}, key=key), say("tour.clock"))
        self.cases.ask_time()
        self.on_event(ClockMoved(before, to, why))


def told(schema: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[str, str]:
    """The decision in the form's own words, row by row where there are rows, and the opinion: the fields that end so."""
    components = {name: c for c in schema.get("components", []) if (name := c.get("key") or c.get("path"))}
    opinion = next((k for k in data if k.endswith(("_opinion", "_note"))), "")
    labels = [_label(components[k], value) for k, value in data.items() if k.endswith("_decision") and k in components]
    for name, rows in data.items():
        if components.get(name, {}).get("type") == "dynamiclist":
            labels += [text for row in rows if (text := _ruled(components[name], row))]
    return say("tour.semicolon").join(labels), str(data.get(opinion) or "")


def _ruled(component: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """What was said about one row, by the first thing one may choose there."""
    name = next((str(row[k]) for k in ("name", "station", "text") if row.get(k)), "")
    chosen = [c for c in component.get("components", []) if c.get("values") and not c.get("readonly")]
    field = next((c for c in chosen if row.get(c["key"])), None)
    return say("tour.ruled", name=name, label=_label(field, row[field["key"]])) if field and name else ""


def _label(component: Mapping[str, Any], value: Any) -> str:
    return next((str(v["label"]) for v in component.get("values", []) if v["value"] == value), str(value))


def _good(answer: Answer, what: str) -> Json:
    if answer.status >= 300:
        faults = "".join(f"\n  - {f['message']}" for f in answer.body.get("faults") or ())
        raise TourFailed(say("tour.refused", what=what, status=answer.status, why=answer.detail + faults))
    return answer.body
