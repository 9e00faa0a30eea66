"""The security administrator grants the posts of a person, and the mark of a business auditor, in place of those before."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import Changed, lock_another, must_not_be_maker
from service.actions.parts.granting import put_posts
from service.domain.people import Holding


@dataclass(frozen=True, slots=True)
class GrantPosts:
    """``auditor``: may read every case (审改办, 效能办, 行政服务中心). The list is whole: what is not in it is taken away."""

    person_id: str
    holdings: tuple[Holding, ...]
    auditor: bool = False
    if_match: int | None = None


def grant_posts(frame: Frame, order: GrantPosts) -> Changed:
    """Nobody grants himself, nor whom he entered. See ``put_posts``."""
    row = lock_another(frame, "post.grant", order.person_id, if_match=order.if_match)
    must_not_be_maker(frame, row)
    return put_posts(frame, row, order.holdings, auditor=order.auditor)
