"""A story a clerk can read: who does what, what the machine makes of it, what the case then waits for.

In-process: requests go through the real door, jobs through the real worker, the clock is in the hand. When a step turns out otherwise than
told, the failure prints the story up to there.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any

from fastapi.testclient import TestClient

from service.clock import Clock
from service.demo.story import STORY
from service.demo.story.scene import Scene
from service.domain.calendar import SHANGHAI, local_date
from service.main import create_app
from service.settings import Settings
from service.shipping import deploy_shipped
from service.store import cases, people, tasks
from service.store.schema import migrate
from service.store.session import Database
from service.touring import load_demo_county
from service.wiring import House
from tests.tokens import token_of

BASE = "http://oneseal.test/api/v1"
WATCHER = "shengaiban-reviewer"
LATE = ("act_date", "late_reason")
Json = dict[str, Any]


def prepare_county(url: str) -> None:
    """A database with 云霄县 (invented people) and the shipped diagrams, for templates."""
    migrate(url)
    house = _house(url, lambda: datetime(2022, 10, 17, 1, 0, tzinfo=UTC))
    load_demo_county(house)
    deploy_shipped(house)
    house.close()


def batch_of(*items: str) -> Json:
    """What a clerk hands in for these items, 公章 to 专用章."""
    row = {
        "current_seal": "official",
        "target_seal": "special",
        "yearly_volume": 10,
        "capacity_note": "有人员",
        "forms": [],
    }
    rows = [{"item_id": id} | row for id in items]
    return {"responsible_leader": "示例（虚构）", "batch_name": "示例批次", "items": rows, "draft_opinion": "请预检。"}


class Story:
    """One batch of one township, from 2022-10-17 on. ``case`` is its id once it has begun."""

    def __init__(self, url: str) -> None:
        self.now = datetime(2022, 10, 17, 1, 0, tzinfo=UTC)
        self.house = _house(url, lambda: self.now)
        self.app = create_app(self.house)
        self._worker = self.house.worker("story")
        self._clients: dict[str, TestClient] = {}
        self._told: list[str] = []
        self.case = ""

    def on(self, day: date, hour: int = 9) -> "Story":
        """Time passes until that morning, Shanghai time; what is due then is done."""
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI).astimezone(UTC)
        return self._machine()

    def begins(self, person: str, **body: Any) -> "Story":
        answer = self.ask(person, "POST", "/cases", {"process": "seal_authorisation"} | body)
        self.case = answer["case"]["id"]
        self._tell(f"{person} 发起 {answer['case']['key']}")
        return self._machine()

    def does(self, person: str, task: str, data: Mapping[str, Any], **act: Any) -> "Story":
        """Claims and completes the open task of this name."""
        id = self.task(task)["id"]
        self.ask(person, "POST", f"/tasks/{id}/claim")
        self.ask(person, "POST", f"/tasks/{id}/complete", {"data": dict(data), "act": act})
        self._tell(f"{person} 办结 {task}")
        return self._machine()

    def goes_on_until(self, name: str) -> "Story":
        """Everybody plays the part the example story gives them, until the task of this name is open."""
        while not (waiting := self._open_tasks()) or all(t["name"] != name for t in waiting):
            assert waiting, self._say(f"没有待办，等不到“{name}”")
            self.plays(waiting[0])
        return self

    def goes_on_to_the_trial(self) -> "Story":
        """Until nobody has anything to do: only the timers of the trial and the receipts are left."""
        while waiting := self._open_tasks():
            self.plays(waiting[0])
        return self

    def plays_the_checks(self) -> "Story":
        """The departments' self-checks this batch waits for, whoever began them."""
        return self._plays_cases("form_checks")

    def plays_the_sign_offs(self) -> "Story":
        return self._plays_cases("sign_offs")

    def _plays_cases(self, variable: str) -> "Story":
        (place, *_) = self.ask(WATCHER, "GET", f"/cases/{self.case}/variables")["items"]
        for row in place["variables"].get(variable) or []:
            while row["status"] == "waiting" and (waiting := self._tasks_of(row["case_id"])):
                self.plays(waiting[0])
        return self

    def task(self, name: str) -> Json:
        """The open task of this name with its input, seen by whoever may do it first."""
        found = [t for t in self._open_tasks() if t["name"] == name]
        assert found, self._say(f"没有名为“{name}”的待办")
        return self.ask(WATCHER, "GET", f"/tasks/{found[0]['id']}")

    def ledger(self) -> dict[str, Json]:
        """Item -> row of the 授权台账."""
        rows = self.ask(WATCHER, "GET", f"/authorisations?case={self.case}")["items"]
        return {row["item"]: row for row in rows}

    def ask(self, person: str, method: str, path: str, body: Any = None, *, status: int = 0) -> Json:
        answer = self._client(person).request(method, path, json=body)
        good = answer.status_code == status if status else answer.status_code < 300
        assert good, self._say(f"{person} {method} {path} -> {answer.status_code} {answer.text[:600]}")
        found: Json = answer.json()
        return found

    def plays(self, task: Json) -> "Story":
        """One open task, by whoever does it in the example story."""
        person, data, act = self.part(task)
        self.does_id(person, task["id"], task["name"], data, {k: v for k, v in act.items() if k not in LATE})
        return self

    def part(self, task: Json, upload: Callable[[str, bytes], str] | None = None) -> tuple[str, Json, Json]:
        """Who does this task in the example story, what the form gets, and what goes along with it."""
        page = self.ask(WATCHER, "GET", f"/tasks/{task['id']}")
        department = self.ask(WATCHER, "GET", f"/cases/{task['case']}")["department"] or ""
        part = STORY[task["element"]]
        person = part.player(department)
        scene = Scene(
            given=page["input"], today=local_date(self.now), opened_on=local_date(self.now), name=self._name,
            upload=upload or (lambda name, content: self._upload(person, name, content)), department=department,
        )  # fmt: skip
        return person, dict(part.fill(scene)), dict(part.act(scene))

    def does_id(self, person: str, id: str, name: str, data: Mapping[str, Any], act: Mapping[str, Any]) -> None:
        self.ask(person, "POST", f"/tasks/{id}/claim")
        self.ask(person, "POST", f"/tasks/{id}/complete", {"data": dict(data), "act": dict(act)})
        self._tell(f"{person} 办结 {name}")
        self._machine()

    def waiting(self) -> list[Json]:
        """Open tasks of the batch and of the cases it began."""
        return self._open_tasks()

    def turns(self) -> None:
        """The machine does what is due."""
        self._machine()

    def _open_tasks(self) -> list[Json]:
        """Of the batch and of the cases it began, departments first: the batch waits for them."""
        with self.house.database.read() as tx:
            children = cases.children_of(tx, self.case)
        return [task for id in (*children, self.case) for task in self._tasks_of(id)]

    def _tasks_of(self, case: str) -> list[Json]:
        with self.house.database.read() as tx:
            found = tasks.tasks_of_case(tx, case, open_only=True)
        return [{"id": t.id, "name": t.name, "element": t.element_id, "case": t.case_id} for t in found]

    def _machine(self) -> "Story":
        while self._worker.turn():
            pass
        page = self.ask(WATCHER, "GET", f"/cases/{self.case}")
        waits = "、".join(w["name"] for w in page["waits"] if w["kind"] == "user") or "无"
        self._tell(f"  案件［{page['stage']}］等待：{waits}")
        return self

    def _upload(self, person: str, name: str, content: bytes) -> str:
        answer = self._client(person).post("/files", files={"file": (name, content)})
        assert answer.status_code == 201, self._say(answer.text)
        return str(answer.json()["id"])

    def _name(self, login: str) -> str:
        with self.house.database.read() as tx:
            found = people.get_person(tx, login)
        assert found
        return found.name

    def _client(self, person: str) -> TestClient:
        if person not in self._clients:
            headers = {"Authorization": f"Bearer {token_of(self.house, person)}"}
            self._clients[person] = TestClient(self.app, base_url=BASE, headers=headers)
        return self._clients[person]

    def _tell(self, line: str) -> None:
        self._told.append(f"{self.now.astimezone(SHANGHAI):%m-%d %H:%M} {line}")

    def _say(self, turned: str) -> str:
        return "\n".join([*self._told, f"✗ {turned}"])

    def __enter__(self) -> "Story":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()
        self.house.close()


def _house(url: str, now: Callable[[], datetime]) -> House:
    settings = Settings(database_url=url, worker_threads=0, demo=True)
    return House(settings, Database(url), Clock(demo=True, real=now))
