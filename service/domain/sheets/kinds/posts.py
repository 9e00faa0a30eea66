"""岗位任职: who holds which post where. A row grants it, or takes it back when its last column says so; other posts stay."""

from collections.abc import Iterator, Mapping

from service.domain.people import OrgKind
from service.domain.posts import HELD_IN, POSTS
from service.domain.sheets.columns import Column, SheetKind, Type, Value, Wrong
from service.domain.sheets.world import Row, World
from service.domain.texts import say

HELD, LEFT = "held", "left"


def _rule(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    id, post = str(row.values.get("person_id", "")), str(row.values.get("post", ""))
    person = world.after("people", id) or {}
    if person.get("administrator") and row.values.get("state") == HELD:
        yield "person_id", Wrong("no_post_for_administrator")
    elif world.before("people", id) and not person.get("account"):
        yield "person_id", Wrong("no_account")
    place = (world.after("organisations", str(row.values.get("organisation_id", ""))) or {}).get("kind")
    if post and place and row.values.get("state") == HELD and OrgKind(place) not in HELD_IN[post]:
        names = (say(f"organisation.kind.{kind.value}") for kind in OrgKind if kind in HELD_IN[post])
        yield "organisation_id", Wrong("post_place", kinds=say("list.comma").join(names))


def _absent(values: Mapping[str, Value]) -> bool:
    """Whoever does not hold it need not leave it."""
    return values.get("state") == LEFT


KIND = SheetKind(
    "posts",
    (
        Column("person_id", Type.REFERENCE, required=True, to="people", width=22),
        Column("post", Type.CHOICE, required=True, choices=tuple(sorted(POSTS)), words="post.", width=26),
        Column("organisation_id", Type.REFERENCE, required=True, to="organisations", width=34),
        Column("state", Type.CHOICE, choices=(HELD, LEFT), words="post_state.", default=HELD, width=10),
    ),
    keys=("person_id", "post", "organisation_id"),
    rule=_rule,
    absent=_absent,
)
