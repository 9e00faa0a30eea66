"""三员: whoever is an administrator holds no post and audits no business. The database itself refuses it, whoever writes."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from service.domain.people import Person, Role
from service.store import people, schema
from service.store.session import Database, normal_url
from tests.databases import Shelf
from tests.store.together import at_once

FORBIDDEN = [
    "INSERT INTO post_holding (person_id, post, organisation_id) VALUES ('boss', 'dept_clerk', 'huotian')",
    "INSERT INTO post_holding (person_id, post, organisation_id, kind) "
    "VALUES ('boss', 'dept_clerk', 'huotian', 'administrator')",
    "UPDATE post_holding SET person_id = 'boss' WHERE person_id = 'p-huotian'",
    "UPDATE post_holding SET kind = 'administrator' WHERE person_id = 'p-huotian'",
    "INSERT INTO person_role (person_id, role) VALUES ('p-huotian', 'audit_admin')",
    "INSERT INTO person_role (person_id, role, kind) VALUES ('p-huotian', 'audit_admin', 'officer')",
    "INSERT INTO person_role (person_id, role) VALUES ('boss', 'security_admin')",
    "INSERT INTO person_role (person_id, role) VALUES ('free', 'emperor')",
    "UPDATE person_role SET person_id = 'p-huotian' WHERE person_id = 'boss'",
    "UPDATE person SET auditor = true WHERE id = 'boss'",
    "UPDATE person SET kind = 'administrator' WHERE id = 'p-huotian'",
    "UPDATE person SET kind = 'officer' WHERE id = 'boss'",
    "UPDATE person SET kind = 'administrator', auditor = true WHERE id = 'free'",
    "UPDATE person SET kind = 'both' WHERE id = 'free'",
]


@pytest.fixture
def hall(county: Database) -> Database:
    with county.begin() as tx:
        people.add_person(tx, Person("boss", "管（虚构）", "yunxiao"), holdings=(), roles=(Role.SYSTEM_ADMIN,))
        people.add_person(tx, Person("free", "闲（虚构）", "yunxiao"), holdings=())
    return county


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_plain_sql_is_refused(hall: Database, statement: str) -> None:
    with pytest.raises(IntegrityError), hall.begin() as tx:
        tx.connection.execute(text(statement))


def test_what_is_not_forbidden_goes(hall: Database) -> None:
    with hall.begin() as tx:
        for statement in (
            "INSERT INTO post_holding (person_id, post, organisation_id) VALUES ('free', 'dept_clerk', 'huotian')",
            "UPDATE person SET auditor = true WHERE id = 'free'",
            "DELETE FROM person_role WHERE person_id = 'boss'",
            "UPDATE person SET kind = 'officer', auditor = true WHERE id = 'boss'",
        ):
            assert tx.connection.execute(text(statement)).rowcount == 1


def test_a_post_and_a_role_given_at_the_same_moment_are_not_both_kept(many_writers: Database) -> None:
    with many_writers.begin() as tx:
        people.add_person(tx, Person("free", "闲（虚构）", "yunxiao"), holdings=())

    def post(connection: Connection) -> None:
        connection.execute(text(FORBIDDEN[0].replace("boss", "free")))

    def role(connection: Connection) -> None:
        connection.execute(text("UPDATE person SET kind = 'administrator' WHERE id = 'free'"))
        connection.execute(text("INSERT INTO person_role (person_id, role) VALUES ('free', 'audit_admin')"))

    def give(what: Any) -> bool:
        try:
            with many_writers.begin() as tx:
                what(tx.connection)
        except IntegrityError:
            return False
        return True

    assert sorted(at_once([lambda: give(post), lambda: give(role)])) == [False, True]


@pytest.fixture
def old_url(shelf: Shelf) -> Iterator[str]:
    """A database of the first schema with people, accounts and a session in it."""
    name = f"old{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    with schema._engine(url) as engine, engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _live_rows(connection)
    yield url
    shelf.drop(url)


def _live_rows(connection: Connection) -> None:
    moment = "'2026-01-02 03:04:05.000000'"
    rows = [
        "INSERT INTO organisation (id, name, short_name, kind, code, office, head_title) VALUES ('y', 'y', 'y', 'county', '', '', '')"
    ]
    for person in ("li", "boss"):
        rows += [
            f"INSERT INTO person (id, name, organisation_id, fictional, active, auditor) VALUES ('{person}', 'n', 'y', true, true, true)",
            f"INSERT INTO account (person_id, login, password_hash, failures) VALUES ('{person}', '{person}', 'hash', 3)",
            f"INSERT INTO post_holding (person_id, post, organisation_id) VALUES ('{person}', 'dept_clerk', 'y')",
            f"INSERT INTO session (token_hash, person_id, created_at, expires_at, idle_until) VALUES "
            f"('{person.ljust(64, '0')}', '{person}', {moment}, {moment}, {moment})",
            f"INSERT INTO api_token (id, token_hash, person_id, name, scopes, created_at, expires_at) VALUES "
            f"('{person}', '{person}', '{person}', 'x', '[]', {moment}, {moment})",
        ]
    rows.append("INSERT INTO person_role (person_id, role) VALUES ('boss', 'audit_admin')")
    for row in rows:
        connection.execute(text(row))


def test_a_database_with_people_in_it_is_brought_along(old_url: str) -> None:
    schema.migrate(old_url)
    assert schema.differences(old_url) == []
    with create_engine(normal_url(old_url), poolclass=NullPool).connect() as connection:
        kinds = connection.execute(text("SELECT id, kind, auditor FROM person ORDER BY id")).all()
        held = connection.execute(text("SELECT person_id, kind FROM post_holding")).all()
        known = connection.execute(
            text("SELECT login, password_hash, must_change, version FROM account ORDER BY login")
        ).all()
        seen = connection.execute(text("SELECT id, method, second_factor_due FROM session ORDER BY id")).all()
        assert connection.execute(text("SELECT count(*) FROM session WHERE seen_at = created_at")).scalar() == 2
        assert connection.execute(text("SELECT count(*) FROM api_token WHERE last_used_at IS NULL")).scalar() == 2
    assert [tuple(r) for r in kinds] == [("boss", "administrator", False), ("li", "officer", True)]
    assert [tuple(r) for r in held] == [("li", "officer")], "a post of an administrator gave no right and is gone"
    assert [tuple(r) for r in known] == [("boss", "hash", False, 0), ("li", "hash", False, 0)]
    assert [r.id for r in seen] == ["boss".ljust(32, "0"), "li".ljust(32, "0")]
