"""A county begins."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from service.actions.open_county import FirstAdministrator, OpenCounty, open_county
from service.actions.parts.bundles import BundleCache
from service.actions.verify_history import verify_history
from service.demo.county import load_county
from service.domain.errors import Conflict, Invalid
from service.domain.people import OrgKind, Role
from service.store import accounts, calendars, organisations, people
from service.store.session import Database
from tests.actions.hall import hashed, in_secret, row, signed_in, told
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.store.together import at_once

THREE = tuple(
    FirstAdministrator(role, login, name, hashed(f"One-time-{n}"))
    for n, (role, login, name) in enumerate(
        [
            (Role.SYSTEM_ADMIN, "sysadmin", "甲（虚构）"),
            (Role.SECURITY_ADMIN, "secadmin", "乙（虚构）"),
            (Role.AUDIT_ADMIN, "auditadmin", "丙（虚构）"),
        ]
    )
)
ORDER = OpenCounty("county", "某县人民政府", "某县", "350000", THREE)


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    """Empty but for the schema."""
    url = shelf.fresh()
    yield url
    shelf.drop(url)


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database, bundles=BundleCache(()))


def _open(stage: Stage, order: OpenCounty = ORDER) -> bool:
    try:
        stage.act("system", open_county, order)
    except Conflict:
        return False
    return True


def test_three_people_can_begin_each_with_one_role(stage: Stage) -> None:
    assert _open(stage)
    with stage.database.read() as tx:
        root = organisations.get_organisation(tx, "county")
        for first in THREE:
            actor = people.actor(tx, first.login)
            assert actor
            assert (actor.name, actor.roles, actor.holdings, actor.auditor) == (
                first.name,
                frozenset({first.role}),
                (),
                False,
            )
        assert not calendars.load_calendars(tx).is_working(date(2026, 10, 5)), "the holidays known today are there"
        assert not verify_history(tx).breaks
    assert root
    assert (root.name, root.kind, root.code, root.parent_id) == ("某县人民政府", OrgKind.COUNTY, "350000", None)
    signed_in(stage, "secadmin", "One-time-1")
    assert row(stage, "secadmin").account.must_change


def test_the_history_begins_with_it_and_holds_no_password(stage: Stage) -> None:
    _open(stage)
    (event,) = told(stage, "county/opened")
    assert event["administrators"] == {
        "system_admin": "sysadmin",
        "security_admin": "secadmin",
        "audit_admin": "auditadmin",
    }
    assert told(stage, "account/sysadmin")[0]["role"] == "system_admin"
    assert in_secret(stage, "account/sysadmin")[0]["name"] == "甲（虚构）"
    with stage.database.read() as tx:
        said = str(tx.connection.exec_driver_sql("SELECT body FROM event").all())
    assert "One-time" not in said
    assert "hash:" not in said


def test_where_anybody_has_an_account_it_is_refused_and_nothing_is_written(stage: Stage) -> None:
    assert _open(stage)
    other = replace(ORDER, id="other", administrators=tuple(replace(a, login=f"{a.login}2") for a in THREE))
    assert not _open(stage, other)
    with stage.database.read() as tx:
        assert organisations.get_organisation(tx, "other") is None
        assert people.get_person(tx, "sysadmin2") is None


def test_a_demo_is_no_empty_database_nor_the_other_way_round(stage: Stage) -> None:
    stage.act("system", lambda frame, _: load_county(frame, password_hash="h"), None)
    assert not _open(stage)


def test_invented_people_do_not_come_among_real_ones(stage: Stage) -> None:
    _open(stage)
    with pytest.raises(Conflict, match="正式账号"):
        stage.act("system", lambda frame, _: load_county(frame, password_hash="h"), None)
    with stage.database.read() as tx:
        assert len(people.list_people(tx)) == 3


def test_of_two_at_once_one_wins(stage: Stage) -> None:
    orders = [replace(ORDER, id=f"county{n}") for n in range(4)]
    assert sorted(at_once([partial(_open, stage, order) for order in orders])) == [False, False, False, True]
    with stage.database.read() as tx:
        assert len(organisations.list_organisations(tx)) == 1


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"id": "某县"}, ["id"]),
        ({"name": " ", "short_name": "x" * 51}, ["name", "short_name"]),
        ({"code": "35062"}, ["code"]),
        ({"administrators": THREE[:2]}, ["login", "name", "role"]),
        ({"administrators": (THREE[0], THREE[0], THREE[2])}, ["login", "name", "role"]),
        ({"administrators": (THREE[0], replace(THREE[1], name="甲（虚构）"), THREE[2])}, ["name"]),
        ({"administrators": (THREE[0], replace(THREE[1], login="A"), THREE[2])}, ["login"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(stage: Stage, changes: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        stage.act("system", open_county, replace(ORDER, **changes))
    assert [fault.where["field"] for fault in refused.value.faults] == fields
    with stage.database.read() as tx:
        assert not accounts.any_account(tx)
        assert organisations.list_organisations(tx) == []
