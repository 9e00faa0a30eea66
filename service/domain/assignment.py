"""Who a task is for: ``post@relation`` in ``camunda:candidateGroups``, resolved against the case's organisations.

``center_clerk@center`` reads: whoever is 中心经办 of the centre of the case's township.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.cases import Candidate
from service.domain.posts import POSTS

INITIATOR = "initiator"  # in oneseal:senders: whoever began the case
RELATIONS = frozenset({"township", "center", "department", "initiator_org"})
OFFICES = frozenset({"reform_office", "efficiency_office", "service_center", "justice_bureau", "county_office"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """``relation`` is one of RELATIONS, or ``office`` / ``org`` with ``argument`` naming which."""

    post: str
    relation: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class CaseOrganisations:
    """The organisations a case knows, by relation; None where the case has no such organisation."""

    township: str | None = None
    center: str | None = None
    department: str | None = None
    initiator_org: str | None = None
    offices: Mapping[str, str] = field(default_factory=dict)


def parse_assignment(text: str) -> Assignment:
    """Read ``post@relation``, ``post@office:key`` or ``post@org:id``; ValueError names the part that is wrong."""
    post, at, relation = text.strip().partition("@")
    if not at or post not in POSTS:
        raise ValueError(post or text)
    head, colon, argument = relation.partition(":")
    if colon and head == "office" and argument in OFFICES:
        return Assignment(post, head, argument)
    if colon and head == "org" and argument:
        return Assignment(post, head, argument)
    if not colon and head in RELATIONS:
        return Assignment(post, head)
    raise ValueError(relation)


def resolve(assignment: Assignment, organisations: CaseOrganisations) -> Candidate | None:
    """The post in the concrete organisation, or None when the case has no organisation of that relation."""
    if assignment.relation == "org":
        found: str | None = assignment.argument
    elif assignment.relation == "office":
        found = organisations.offices.get(assignment.argument)
    else:
        found = getattr(organisations, assignment.relation)
    return Candidate(assignment.post, found) if found else None
