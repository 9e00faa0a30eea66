"""Who leads: the post of an organisation that is told when its work is late."""

from collections.abc import Iterator, Sequence

from service.domain.cases import Candidate
from service.domain.people import Organisation, OrgKind

_OF_KIND = {
    OrgKind.TOWNSHIP: "township_leader",
    OrgKind.ZONE: "township_leader",
    OrgKind.CENTER: "center_director",
    OrgKind.DEPARTMENT: "dept_leader",
    OrgKind.COUNTY_OFFICE: "dept_leader",
}
_OF_OFFICE = {
    "service_center": "service_leader",
    "reform_office": "reform_reviewer",
    "efficiency_office": "efficiency_inspector",
    "county_office": "county_clerk",
}


def leading_posts(line: Sequence[Organisation]) -> Iterator[Candidate]:
    """``line``: the organisation that acts and those above it. Its own leader first, then the head above: of a centre that is the
    township's (三(一) 主要领导亲自抓)."""
    for organisation in line:
        post = _OF_OFFICE.get(organisation.office) or _OF_KIND.get(organisation.kind)
        if post:
            yield Candidate(post, organisation.id)
