"""The posts of the county."""

import pytest

from service.domain.people import OrgKind
from service.domain.posts import HELD_IN, post_name, posts_of


def test_every_post_has_a_chinese_name_of_its_own_and_a_place() -> None:
    names = {post_name(post) for post in HELD_IN}
    assert len(names) == len(HELD_IN)
    assert all(name and not name.isascii() for name in names)
    assert all(HELD_IN.values())


@pytest.mark.parametrize(
    ("kind", "post", "held"),
    [
        (OrgKind.CENTER, "center_clerk", True),
        (OrgKind.TOWNSHIP, "township_leader", True),
        (OrgKind.ZONE, "township_leader", True),
        (OrgKind.TOWNSHIP, "center_clerk", False),
        (OrgKind.COUNTY_OFFICE, "dept_clerk", True),
        (OrgKind.DEPARTMENT, "legal_officer", True),
        (OrgKind.DEPARTMENT, "seal_keeper", False),
    ],
)
def test_a_post_is_held_where_it_belongs(kind: OrgKind, post: str, held: bool) -> None:
    assert (post in posts_of(kind)) is held


def test_the_county_itself_gives_none() -> None:
    assert posts_of(OrgKind.COUNTY) == ()
