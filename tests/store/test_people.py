"""Persons, their posts and roles."""

import pytest
from sqlalchemy.exc import IntegrityError

from service.domain.people import Actor, Holding, Person, Role
from service.store import people
from service.store.session import Database

LI = Person("li", "李（虚构）", "huotian", fictional=True)
POSTS = (Holding("center_clerk", "huotian-center"), Holding("dept_clerk", "huotian"))


def test_an_actor_comes_with_all_posts_and_roles(county: Database) -> None:
    with county.begin() as tx:
        people.add_person(tx, LI, holdings=POSTS, auditor=True)
        people.add_person(tx, Person("an", "安（虚构）", "yunxiao"), holdings=(), roles=(Role.AUDIT_ADMIN,))
        assert people.actor(tx, "li") == Actor("li", LI.name, "huotian", holdings=POSTS, auditor=True)
        admin = people.actor(tx, "an")
        assert admin
        assert admin.roles == {Role.AUDIT_ADMIN}
        assert people.actor(tx, "nobody") is None
        assert people.get_person(tx, "li") == LI


def test_adding_again_replaces_posts_and_roles(county: Database) -> None:
    with county.begin() as tx:
        people.add_person(tx, LI, holdings=POSTS, auditor=True)
        people.add_person(tx, LI, holdings=(), roles=(Role.SYSTEM_ADMIN,))
        admin = people.actor(tx, "li")
        people.add_person(tx, LI, holdings=POSTS[:1])
        found = people.actor(tx, "li")
    assert admin
    assert (admin.holdings, admin.roles, admin.auditor) == ((), frozenset({Role.SYSTEM_ADMIN}), False)
    assert found
    assert (found.holdings, found.roles, found.auditor) == (POSTS[:1], frozenset(), False)


def test_the_three_administrators_exclude_each_other(county: Database) -> None:
    with pytest.raises(IntegrityError), county.begin() as tx:
        people.add_person(tx, LI, holdings=(), roles=(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))


def test_somebody_who_left_acts_no_more_and_holds_no_post_for_notices(county: Database) -> None:
    with county.begin() as tx:
        people.add_person(tx, LI, holdings=POSTS)
        assert [p.id for p in people.people_holding(tx, "center_clerk", "huotian-center")] == ["li"]
        people.add_person(tx, Person("li", LI.name, "huotian", active=False), holdings=POSTS)
        assert people.actor(tx, "li") is None
        assert people.people_holding(tx, "center_clerk", "huotian-center") == []
        assert [p.id for p in people.list_people(tx, organisation_id="huotian")] == ["li", "p-huotian"]


def test_a_post_is_held_in_one_organisation_and_not_in_another(county: Database) -> None:
    with county.begin() as tx:
        people.add_person(tx, LI, holdings=POSTS)
        assert people.people_holding(tx, "center_clerk", "huotian") == []
        assert people.people_holding(tx, "dept_clerk", "huotian-center") != people.people_holding(
            tx, "dept_clerk", "huotian"
        )
