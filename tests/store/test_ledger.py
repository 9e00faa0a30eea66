"""授权台账, seals, and re-usable verdicts."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from service.domain.items import Authorisation, AuthorisationStatus, Seal, Verdict
from service.store import ledger
from service.store.session import Database
from tests.store.county import NOW, add_cases, later

TODAY = date(2022, 10, 14)


@pytest.fixture
def county(county: Database) -> Database:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
    return county


def authorisation(id: str, item: str, **more: Any) -> Authorisation:
    plain: dict[str, Any] = {
        "township_id": "huotian", "item_version": 1, "item_name": "生育登记", "item_class": "E1", "scope": "decide",
        "status": AuthorisationStatus.TRIAL, "case_id": "a", "document_number": "火政〔2022〕1号", "document_date": TODAY,
        "notice_number": "", "filing_number": "", "effective_at": NOW, "valid_from": TODAY, "valid_to": None,
        "seal_id": None,
    }  # fmt: skip
    return Authorisation(id=id, item_id=item, **plain | more)


def verdict(id: str, **more: Any) -> Verdict:
    plain: dict[str, Any] = {
        "kind": "sign_off", "department_id": "weijian", "subject_id": "birth", "subject_version": 2,
        "conclusion": "agree", "detail": "", "case_id": "a", "decided_at": NOW, "valid_until": TODAY,
    }  # fmt: skip
    return Verdict(id=id, **plain | more)


def test_writing_an_authorisation_twice_gives_one_row(county: Database) -> None:
    with county.begin() as tx:
        for _ in range(2):
            ledger.put_authorisation(tx, authorisation("x", "birth"))
        assert ledger.list_authorisations(tx).items == [authorisation("x", "birth")]


@pytest.mark.parametrize("status", list(AuthorisationStatus))
def test_valid_are_those_on_trial_and_in_force_in_this_township(county: Database, status: AuthorisationStatus) -> None:
    with county.begin() as tx:
        ledger.put_authorisation(tx, authorisation("x", "birth", status=status))
        ledger.put_authorisation(tx, authorisation("y", "birth", township_id="heping"))
        ledger.put_authorisation(tx, authorisation("z", "other"))
        found = [a.id for a in ledger.valid_authorisations(tx, "huotian", ["birth", "birth", "unknown"])]
    valid = status in (AuthorisationStatus.TRIAL, AuthorisationStatus.IN_FORCE)
    assert found == (["x"] if valid else [])


def test_a_trial_s_end_changes_only_the_rows_of_its_case_that_are_on_trial(county: Database) -> None:
    with county.begin() as tx:
        ledger.put_authorisation(tx, authorisation("x", "birth"))
        ledger.put_authorisation(tx, authorisation("r", "other", status=AuthorisationStatus.REVOKED))
        ledger.put_authorisation(tx, authorisation("y", "birth", case_id="b"))
        assert ledger.set_authorisation_status(tx, "a", old="trial", new="in_force") == 1
        assert ledger.set_authorisation_status(tx, "a", old="trial", new="in_force") == 0
        found = {a.id: a.status.value for a in ledger.list_authorisations(tx).items}
    assert found == {"x": "in_force", "r": "revoked", "y": "trial"}


def test_an_unknown_status_is_refused(county: Database) -> None:
    with county.begin() as tx, pytest.raises(ValueError, match="eternal"):
        ledger.set_authorisation_status(tx, "a", old="trial", new="eternal")


def test_the_ledger_lists_newest_first_and_filters(county: Database) -> None:
    with county.begin() as tx:
        ledger.put_authorisation(tx, authorisation("x", "birth"))
        ledger.put_authorisation(tx, authorisation("y", "other", effective_at=later(days=1), case_id="b"))
        assert [a.id for a in ledger.list_authorisations(tx).items] == ["y", "x"]
        assert [a.id for a in ledger.list_authorisations(tx, item="birth", township="huotian").items] == ["x"]
        assert [a.id for a in ledger.list_authorisations(tx, case_id="b").items] == ["y"]
        assert ledger.list_authorisations(tx, status="revoked").items == []


def test_a_centre_s_active_seal_is_found_by_kind(county: Database) -> None:
    seal = Seal("s", "huotian-center", "special", "专用章", "round", 42, "made")
    with county.begin() as tx:
        ledger.put_seal(tx, seal)
        assert ledger.active_seal(tx, "huotian-center", "special") is None
        ledger.put_seal(tx, replace(seal, status="active", filing_date=TODAY))
        assert ledger.active_seal(tx, "huotian-center", "special") == ledger.get_seal(tx, "s")
        assert ledger.active_seal(tx, "huotian-center", "official") is None
        assert ledger.active_seal(tx, "heping", "special") is None
        assert [s.status for s in ledger.list_seals(tx, organisation_id="huotian-center").items] == ["active"]
        assert ledger.list_seals(tx, organisation_id="heping").items == []


@pytest.mark.parametrize(
    ("wanted", "on", "holds"),
    [
        ({}, TODAY, True),
        ({}, date(2022, 10, 13), True),
        ({}, date(2022, 10, 15), False),
        ({"subject_version": 1}, TODAY, False),
        ({"subject_version": 3}, TODAY, False),
        ({"subject_id": "death"}, TODAY, False),
        ({"department_id": "nongye"}, TODAY, False),
        ({"kind": "form_check"}, TODAY, False),
    ],
)
def test_a_verdict_holds_for_its_version_to_its_last_day(
    county: Database, wanted: dict[str, Any], on: date, holds: bool
) -> None:
    question: dict[str, Any] = {
        "kind": "sign_off",
        "department_id": "weijian",
        "subject_id": "birth",
        "subject_version": 2,
    } | wanted
    with county.begin() as tx:
        ledger.put_verdict(tx, verdict("v"))
        assert (ledger.valid_verdict(tx, **question, on=on) is not None) == holds


def test_the_newest_verdict_that_still_holds_counts(county: Database) -> None:
    def put(id: str, decided_at: datetime, valid_until: date) -> None:
        ledger.put_verdict(tx, verdict(id, decided_at=decided_at, valid_until=valid_until))

    with county.begin() as tx:
        put("old", later(days=-9), date(2023, 1, 1))
        put("new", later(days=-1), date(2023, 1, 1))
        put("newest but over", NOW, date(2022, 10, 1))
        found = ledger.valid_verdict(
            tx, kind="sign_off", department_id="weijian", subject_id="birth", subject_version=2, on=TODAY
        )
        assert found
        assert found.id == "new"
        assert [v.id for v in ledger.verdicts_of_case(tx, "a")] == ["new", "newest but over", "old"]
