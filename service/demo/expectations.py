"""How the story must have come out. Each expectation is looked up in the service again, so a tour that ended before is checked as well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.demo.cases import WATCHER, Cases, moment
from service.demo.client import Client, Json
from service.demo.driver import OUTSIDERS
from service.demo.receipts import LATE
from service.demo.story import STORY
from service.demo.story.batch import ACCEPT_ONLY, CLOSED, ITEMS, OFFICIAL_SEAL
from service.demo.story.departments import CHECKED_FORM, HESITANT
from service.domain.texts import say

TRIAL_DAYS = 30
CLASSES = {
    "shengyu-dengji": "E1", "dibao-shenhe": "E4", "canji-liangbu": "E4", "chengxiang-yanglao": "E4",
    "sheshi-nongye-yongdi": "E1", ACCEPT_ONLY: "E3",
}  # fmt: skip
DROPPED = {CLOSED: ("E9", "exception"), OFFICIAL_SEAL: ("E8", "legal")}
ROAD = (
    "draft_list", "confirm_exceptions", "director_review", "assess_capacity", "legal_review", "county_first_review",
    "county_review", "collective_study", "sign_authorisation", "seal_apply", "seal_approve", "seal_inform",
    "seal_engrave", "seal_file", "seal_take_specimen", "seal_hand_over", "issue_notice", "publish", "register_filing",
    "update_guides", "trial_review",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expectation:
    """``found`` says what was there instead when it does not hold."""

    name: str
    held: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reader shows at the end: the ledger, the seal's names, the items that left with their reasons, and the expectations."""

    ledger: tuple[Json, ...]
    seals: dict[str, str]
    dropped: tuple[Json, ...]
    expectations: tuple[Expectation, ...]

    @property
    def failed(self) -> tuple[Expectation, ...]:
        return tuple(e for e in self.expectations if not e.held)


class Inspection:
    """Reads everything once, then judges."""

    def __init__(self, client: Client, cases: Cases, family: list[Json], stages: list[str]) -> None:
        self.client, self.cases, self.family, self.stages = client, cases, family, stages
        self.main = family[0]
        self.tasks = {c["id"]: cases.all_tasks([c]) for c in family}
        self.events = {c["id"]: list(client.pages(WATCHER, f"/cases/{c['id']}/events")) for c in family}
        self.ledger = list(client.pages(WATCHER, "/authorisations", case=cases.main))
        self.ledger.sort(key=lambda row: list(ITEMS).index(row["item"]) if row["item"] in ITEMS else len(ITEMS))
        self.seals = list(client.pages(WATCHER, "/seals", organisation="huotian-center"))
        self.dropped = self._dropped()

    def outcome(self) -> Outcome:
        found = tuple(expectation for check in CHECKS for expectation in check(self))
        names = {seal["id"]: seal["name"] for seal in self.seals}
        return Outcome(tuple(self.ledger), names, tuple(self.dropped), found)

    def main_tasks(self) -> list[Json]:
        return [t for t in self.tasks[self.cases.main] if t["status"] == "completed"]

    def _dropped(self) -> list[Json]:
        """Variables are gone when a case has ended; what its last person saw is not."""
        done = self.main_tasks()
        if not done:
            return []
        page = self.client.get(WATCHER, f"/tasks/{done[-1]['id']}")
        return list(page["input"].get("dropped_items") or ())


def _expect(key: str, found: object, wanted: object, **values: object) -> Expectation:
    return Expectation(say(f"expect.{key}", **values), found == wanted, f"{found!r} ≠ {wanted!r}")


def _fate(look: Inspection) -> Iterator[Expectation]:
    rows = {row["item"]: (row["item_class"], row["scope"], row["status"]) for row in look.ledger}
    gone = {row["item_id"]: (row["item_class"], row["step"]) for row in look.dropped}
    for item, item_class in CLASSES.items():
        scope = "accept_only" if item == ACCEPT_ONLY else "decide"
        yield _expect(
            f"fate.{scope}", rows.get(item), (item_class, scope, "in_force"), item=item, item_class=item_class
        )
    for item, (item_class, step) in DROPPED.items():
        yield _expect(f"fate.{step}", gone.get(item), (item_class, step), item=item, item_class=item_class)
    yield _expect("fate.all", sorted([*rows, *gone]), sorted(ITEMS))
    reasons = [bool(str(row.get("reason") or "").strip()) for row in look.dropped]
    yield _expect("fate.reasons", reasons, [True] * len(DROPPED))


def _ledger(look: Inspection) -> Iterator[Expectation]:
    needed = (
        "document_number",
        "document_date",
        "notice_number",
        "filing_number",
        "effective_at",
        "valid_from",
        "seal",
    )
    empty = sorted({f"{row['item']}.{name}" for row in look.ledger for name in needed if not row[name]})
    yield _expect("ledger.filled", empty, [])
    numbers = {row["document_number"] for row in look.ledger}
    year = date.fromisoformat(look.ledger[0]["document_date"]).year if look.ledger else 0
    yield _expect("ledger.number", numbers, {say("story.number.authorisation", year=year)})


def _seal(look: Inspection) -> Iterator[Expectation]:
    active = [s for s in look.seals if s["kind"] == "special" and s["status"] == "active"]
    yield _expect("seal.one", len(active), 1)
    for seal in active:
        yield _expect("seal.ledger", {row["seal"] for row in look.ledger}, {seal["id"]})
        yield _expect("seal.size", seal["diameter_mm"] <= 45, True)
        yield _expect("seal.keepers", len({seal["keeper_a"], seal["keeper_b"]} - {""}), 2)


def _right_people(look: Inspection) -> Iterator[Expectation]:
    """Every step was done by the person of its post, and nobody's attempt at another's step went through."""
    cases = {c["id"]: c for c in look.family}
    wrong = [
        f"{t['name']}: {t['ended_by']}"
        for tasks in look.tasks.values()
        for t in tasks
        if t["status"] == "completed"
        and t["ended_by"] != STORY[t["element"]].player(cases[t["case"]]["department"] or "")
    ]
    yield _expect("people.right", wrong, [])
    denied = [
        e
        for login in OUTSIDERS
        for e in look.client.pages(WATCHER, "/events", type="attempt.denied", actor=login)
        if str((e["personal"] or {}).get("thing", "")).startswith(look.cases.main)
    ]
    yield _expect("people.denied", bool(denied), True)
    outside = look.client.ask("heping-clerk", "GET", f"/cases/{look.cases.main}")
    yield _expect("people.outside", outside.status, 404)


def _late_entry(look: Inspection) -> Iterator[Expectation]:
    event = _completed(look, look.cases.main, "collective_study")
    body, personal = event.get("body", {}), event.get("personal") or {}
    yield _expect("late.dates", str(body.get("act_date", "9")) < str(body.get("entry_date", "0")), True)
    yield _expect("late.reason", bool(personal.get("late_reason") and personal.get("paper_number")), True)


def _completed(look: Inspection, case_id: str, element: str) -> Json:
    events = (e for e in look.events[case_id] if e["type"] == "task.completed" and e["body"].get("element") == element)
    return next(events, {})


def _departments(look: Inspection) -> Iterator[Expectation]:
    """The faulty form was mended and checked again; the reason that is none was sent back by the rule."""
    checks = [c for c in look.family if c["process"] == "form_self_check"]
    mended = [c for c in checks if any(t["element"] == "rectify_form" for t in look.tasks[c["id"]])]
    yield _expect("form.mended", len(mended), 1)
    forms = {f["id"]: (f["version"], f["status"]) for f in look.client.pages(WATCHER, "/forms", owner="nongyeju")}
    yield _expect("form.passed", forms.get(CHECKED_FORM), (2, "passed"))
    hesitant = [c for c in look.family if c["process"] == "department_sign_off" and c["department"] == HESITANT]
    drafts = [t["element"] for c in hesitant for t in look.tasks[c["id"]] if t["status"] == "completed"]
    yield _expect("sign_off.redone", drafts.count("draft_opinion"), 2)


def _receipts(look: Inspection) -> Iterator[Expectation]:
    confirmed = [e for e in look.events[look.cases.main] if e["type"] == "receipt.confirmed"]
    yield _expect("receipts.all", len({e["body"]["organisation"] for e in confirmed}) >= len(confirmed) > 0, True)
    notices = look.client.pages(f"{LATE}-clerk", "/notifications")
    reminded = any(n["kind"] == "reminder" and n["case"] == look.cases.main for n in notices)
    yield _expect("receipts.reminded", reminded, True)


def _order(look: Inspection) -> Iterator[Expectation]:
    yield _expect("order.road", tuple(t["element"] for t in look.main_tasks()), ROAD)
    words = say("tour.stages").split()
    yield _expect("order.stages", [w for w in words if w in look.stages], look.stages)
    yield _expect("order.stage", look.main["stage"], words[-1])


def _trial(look: Inspection) -> Iterator[Expectation]:
    began = max((moment(row["effective_at"]) for row in look.ledger), default=None)
    review = next((t for t in look.main_tasks() if t["element"] == "trial_review"), None)
    passed = bool(began and review and moment(review["created_at"]) - began >= timedelta(days=TRIAL_DAYS))
    yield _expect("trial.days", passed, True)


def _nothing_open(look: Inspection) -> Iterator[Expectation]:
    yield _expect("end.cases", {c["status"] for c in look.family}, {"completed"})
    waits = [f"{c['key']} {w['name']}" for c in look.family for w in look.cases.show(c["id"])["waits"]]
    yield _expect("end.waits", waits, [])
    jobs = [
        f"{c['key']} {job['element']} {job['status']}"
        for c in look.family
        for job in look.client.pages(WATCHER, f"/cases/{c['id']}/jobs")
        if job["status"] in ("due", "failed")
    ]
    yield _expect("end.jobs", jobs, [])
    incidents = [i for c in look.family for i in look.client.pages(WATCHER, "/incidents", status="open", case=c["id"])]
    yield _expect("end.incidents", len(incidents), 0)


def _history(look: Inspection) -> Iterator[Expectation]:
    found = look.client.get(WATCHER, "/history/verification")
    yield _expect("history.verified", found["breaks"], [])
    marked = _completed(look, look.cases.main, "trial_review").get("body", {}).get("clock")
    yield _expect("history.clock", marked, "demo")


CHECKS: tuple[Callable[[Inspection], Iterator[Expectation]], ...] = (
    _fate, _ledger, _seal, _right_people, _late_entry, _departments, _receipts, _order, _trial, _nothing_open, _history,
)  # fmt: skip
