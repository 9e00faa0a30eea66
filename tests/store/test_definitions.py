"""Deployed versions."""

from service.domain.cases import CaseStatus, Definition
from service.store import definitions
from service.store.session import Database
from tests.store.county import NOW, add_cases, later
from tests.store.together import at_once


def deploy(database: Database, digest: str) -> int:
    """As an administrator does it: lock, look, write."""
    with database.begin() as tx:
        definitions.lock_deployments(tx)
        newest = definitions.latest_definition(tx, "small")
        if newest and newest.bundle_digest == digest:
            return newest.version
        definitions.add_bundle(tx, digest, {"a.bpmn": digest.encode()}, at=NOW)
        version = newest.version + 1 if newest else 1
        definitions.add_definition(tx, Definition("small", version, "小", digest, deployed_at=NOW, deployed_by="admin"))
        return version


def test_two_administrators_who_deploy_the_same_diagram_at_once_make_one_version(database: Database) -> None:
    assert at_once([lambda: deploy(database, "x")] * 4) == [1] * 4
    with database.read() as tx:
        assert len(definitions.list_definitions(tx)) == 1


def test_two_who_deploy_different_diagrams_at_once_make_two_versions(database: Database) -> None:
    versions = at_once([lambda: deploy(database, "x"), lambda: deploy(database, "y")])
    assert sorted(versions) == [1, 2]


def test_it_finds_the_newest_and_any_version(database: Database) -> None:
    for digest in ("x", "y", "z"):
        deploy(database, digest)
    with database.read() as tx:
        newest, second = definitions.latest_definition(tx, "small"), definitions.get_definition(tx, "small", version=2)
        assert newest
        assert second
        assert (newest.bundle_digest, second.bundle_digest) == ("z", "y")
        assert definitions.get_definition(tx, "small", version=4) is None
        assert definitions.latest_definition(tx, "other") is None
        assert [d.version for d in definitions.list_definitions(tx)] == [3, 2, 1]


def test_the_files_of_a_bundle_are_kept_byte_for_byte_and_keeping_them_again_changes_nothing(
    database: Database,
) -> None:
    files = {"流程.bpmn": b"\xef\xbb\xbf<a/>\r\n", "b.form": b"", "a.dmn": bytes(range(256))}
    with database.begin() as tx:
        definitions.add_bundle(tx, "d", files, at=NOW)
        definitions.add_bundle(tx, "d", {"other": b"x"}, at=later(days=1))
    with database.read() as tx:
        assert definitions.bundle_files(tx, "d") == files
        assert definitions.bundle_files(tx, "unknown") == {}


def test_it_counts_the_cases_of_each_version_that_have_not_ended(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b", definition_version=1)
        add_cases(tx, "c", definition_version=2, status=CaseStatus.SUSPENDED)
        add_cases(tx, "d", definition_version=2, status=CaseStatus.COMPLETED)
        add_cases(tx, "e", definition_version=3, status=CaseStatus.CANCELLED)
    with county.read() as tx:
        assert definitions.running_cases(tx) == {("small", 1): 2, ("small", 2): 1}
