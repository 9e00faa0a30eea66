"""For auditors: every event of the house with filters, one event as it was sealed, and whether all chains hold."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.verify_history import verify_history
from service.api.shapes.history import event as as_shown
from service.domain.calendar import SHANGHAI
from service.domain.errors import Invalid, NotFound
from service.domain.history import first_break
from service.domain.permission import Facts, visible
from service.domain.texts import TEXTS, say
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Page
from service.store import cases, events
from service.store.events import StoredEvent

router = APIRouter()
Word = Annotated[str, Query(max_length=300)]
After = Annotated[str, Query(max_length=600)]
View = Literal["all", "sign_ins", "denied", "keeping"]
ROWS = 30
VIEWS: dict[str, tuple[str, ...]] = {
    "all": (),
    "sign_ins": ("session.begun", "session.ended", "session.refused"),
    "denied": ("attempt.denied",),
    "keeping": (
        "account.created", "account.edited", "account.enabled", "account.unlocked", "account.deactivated", "posts.granted",
        "role.granted", "password.reset", "tokens.revoked", "definition.deployed", "incident.retried", "job.hurried",
        "case.suspended", "case.resumed", "case.cancelled", "case.skipped", "case.jumped", "case.variables_set", "calendar.changed", "import.applied", "backup.taken",
        "data.restored", "schema.upgraded",
    ),
}  # fmt: skip
HEAD = "event."


@router.get("/events")
def list_events(
    door: Door,
    view: View = "all",
    type: Word = "",
    actor: Word = "",
    case: Word = "",
    day: Word = "",
    after: After = "",
) -> Response:
    """Newest first."""

    def look(frame: Frame) -> Page:
        allow(frame, "history.read", Facts())
        since = _begin_of(day)
        case_id = cases.id_by_key(frame.tx, case.strip()) or case.strip()
        page = events.list_events(
            frame.tx, types=(type,) if type else VIEWS[view], actor_id=actor.strip() or None, case_id=case_id or None,
            since=since, until=since + timedelta(days=1) if since else None, after=after or None, limit=ROWS,
            newest_first=True,
        )  # fmt: skip
        return Page(
            "history/events.html", view=view, type=type, actor=actor, case=case, day=day, first=not after,
            rows=page.items, next=page.next, names=Names(frame.tx, [e.actor_id for e in page.items]), **_spoken(frame, page.items),
            types={key.removeprefix(HEAD): words for key, words in TEXTS.items() if key.startswith(HEAD)},
        )  # fmt: skip

    return door.show(look)


@router.get("/event")
def show_event(door: Door, chain: Word, seq: Annotated[int, Query(ge=1, le=2**31 - 1)]) -> Response:
    """One event as it was sealed, its neighbours, and whether its chain holds."""

    def look(frame: Frame) -> Page:
        allow(frame, "history.read", Facts())
        found = events.get_event(frame.tx, chain, seq)
        if found is None:
            raise NotFound("event.unknown", chain=chain[:100], seq=seq)
        shown = as_shown(found)
        last, hash = events.head_of(frame.tx, chain)
        broken = first_break(events.read_chain(frame.tx, chain), chain=chain, head_seq=last, head_hash=hash)
        return Page(
            "history/event.html", found=found, shown=shown, steps=_steps(shown.body), last=last, broken=broken,
            names=Names(frame.tx, [found.actor_id]), **_spoken(frame, [found]),
        )  # fmt: skip

    return door.show(look)


@router.get("/history")
def ask(door: Door) -> Response:
    """What a verification is, and the button that begins one."""

    def look(frame: Frame) -> Page:
        allow(frame, "history.read", Facts())
        return Page("history/verification.html", found=None, at=frame.now, keys={}, opens=False)

    return door.show(look)


@router.get("/history/verification")
def verify(door: Door) -> Response:
    """Every chain against its head; a broken one with the first event that does not hold."""

    def look(frame: Frame) -> Page:
        allow(frame, "history.read", Facts())
        found = verify_history(frame.tx)
        keys = cases.keys_by_id(frame.tx, [b.chain.removeprefix("case/") for b in found.breaks])
        opens = visible(frame.actor).everything
        return Page("history/verification.html", found=found, at=frame.now, keys=keys, opens=opens)

    return door.show(look)


def _begin_of(day: str) -> datetime | None:
    """Midnight in Shanghai."""
    if not day.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(day.strip()), time(), SHANGHAI)
    except (ValueError, OverflowError) as error:
        raise Invalid("given.no_day", found=day[:60]) from error


def _spoken(frame: Frame, rows: list[StoredEvent]) -> dict[str, Any]:
    """What the templates say of events: the kind in words, the case's number, and in short what it was about."""
    return {
        "keys": cases.keys_by_id(frame.tx, [row.case_id for row in rows if row.case_id]),
        "opens": visible(frame.actor).everything,
        "kind": _kind,
        "about": _about,
    }


def _kind(type: str) -> str:
    """In words, if we have them: parts of the house may seal kinds this page does not know."""
    return say(f"event.{type}") if f"event.{type}" in TEXTS else type


def _steps(body: Mapping[str, Any]) -> list[dict[str, str]]:
    """The steps an event tells of, as texts; whatever else stands there (or stood before somebody damaged it) is left out."""
    found = body.get("steps")
    told = [step for step in found if isinstance(step, dict)] if isinstance(found, list) else []
    return [{key: str(step.get(key, "")) for key in ("element", "name", "outcome")} for step in told]


def _about(row: StoredEvent) -> str:
    """The step, the refusal, or the version: what a reader looks for first."""
    shown = as_shown(row)
    body, personal = shown.body, shown.personal or {}
    names = {step["element"]: step["name"] for step in _steps(body)}
    element = str(body.get("element") or "")
    wanted = (personal.get("message"), names.get(element) or element, body.get("process"), personal.get("reason"))
    return str(next((found for found in wanted if found), ""))
