"""The posts of the county, in one place: which there are, and in what kind of organisation each is held.

Diagrams address people by post and organisation (``domain/assignment.py``); the security administrator grants posts by this list. The
Chinese names are ``post.<id>`` of the texts. Who hosts 审改办 or 效能办 differs from county to county, so a post of a county office may
also be held in a department.
"""

from collections.abc import Mapping

from service.domain.people import OrgKind
from service.domain.texts import say

_TOWNSHIP = frozenset({OrgKind.TOWNSHIP, OrgKind.ZONE})
_DEPARTMENT = frozenset({OrgKind.DEPARTMENT, OrgKind.COUNTY_OFFICE, OrgKind.STATION})
_OFFICE = frozenset({OrgKind.COUNTY_OFFICE, OrgKind.DEPARTMENT})
_CENTER = frozenset({OrgKind.CENTER})

HELD_IN: Mapping[str, frozenset[OrgKind]] = {
    "center_clerk": _CENTER,
    "center_director": _CENTER,
    "seal_keeper": _CENTER,
    "party_office_clerk": _TOWNSHIP,
    "legal_reviewer": _TOWNSHIP,
    "township_leader": _TOWNSHIP,
    "deputy_leader": _TOWNSHIP,
    "dept_clerk": _DEPARTMENT,
    "dept_reviewer": _DEPARTMENT,
    "dept_leader": _DEPARTMENT,
    "reform_clerk": _OFFICE,
    "reform_reviewer": _OFFICE,
    "efficiency_inspector": _OFFICE,
    "service_clerk": _OFFICE,
    "service_leader": _OFFICE,
    "legal_officer": _OFFICE,
    "county_clerk": _OFFICE,
}
"""Post -> the kinds of organisation it may be held in, in the order people know them: centre, township, department, county."""

POSTS = frozenset(HELD_IN)


def post_name(post: str) -> str:
    """As people say it: 便民服务中心经办."""
    return say(f"post.{post}") if post in POSTS else post


def posts_of(kind: OrgKind) -> tuple[str, ...]:
    """The posts an organisation of that kind can give."""
    return tuple(post for post, kinds in HELD_IN.items() if kind in kinds)
