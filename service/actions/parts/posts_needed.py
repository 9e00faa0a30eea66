"""Which posts the deployed processes ask for, and where nobody holds them: a task there would wait for ever."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.actions.frame import Frame
from service.domain.assignment import Assignment, parse_assignment
from service.domain.people import Organisation, OrgKind
from service.domain.posts import post_name
from service.domain.readiness import Finding, State
from service.domain.texts import say
from service.engine.model import Bundle, Element
from service.store import organisations, people

Holders = Mapping[tuple[str, str], frozenset[str]]
LOCAL = frozenset({"township", "center"})
MOST_TASKS = 3  # named in one sentence


@dataclass(frozen=True, slots=True)
class Needed:
    """A task, and which posts may do it; ``after``: tasks whose doers may not do it as well."""

    task: Element
    posts: tuple[Assignment, ...]
    after: tuple[Element, ...]


def needed_in(bundles: Iterable[Bundle]) -> tuple[Needed, ...]:
    """Every task for people of these processes."""
    found = []
    for bundle in bundles:
        for element in bundle.elements.values():
            posts = tuple(map(parse_assignment, element.candidate_groups))
            after = tuple(bundle.elements[id] for id in element.separate_from if id in bundle.elements)
            found += [Needed(element, posts, after)] if posts else []
    return tuple(found)


def holders_of(frame: Frame) -> Holders:
    """(post, organisation) -> people whose account is in use."""
    active = {person.id for person in people.list_people(frame.tx) if person.active}
    found: dict[tuple[str, str], set[str]] = {}
    for person, held in people.all_holdings(frame.tx):
        if person in active:
            found.setdefault((held.post, held.organisation_id), set()).add(person)
    return {place: frozenset(ids) for place, ids in found.items()}


def offices_lacking(frame: Frame, needed: Iterable[Needed]) -> Iterator[Finding]:
    """Functions of the county (审改办 and the like) that a process addresses and no organisation has."""
    there = organisations.offices(frame.tx)
    asked = {
        post.argument: need.task.name
        for need in reversed(tuple(needed))
        for post in need.posts
        if post.relation == "office"
    }
    for office in sorted(set(asked) - set(there)):
        name = say(f"organisation.office.{office}")
        yield Finding(State.LACKING, say("readiness.no_office", office=name, task=asked[office]))


class Places:
    """Who could do the tasks in the organisations of one kind of case: those of one township, of one department, of the county."""

    def __init__(self, needed: Iterable[Needed], holders: Holders, offices: Mapping[str, str]) -> None:
        self._needed, self._holders, self._offices = tuple(needed), holders, offices

    def of_county(self, names: Mapping[str, str]) -> list[Finding]:
        return self._all({}, names, relations=frozenset({"office"}))

    def of_township(
        self, township: Organisation, center: Organisation | None, names: Mapping[str, str]
    ) -> list[Finding]:
        places = {"township": township.id} | ({"center": center.id} if center else {})
        return self._all(places, names, relations=LOCAL)

    def of_department(self, department: Organisation, names: Mapping[str, str]) -> list[Finding]:
        return self._all({"department": department.id}, names, relations=frozenset({"department"}))

    def _all(self, places: Mapping[str, str], names: Mapping[str, str], *, relations: frozenset[str]) -> list[Finding]:
        mine = [n for n in self._needed if {p.relation for p in n.posts} & relations]
        return [*self._without_holder(mine, places, names), *self._one_for_both(mine, places)]

    def _without_holder(
        self, needed: Iterable[Needed], places: Mapping[str, str], names: Mapping[str, str]
    ) -> Iterator[Finding]:
        """Told once for each post, with the tasks that need it."""
        tasks: dict[tuple[str, str], list[str]] = {}
        for need in needed:
            if self._doers(need.posts, places):
                continue
            posts = [(post.post, where) for post in need.posts if (where := self._where(post, places))]
            for place in posts[:1]:
                tasks.setdefault(place, []).append(need.task.name)
        for (post, where), waiting in tasks.items():
            yield Finding(State.LACKING, say(
                "readiness.no_holder", organisation=names.get(where, where), post=post_name(post),
                tasks=say("list.comma").join(waiting[:MOST_TASKS]), count=len(waiting),
            ))  # fmt: skip

    def _one_for_both(self, needed: Iterable[Needed], places: Mapping[str, str]) -> Iterator[Finding]:
        """The only one who could do a task is the only one who could do the task it must be kept apart from."""
        told: set[tuple[str, str]] = set()
        for need in needed:
            doers = self._doers(need.posts, places)
            for before in need.after:
                earlier = self._doers(map(parse_assignment, before.candidate_groups), places)
                pair = (before.name, need.task.name)
                if len(doers) == 1 and doers == earlier and pair not in told:
                    told.add(pair)
                    yield Finding(
                        State.LACKING, say("readiness.one_for_both", person=min(doers), first=pair[0], second=pair[1])
                    )

    def _doers(self, posts: Iterable[Assignment], places: Mapping[str, str]) -> frozenset[str]:
        found: set[str] = set()
        for post in posts:
            found |= self._holders.get((post.post, self._where(post, places) or ""), frozenset())
        return frozenset(found)

    def _where(self, post: Assignment, places: Mapping[str, str]) -> str | None:
        return self._offices.get(post.argument) if post.relation == "office" else places.get(post.relation)


def townships_of(known: Iterable[Organisation]) -> list[Organisation]:
    return [o for o in known if o.kind in (OrgKind.TOWNSHIP, OrgKind.ZONE)]
