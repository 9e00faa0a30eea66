"""Five hundred rows with twenty planted faults: each is told with row and reason, no other row is, and nothing is stored of any of them."""

import io

import openpyxl
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.domain.people import Person
from service.domain.sheets.kinds import BY_ID
from service.store import accounts, people
from tests.actions import handed_in
from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal
from tests.api.planted import FIELDS, ROWS, sown
from tests.domain.filled import rows_of
from tests.sheets.made import saved, workbook

pytestmark = pytest.mark.timeout(300)  # thousands of statements, and a busy machine
TABLES = {
    "organisations": "organisation", "people": "person", "posts": "post_holding", "stations": "station", "legal_bases": "legal_basis",
    "forms": "form", "items": "item", "power_documents": "power_document",
}  # fmt: skip


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)
    with stage.database.begin() as tx:
        for n in range(ROWS // 3 + 1):
            people.add_person(tx, Person(f"p-{n}", f"人{n}（虚构）", "huotian-center", fictional=True), holdings=())
            accounts.set_password(tx, f"p-{n}", login=f"p-{n}", password_hash="none")


def count(stage: Stage, kind: str) -> int:
    with create_engine(stage.database.url, poolclass=NullPool).connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {TABLES[kind]}")).scalar_one())


def file_of(kind: str, rows: list[dict[str, object]]) -> bytes:
    """Characters that a spreadsheet's library would not write itself are written the format's own way."""
    found = rows_of(kind, *rows)
    fit = [[_fit(value) for value in row] for row in found]
    return saved(workbook({BY_ID[kind].title: fit}))


def _fit(value: object) -> object:
    return (
        "".join(f"_x{ord(c):04X}_" if ord(c) < 32 and c != "\n" else c for c in value)
        if isinstance(value, str)
        else value
    )


@pytest.mark.parametrize("kind", FIELDS)
def test_every_planted_fault_is_told_with_its_row_and_reason_and_nothing_is_stored(desk: Desk, kind: str) -> None:
    field = FIELDS[kind]
    rows, expected = sown(field)
    assert len(expected) == 20
    before = count(desk.stage, kind)
    client = desk.of(field.person)
    answer = client.post("/imports", files={"file": (f"{kind}.xlsx", file_of(kind, rows))})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert {(fault["row"], fault["heading"]) for fault in found["faults"]} == set(expected.items())
    assert found["fault_count"] == 20, [fault["message"] for fault in found["faults"]]
    assert all(
        fault["wanted"] and fault["found"] and f"第{fault['row']}行{fault['column']}列" in fault["message"]
        for fault in found["faults"]
    )
    assert (found["status"], found["sheets"][0]["faulty"], found["sheets"][0]["new"]) == ("faulty", 20, ROWS - 20)
    refusal(client.post(f"/imports/{found['id']}/confirm"), 422, "invalid")
    assert count(desk.stage, kind) == before
    copy = client.get(f"/imports/{found['id']}/faults.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(copy.content))[BY_ID[kind].title]
    assert {cell.row for row in sheet.iter_rows() for cell in row if cell.comment} == set(expected)


@pytest.mark.parametrize("kind", FIELDS)
def test_the_same_rows_without_them_are_imported_whole_and_again_change_nothing(desk: Desk, kind: str) -> None:
    field = FIELDS[kind]
    rows = [field.row(n) for n in range(ROWS)]
    before = count(desk.stage, kind)
    client = desk.of(field.person)
    found = client.post("/imports", files={"file": (f"{kind}.xlsx", file_of(kind, rows))}).json()
    assert (found["status"], found["faults"]) == ("ready", [])
    assert client.post(f"/imports/{found['id']}/confirm").json()["status"] == "applied"
    assert count(desk.stage, kind) == before + ROWS
    out = client.get(f"/exports/{kind}.xlsx").content
    again = client.post("/imports", files={"file": ("again.xlsx", out)}).json()
    (counted,) = again["sheets"]
    assert (counted["new"], counted["changed"], counted["faulty"]) == (0, 0, 0)
    assert counted["unchanged"] >= ROWS
