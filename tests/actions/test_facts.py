"""What handlers get to know."""

from dataclasses import replace
from datetime import UTC, date, datetime

from service.actions.parts.facts import FACTS
from service.domain.items import Form, Verdict
from service.domain.library import PowerDocument, PowerKind, Station, StationStatus
from service.store import items, ledger, library
from tests.actions.bookshelf import described, put
from tests.actions.stage import Stage

ROW = {"form_id": "f", "version": 1, "owner_id": "yunxiao", "name": "登记表"}


def _verdict(case: str, version: int) -> Verdict:
    return Verdict(
        f"v{version}", "form_check", "yunxiao", "f", version, conclusion="passed", detail="", case_id=case,
        decided_at=datetime(2022, 10, 14, tzinfo=UTC), valid_until=date(2023, 10, 14),
    )  # fmt: skip


def test_a_form_is_judged_by_the_verdict_of_its_newest_version(stage: Stage) -> None:
    """A check that ended in a new form leaves the batch holding the old version's number."""
    case = stage.case(stage.start().case.id)
    with stage.frame("system") as frame:
        for version in (1, 2):
            items.put_form(frame.tx, Form("f", version, "登记表", "yunxiao", "county"))
        ledger.put_verdict(frame.tx, _verdict(case.id, 1))
        given = {"items": [{"item_id": "a", "forms": [ROW]}]}
        assert FACTS["form_verdicts"](frame, case, given) == [], (
            "the old version's verdict says nothing about the new form"
        )
        ledger.put_verdict(frame.tx, _verdict(case.id, 2))
        (found,) = FACTS["form_verdicts"](frame, case, given)
    assert (found["subject_id"], found["conclusion"]) == ("f", "passed")


def test_the_precheck_learns_how_far_an_item_is_prepared_and_what_is_wrong_with_it(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    given = {"items": [{"item_id": "jiuzhu"}]}
    put(shelf_stage, catalog_code="3501123450", id="other", name="别的")
    described(shelf_stage)
    with shelf_stage.frame("system") as frame:
        (row,) = FACTS["item_library"](frame, case, given)
        (other,) = FACTS["item_library"](frame, case, {"items": [{"item_id": "other"}]})
    assert (row["sorting"], row["version"], row["faults"], row["power_lapsed"]) == ("described", 2, [], False)
    assert (other["sorting"], other["faults"]) == ("draft", ["基本编码是旧位数（10位），请换用12位编码。"])


def test_a_registered_power_document_must_hold_in_the_township_today(shelf_stage: Stage) -> None:
    case = shelf_stage.case(shelf_stage.start().case.id)
    described(shelf_stage)
    paper = PowerDocument(
        "d", PowerKind.EMPOWER, "示例〔2022〕1号", "t", "i", item_ids=("jiuzhu",), township_ids=("heping",)
    )

    def lapsed() -> bool:
        with shelf_stage.frame("system") as frame:
            (row,) = FACTS["item_library"](frame, case, {"items": [{"item_id": "jiuzhu"}]})
        return bool(row["power_lapsed"])

    for document, expected in (
        (paper, True),
        (replace(paper, township_ids=("huotian",)), False),
        (replace(paper, township_ids=(), withdrawn_on=date(2022, 10, 14)), True),
        (replace(paper, township_ids=(), withdrawn_on=date(2022, 10, 15)), False),
    ):
        with shelf_stage.database.begin() as tx:
            library.put_document(tx, document)
        assert lapsed() is expected


def test_a_station_counts_as_gone_where_no_township_has_one_any_more(stage: Stage) -> None:
    case = stage.case(stage.start().case.id)
    gone = Station("a", "huotian", "农技站", ("农业技术推广站",), StationStatus.ABOLISHED, "示例〔2019〕1号")
    rows = [
        gone, replace(gone, id="b", township_id="heping", abolition_number="示例〔2019〕2号"),
        replace(gone, id="c", name="林业站", aliases=()),
        Station("d", "heping", "林业站", (), StationStatus.BRANCH),
        Station("e", "heping", "水利站", (), StationStatus.UNCLEAR),
    ]  # fmt: skip
    with stage.database.begin() as tx:
        for row in rows:
            library.put_station(tx, row)
    looked_up = [{"station": "经管站", "status": "abolished", "document_number": "示例〔2020〕3号"}]
    with stage.frame("system") as frame:
        found = FACTS["stations"](frame, case, {"pending_stations": looked_up})
    both = "示例〔2019〕1号、示例〔2019〕2号"
    assert found == {"农技站": both, "农业技术推广站": both, "经管站": "示例〔2020〕3号"}
