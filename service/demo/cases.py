"""The cases of the story as the service knows them: 火田镇's batch and the departments' cases it waits for. Read only."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from service.demo.client import Client, Json, TourFailed
from service.domain.texts import say

WATCHER = "xiaonengban-inspector"  # a business auditor reads every case and takes no step
BATCH = "seal_authorisation"
PATIENCE = 180.0  # seconds without any progress of the machine; the lease of a killed worker has to run out first
SHORTEST, LONGEST = 0.03, 0.5
WAITS = {"wait_form_checks": "form_checks", "wait_sign_offs": "sign_offs"}  # waiting place -> list that names the cases
BY_THE_CLOCK = ("timer", "remind")  # other jobs are tried again after a pause, so they are work whenever they are due


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Cases:
    """``main`` is the id of the batch's case, empty until it is found or begun."""

    client: Client
    main: str = ""
    _seen: dict[str, int] = field(default_factory=dict)
    _version: int = -1
    _others: list[Json] = field(default_factory=list)
    _ahead: timedelta = timedelta(0)

    def find(self) -> Json | None:
        """The batch of an earlier, perhaps interrupted, tour."""
        wanted = say("story.title")
        found = self.client.pages(WATCHER, "/cases", process=BATCH, township="huotian")
        case = next((c for c in found if c["title"] == wanted), None)
        if case:
            self.main = case["id"]
        return case

    def look(self) -> list[Json]:
        """The batch's case as it stands and the cases it began or joined, oldest first; these are read anew when the batch moved."""
        main = self.show(self.main)
        if main["version"] != self._version:
            self._version, self._others = main["version"], self._departments(main)
        return [main, *self._others]

    def family(self) -> list[Json]:
        """The same, every case as it stands now."""
        self._version = -1
        return self.look()

    def _departments(self, main: Json) -> list[Json]:
        began = list(self.client.pages(WATCHER, "/cases", parent=self.main))
        known = {self.main, *(c["id"] for c in began)}
        joined = [self.show(id) for id in sorted(self._joined(main) - known)]
        return sorted([*began, *joined], key=lambda c: (c["started_at"], c["key"]))

    def show(self, case_id: str) -> Json:
        return self.client.get(WATCHER, f"/cases/{case_id}")

    def place(self, element: str) -> Json:
        """The variables the batch's case sees at one of its waiting places; empty when it does not wait there."""
        found = self.client.get(WATCHER, f"/cases/{self.main}/variables")["items"]
        return next((dict(p["variables"]) for p in found if p["element"] == element), {})

    def _joined(self, main: Json) -> set[str]:
        """Cases of other batches that this one waits for: a form is checked once for the whole county."""
        waiting = {w["element"] for w in main["waits"]}
        rows = [row for e, name in WAITS.items() if e in waiting for row in self.place(e).get(name) or ()]
        return {row["case_id"] for row in rows if row.get("status") == "waiting" and row.get("case_id")}

    def open_tasks(self, family: list[Json]) -> list[Json]:
        """Open tasks of these cases; the departments' cases first and one case after the other, so that it reads well."""
        order = {c["id"]: n for n, c in enumerate(family[1:])} | {family[0]["id"]: len(family)}
        found = self.client.pages(WATCHER, "/tasks", view="visible")
        mine = [t for t in found if t["case"] in order]
        return sorted(mine, key=lambda t: (order[t["case"]], int(t["id"].rpartition(".")[2])))

    def all_tasks(self, family: list[Json]) -> list[Json]:
        return [t for case in family for t in self.client.get(WATCHER, f"/cases/{case['id']}/tasks")["items"]]

    def now(self) -> datetime:
        """The service's time; how far it is ahead is asked when the tour begins and whenever the clock was moved."""
        return datetime.now(UTC) + self._ahead

    def ask_time(self) -> datetime:
        now = moment(self.client.get(WATCHER, "/demo/clock")["now"])
        self._ahead = now - datetime.now(UTC)
        return now

    def machine_steps(self, case_id: str) -> tuple[str, ...]:
        """Names of what the machine did in this case since this was asked last."""
        last = self._seen.get(case_id, 0)
        events = [e for e in self.client.pages(WATCHER, f"/cases/{case_id}/events") if e["seq"] > last]
        self._seen[case_id] = max([last, *(e["seq"] for e in events)])
        return tuple(name for e in events for name in _told(e))

    def told_of(self, case_id: str) -> bool:
        """Whether anything of this case was told in this run or left to the run before."""
        return case_id in self._seen

    def settle(self, case_ids: list[str]) -> None:
        """Wait until the machine has nothing due in these cases; TourFailed tells all when it stands still."""
        pause, before, since = SHORTEST, "", time.monotonic()
        while True:
            due, signature = self._machine_work(case_ids)
            if not due:
                return
            if signature != before:
                before, since, pause = signature, time.monotonic(), SHORTEST
            if time.monotonic() - since > PATIENCE:
                raise TourFailed(say("tour.stuck", seconds=round(PATIENCE), account=self.account(case_ids)))
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST)

    def _machine_work(self, case_ids: list[str]) -> tuple[list[Json], str]:
        """Jobs to be done now, and a text that changes with every progress."""
        found = [job for id in case_ids for job in self.client.pages(WATCHER, f"/cases/{id}/jobs")]
        if any(job["status"] == "failed" for job in found):
            raise TourFailed(say("tour.incident", account=self.account(case_ids)))
        now = self.now()
        due = [
            job
            for job in found
            if job["status"] == "due" and (job["kind"] not in BY_THE_CLOCK or moment(job["due_at"]) <= now)
        ]
        return due, " ".join(f"{job['id']}{job['status']}{job['attempts']}" for job in found)

    def account(self, case_ids: list[str]) -> str:
        """What stands still, where and why, one line each."""
        return "\n".join(line for id in case_ids for line in self._account(id))

    def _account(self, case_id: str) -> Iterator[str]:
        case = self.show(case_id)
        for wait in case["waits"]:
            yield say("tour.account.wait", key=case["key"], kind=say(f"tour.kind.{wait['kind']}"), name=wait["name"])
        for job in self.client.pages(WATCHER, f"/cases/{case_id}/jobs"):
            if job["status"] in ("due", "failed"):
                yield say(
                    "tour.account.job", key=case["key"], element=job["element"], attempts=job["attempts"],
                    most=job["max_attempts"], why=job["last_error"] or say("list.none"),
                )  # fmt: skip
        for incident in self.client.pages(WATCHER, "/incidents", status="open", case=case_id):
            yield say("tour.account.incident", key=case["key"], element=incident["element"], why=incident["message"])


def _told(event: Json) -> list[str]:
    """Names of the drawn steps an event of the machine passed; people's acts are told by the tour itself."""
    if event["actor"] != "system":
        return []
    steps = event["body"].get("steps") or []
    return [s["name"] for s in steps if s["name"] and s["kind"] in TOLD]


TOLD = frozenset(
    {
        "serviceTask", "sendTask", "businessRuleTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent",
        "endEvent", "callActivity",
    }
)  # fmt: skip
