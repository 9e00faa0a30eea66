"""Posts are granted by the security administrator."""

import pytest

from service.actions.grant_posts import GrantPosts, grant_posts
from service.domain.errors import Conflict, Invalid, NotAllowed, Stale
from service.domain.people import Holding
from service.store import people
from tests.actions.hall import enabled, lives, newcomer, row, signed_in, staff, told
from tests.actions.stage import Stage

CLERK, LEADER = Holding("center_clerk", "huotian-center"), Holding("township_leader", "huotian")


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _held(stage: Stage, person: str) -> set[Holding]:
    with stage.database.read() as tx:
        return set(people.holdings_of(tx, [person])[person])


def test_the_list_replaces_the_one_before_and_ends_the_sessions(stage: Stage) -> None:
    enabled(stage)
    stage.act("secadmin", grant_posts, GrantPosts("lin", (CLERK, CLERK)))
    assert _held(stage, "lin") == {CLERK}
    token, _ = signed_in(stage, "lin", "One-time-1")
    done = stage.act("secadmin", grant_posts, GrantPosts("lin", (LEADER,), auditor=True))
    assert (_held(stage, "lin"), done.row.auditor, done.sessions, lives(stage, token)) == ({LEADER}, True, 1, False)
    event = told(stage, "account/lin")[-1]
    assert (event["type"], event["posts"], event["posts_before"], event["auditor"]) == (
        "posts.granted", ["township_leader@huotian"], ["center_clerk@huotian-center"], True,
    )  # fmt: skip


def test_the_same_again_changes_nothing_and_ends_no_session(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    done = stage.act("secadmin", grant_posts, GrantPosts("clerk", (CLERK,)))
    assert (done.sessions, lives(stage, token)) == (0, True)
    assert told(stage, "account/clerk") == []


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk", "reviewer"])
def test_nobody_else_grants(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, grant_posts, GrantPosts("clerk2", (LEADER,)))


def test_nobody_grants_himself(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="自己"):
        stage.act("secadmin", grant_posts, GrantPosts("secadmin", (CLERK,)))


def test_an_administrator_gets_no_post_and_audits_no_business(stage: Stage) -> None:
    for order in (GrantPosts("auditadmin", (CLERK,)), GrantPosts("auditadmin", (), auditor=True)):
        with pytest.raises(Conflict, match="审计管理员，不得兼任"):
            stage.act("secadmin", grant_posts, order)


def test_every_wrong_post_is_named_with_its_place(stage: Stage) -> None:
    newcomer(stage)
    wrong = (CLERK, Holding("king", "huotian"), Holding("center_clerk", "nowhere"), Holding("center_clerk", "huotian"))
    with pytest.raises(Invalid) as refused:
        stage.act("secadmin", grant_posts, GrantPosts("lin", wrong))
    assert [fault.where["position"] for fault in refused.value.faults] == [2, 3, 4]
    assert "king" in refused.value.faults[0].message
    assert "便民服务中心经办" in refused.value.faults[2].message
    assert _held(stage, "lin") == set()


def test_what_was_seen_must_still_be_so(stage: Stage) -> None:
    seen = row(stage, "clerk").account.version
    stage.act("secadmin", grant_posts, GrantPosts("clerk", (LEADER,), if_match=seen))
    with pytest.raises(Stale):
        stage.act("secadmin2", grant_posts, GrantPosts("clerk", (), if_match=seen))
