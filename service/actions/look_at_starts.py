"""A person asks which cases one may begin, for whom, and in which ways (发起、批次下达)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.actions.frame import Frame
from service.domain.assignment import Assignment, parse_assignment
from service.domain.cases import Definition
from service.domain.people import Holding, Organisation, OrgKind
from service.engine.model import Bundle
from service.store import definitions, organisations

OF_TOWNSHIP = frozenset({"township", "center"})
TOWNSHIPS = frozenset({OrgKind.TOWNSHIP, OrgKind.ZONE})
DEPARTMENTS = frozenset({OrgKind.DEPARTMENT, OrgKind.COUNTY_OFFICE})


@dataclass(frozen=True, slots=True)
class Way:
    """One start of the diagram. ``message`` is empty for the plain one; ``name`` is what the diagram calls it."""

    message: str
    name: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Startable:
    """A process this person may begin. ``townships`` and ``departments``: those one may choose; empty when the process asks for none."""

    process_key: str
    name: str
    ways: tuple[Way, ...]
    townships: tuple[Organisation, ...] = ()
    departments: tuple[Organisation, ...] = ()


def look_at_starts(frame: Frame) -> tuple[Startable, ...]:
    """In the order of their names. What is offered here is judged again when the case begins."""
    if frame.actor.roles:
        return ()
    known = {o.id: o for o in organisations.list_organisations(frame.tx)}
    newest: dict[str, Definition] = {}
    for definition in definitions.list_definitions(frame.tx):
        newest.setdefault(definition.process_key, definition)
    bundles = [frame.bundles.get(frame.tx, definition.bundle_digest) for definition in newest.values()]
    found = [_startable(frame.actor.holdings, bundle, known) for bundle in bundles]
    return tuple(sorted(filter(None, found), key=lambda startable: startable.name))


def _startable(holdings: Iterable[Holding], bundle: Bundle, known: Mapping[str, Organisation]) -> Startable | None:
    mine = list(_mine(holdings, bundle, known))
    if not mine:
        return None
    asked = {parse_assignment(group).relation for e in bundle.elements.values() for group in e.candidate_groups}
    for_all = any(assignment.relation not in (*OF_TOWNSHIP, "department") for assignment, _ in mine)
    return Startable(
        bundle.key,
        bundle.name,
        _ways(bundle, handed_down=for_all),
        _choices(known, TOWNSHIPS, mine, OF_TOWNSHIP, everywhere=for_all) if asked & OF_TOWNSHIP else (),
        _choices(known, DEPARTMENTS, mine, {"department"}, everywhere=for_all) if "department" in asked else (),
    )


def _mine(
    holdings: Iterable[Holding], bundle: Bundle, known: Mapping[str, Organisation]
) -> Iterator[tuple[Assignment, Organisation]]:
    """The starters of the diagram that are posts of this person, each with the organisation it holds for."""
    for assignment in map(parse_assignment, bundle.starters):
        for held in holdings:
            organisation = known.get(held.organisation_id)
            if organisation and held.post == assignment.post and _is_meant(assignment, organisation):
                yield assignment, organisation


def _is_meant(assignment: Assignment, organisation: Organisation) -> bool:
    if assignment.relation == "office":
        return organisation.office == assignment.argument
    if assignment.relation == "org":
        return organisation.id == assignment.argument
    kinds = {"center": {OrgKind.CENTER}, "township": TOWNSHIPS, "department": DEPARTMENTS}
    return organisation.kind in kinds.get(assignment.relation, set(OrgKind))


def _choices(
    known: Mapping[str, Organisation], kinds: frozenset[OrgKind], mine: list[tuple[Assignment, Organisation]],
    relations: Iterable[str], *, everywhere: bool,
) -> tuple[Organisation, ...]:  # fmt: skip
    """The organisations of the kind the posts speak for; all of them for an office of the county."""
    own = {_of_kind(o, kinds) for assignment, o in mine if assignment.relation in relations}
    return tuple(o for o in known.values() if o.kind in kinds and (everywhere or o.id in own))


def _of_kind(organisation: Organisation, kinds: frozenset[OrgKind]) -> str | None:
    """Itself, or the township of a centre."""
    return organisation.id if organisation.kind in kinds else organisation.parent_id


def _ways(bundle: Bundle, *, handed_down: bool) -> tuple[Way, ...]:
    """A start by message hands something down (批次下达): that is the county's, so its offices see it, and see it first."""
    found = [
        Way(message, bundle.elements[id].name, bundle.elements[id].documentation)
        for message, id in bundle.starts.items()
        if handed_down or not message
    ]
    return tuple(sorted(found, key=lambda way: not way.message))
