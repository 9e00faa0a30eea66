"""Posts are given to somebody in place of those before: by hand, or line by line from a sheet."""

from service.actions.frame import Frame
from service.actions.parts.administering import Changed, end_access, role_name, seal_change
from service.actions.parts.entering import post_faults, told_posts
from service.domain.errors import Conflict, Invalid
from service.domain.people import Holding
from service.store import people
from service.store.accounts import AccountRow


def put_posts(
    frame: Frame, row: AccountRow, wanted: tuple[Holding, ...], *, auditor: bool, type: str = "posts.granted"
) -> Changed:
    """The person signs in again where anything changed. An administrator gets no post: roles and posts exclude each other.

    ``row`` is locked, and whoever calls has asked whether the actor may.
    """
    if row.role and (wanted or auditor):
        raise Conflict("post.of_administrator", name=row.name, role=role_name(row.role))
    faults = post_faults(frame.tx, wanted)
    if faults:
        raise Invalid("post.refused", name=row.name, count=len(faults), faults=faults)
    person = row.account.person_id
    before, after = people.holdings_of(frame.tx, [person])[person], tuple(dict.fromkeys(wanted))
    if set(before) == set(after) and row.auditor == auditor:
        return Changed(row)
    people.set_posts(frame.tx, person, after, auditor=auditor)
    ended, _ = end_access(frame, person, with_tokens=False)  # a token's rights are its owner's when it is used
    facts = {"posts": told_posts(after), "posts_before": told_posts(before), "auditor": auditor, "sessions": ended}
    return Changed(seal_change(frame, person, type, facts=facts), ended)
