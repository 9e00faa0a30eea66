"""开局检查: an administrator asks what is still missing before a township can begin its first batch and bring it to its end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.actions.frame import Frame
from service.actions.parts.administering import administer
from service.actions.parts.posts_needed import Places, holders_of, needed_in, offices_lacking, townships_of
from service.domain.accounts import AccountState
from service.domain.calendar import COUNTY, days_of_year, local_date
from service.domain.items import Item, Sorting
from service.domain.people import Organisation, OrgKind, Role
from service.domain.readiness import MAIN, Check, Finding, State
from service.domain.texts import say
from service.engine.model import Bundle
from service.store import accounts, calendars, definitions, events, items, organisations

NOTICES_COME = 11  # month in which the State Council tells the next year's holidays
BACKUP_AGE = timedelta(days=7)
MOST_NAMED = 5


@dataclass
class _Sight:
    """What several checks look at, read once."""

    frame: Frame
    organisations: list[Organisation]
    bundles: dict[str, Bundle]
    items: list[Item]
    findings: list[Finding] = field(default_factory=list)

    @property
    def names(self) -> dict[str, str]:
        return {o.id: o.name for o in self.organisations}

    def of_kind(self, *kinds: OrgKind) -> list[Organisation]:
        return [o for o in self.organisations if o.kind in kinds]


def look_at_readiness(frame: Frame) -> tuple[Check, ...]:
    """Every check in the order of the manual, whatever the ones before found. Nothing is changed."""
    administer(frame, "readiness.read")
    sight = _Sight(frame, organisations.list_organisations(frame.tx), _bundles(frame), items.all_items(frame.tx))
    return tuple(Check(key, tuple(check(sight)), _told(key, sight)) for key, check in CHECKS.items())


def _bundles(frame: Frame) -> dict[str, Bundle]:
    newest = (definitions.latest_definition(frame.tx, key) for key in MAIN)
    return {found.process_key: frame.bundles.get(frame.tx, found.bundle_digest) for found in newest if found}


def _administrators(sight: _Sight) -> Iterator[Finding]:
    for role in Role:
        rows = accounts.list_rows(sight.frame.tx, role=role, state=AccountState.ENABLED).items
        if not rows:
            yield Finding(State.LACKING, say("readiness.no_administrator", role=say(f"role.{role.value}")))
        for row in rows:
            if row.account.must_change:
                yield Finding(State.DOUBTFUL, say("readiness.one_time", name=row.name, login=row.account.login))


def _processes(sight: _Sight) -> Iterator[Finding]:
    for key in MAIN:
        if key not in sight.bundles:
            yield Finding(State.LACKING, say("readiness.not_deployed", process=say(f"readiness.process.{key}")))


def _organisations(sight: _Sight) -> Iterator[Finding]:
    yield from offices_lacking(sight.frame, needed_in(sight.bundles.values()))
    centers = {o.parent_id for o in sight.of_kind(OrgKind.CENTER)}
    townships = townships_of(sight.organisations)
    if not townships:
        yield Finding(State.LACKING, say("readiness.no_township"))
    for township in townships:
        if township.id not in centers:
            yield Finding(_unless_one_is_whole(centers), say("readiness.no_center", name=township.name))
    if not sight.of_kind(OrgKind.DEPARTMENT):
        yield Finding(State.LACKING, say("readiness.no_department"))


def _unless_one_is_whole(whole: object) -> State:
    """A county may begin with one township; the others are only told."""
    return State.DOUBTFUL if whole else State.LACKING


def _posts(sight: _Sight) -> Iterator[Finding]:
    """Of the county, of each department with items, and of each township. Posts of people who wait to be enabled do not count."""
    holders, names = holders_of(sight.frame), sight.names
    if not holders:
        yield Finding(State.LACKING, say("readiness.nobody"))
        return
    places = Places(needed_in(sight.bundles.values()), holders, organisations.offices(sight.frame.tx))
    yield from places.of_county(names)
    for department in sight.organisations:
        if department.id in {item.department_id for item in sight.items if item.status == "in_use"}:
            yield from places.of_department(department, names)
    centers = {o.parent_id: o for o in sight.of_kind(OrgKind.CENTER)}
    each = [places.of_township(t, centers.get(t.id), names) for t in townships_of(sight.organisations)]
    state = _unless_one_is_whole(any(not found for found in each))
    for finding in (finding for found in each for finding in found):
        yield Finding(state, finding.sentence)


def _accounts(sight: _Sight) -> Iterator[Finding]:
    waiting = accounts.count_states(sight.frame.tx)[AccountState.WAITING]
    if waiting:
        yield Finding(State.DOUBTFUL, say("readiness.waiting", count=waiting))


def _items(sight: _Sight) -> Iterator[Finding]:
    in_use = [item for item in sight.items if item.status == "in_use"]
    described = [item for item in in_use if item.marks.sorting is Sorting.DESCRIBED]
    if not described:
        yield Finding(State.LACKING, say("readiness.no_item" if not in_use else "readiness.none_described"))
    elif len(described) < len(in_use):
        yield Finding(State.DOUBTFUL, say("readiness.some_described", count=len(in_use) - len(described)))
    bare = [item.name for item in described if not item.form_ids]
    if bare:
        some = say("list.comma").join(bare[:MOST_NAMED])
        yield Finding(State.DOUBTFUL, say("readiness.no_forms", count=len(bare), names=some))


def _calendar(sight: _Sight) -> Iterator[Finding]:
    today = local_date(sight.frame.now)
    if not _settled(sight.frame, today.year):
        yield Finding(State.LACKING, say("readiness.no_calendar", year=today.year))
    if today.month >= NOTICES_COME and not _settled(sight.frame, today.year + 1):
        yield Finding(State.DOUBTFUL, say("readiness.next_calendar", year=today.year + 1))


def _settled(frame: Frame, year: int) -> bool:
    known = calendars.days_of(frame.tx, COUNTY, date(year, 1, 1), date(year, 12, 31))
    return all(day in known for day in days_of_year(year))


def _auditors(sight: _Sight) -> Iterator[Finding]:
    people = accounts.list_rows(sight.frame.tx, state=AccountState.ENABLED, auditor=True, limit=1).items
    if not people:
        yield Finding(State.DOUBTFUL, say("readiness.no_auditor"))


def _backup(sight: _Sight) -> Iterator[Finding]:
    since = sight.frame.now - BACKUP_AGE
    if not events.list_events(sight.frame.tx, type="backup.taken", since=since, limit=1).items:
        yield Finding(State.DOUBTFUL, say("readiness.no_backup", days=BACKUP_AGE.days))


CHECKS: dict[str, Callable[[_Sight], Iterator[Finding]]] = {
    "administrators": _administrators,
    "processes": _processes,
    "organisations": _organisations,
    "accounts": _accounts,
    "posts": _posts,
    "auditors": _auditors,
    "items": _items,
    "calendar": _calendar,
    "backup": _backup,
}


def _told(key: str, sight: _Sight) -> str:
    """How much of it there is."""
    if key == "organisations":
        return say(
            "readiness.told.organisations", townships=len(townships_of(sight.organisations)),
            departments=len(sight.of_kind(OrgKind.DEPARTMENT)), offices=len(sight.of_kind(OrgKind.COUNTY_OFFICE)),
        )  # fmt: skip
    if key == "items":
        return say("readiness.told.items", **items.progress(sight.frame.tx))
    if key == "accounts":
        return say("readiness.told.accounts", count=accounts.count_states(sight.frame.tx)[AccountState.ENABLED])
    return ""
