"""The security administrator grants the posts of a person, and the mark of a business auditor, in place of those before."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import (
    Changed,
    end_access,
    lock_another,
    must_not_be_maker,
    role_name,
    seal_change,
)
from service.actions.parts.entering import post_faults, told_posts
from service.domain.errors import Conflict, Invalid
from service.domain.people import Holding
from service.store import people


@dataclass(frozen=True, slots=True)
class GrantPosts:
    """``auditor``: may read every case (审改办, 效能办, 行政服务中心). The list is whole: what is not in it is taken away."""

    person_id: str
    holdings: tuple[Holding, ...]
    auditor: bool = False
    if_match: int | None = None


def grant_posts(frame: Frame, order: GrantPosts) -> Changed:
    """The person signs in again where anything changed. An administrator gets no post: roles and posts exclude each other."""
    row = lock_another(frame, "post.grant", order.person_id, if_match=order.if_match)
    must_not_be_maker(frame, row)
    if row.role and (order.holdings or order.auditor):
        raise Conflict("post.of_administrator", name=row.name, role=role_name(row.role))
    faults = post_faults(frame.tx, order.holdings)
    if faults:
        raise Invalid("post.refused", name=row.name, count=len(faults), faults=faults)
    wanted = tuple(dict.fromkeys(order.holdings))
    before = people.holdings_of(frame.tx, [order.person_id])[order.person_id]
    if set(before) == set(wanted) and row.auditor == order.auditor:
        return Changed(row)
    people.set_posts(frame.tx, order.person_id, wanted, auditor=order.auditor)
    ended, _ = end_access(frame, order.person_id, with_tokens=False)  # a token's rights are its owner's when it is used
    facts = {"posts": told_posts(wanted), "posts_before": told_posts(before), "auditor": order.auditor}
    return Changed(seal_change(frame, order.person_id, "posts.granted", facts=facts | {"sessions": ended}), ended)
