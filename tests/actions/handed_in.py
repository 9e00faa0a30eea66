"""Workbooks handed in on the stage: read as they would be, without a child process; three administrators and a reform office (虚构)."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.actions.confirm_import import ConfirmImport, confirm_import
from service.actions.preview_import import PreviewImport, preview_import
from service.domain.people import Holding, Organisation, OrgKind, Person, Role
from service.domain.sheets.batch import Batch
from service.domain.sheets.cells import book_from
from service.domain.sheets.plan import Line, State
from service.sheets.workbook import sheets_in
from service.store import accounts, imports, organisations, people
from service.store.imports import lines_of
from tests.actions.stage import Stage
from tests.domain.filled import rows_of
from tests.sheets.made import xlsx

PLACE = {
    "id": "nanping",
    "name": "南坪镇人民政府",
    "short_name": "南坪镇",
    "kind": "乡镇",
    "parent_id": "yunxiao",
    "code": 350622199,
}
PERSON = {"id": "zhangsan", "name": "张三（虚构）", "organisation_id": "huotian-center"}
POST = {"person_id": "director", "post": "便民服务中心经办", "organisation_id": "huotian-center"}
STATION = {"id": "zs-1", "township_id": "huotian", "name": "农技站", "aliases": "农业站"}
ITEM = {
    "id": "sx-1",
    "name": "临时救助",
    "department_id": "minzheng",
    "power_source": "法定本级行使",
    "catalog_code": "",
}


def man(stage: Stage) -> None:
    """The other two administrators, two departments with a clerk each, a clerk of the reform office; two of the centre have accounts."""
    with stage.database.begin() as tx:
        for id, role in (("secadmin", Role.SECURITY_ADMIN), ("auditadmin", Role.AUDIT_ADMIN)):
            people.add_person(tx, Person(id, f"{id}（虚构）", "yunxiao", fictional=True), holdings=(), roles=(role,))
        for id in ("minzheng", "nongye"):
            organisations.add_organisation(
                tx, Organisation(id, f"县{id}局", id, OrgKind.DEPARTMENT, parent_id="yunxiao")
            )
            clerk = Person(f"{id}-clerk", f"{id}经办（虚构）", id, fictional=True)
            people.add_person(tx, clerk, holdings=(Holding("dept_clerk", id),))
        reform = Person("reform-clerk", "审改办经办（虚构）", "shengaiban", fictional=True)
        people.add_person(tx, reform, holdings=(Holding("reform_clerk", "shengaiban"),))
        for person in ("clerk", "director"):
            accounts.set_password(tx, person, login=person, password_hash="none")


def file_of(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Kind -> rows by column."""
    from service.domain.sheets.kinds import BY_ID

    return xlsx({BY_ID[kind].title: rows_of(kind, *rows) for kind, rows in tables.items()})


def order(content: bytes, name: str = "表格.xlsx") -> PreviewImport:
    return PreviewImport(name, content, book_from(sheets_in(content)))


def preview(stage: Stage, person: str, **tables: Sequence[Mapping[str, Any]]) -> Batch:
    return stage.act(person, preview_import, order(file_of(tables)))


def confirm(stage: Stage, person: str, batch: Batch) -> Batch:
    return stage.act(person, confirm_import, ConfirmImport(batch.id))


def imported(stage: Stage, person: str, **tables: Sequence[Mapping[str, Any]]) -> Batch:
    return confirm(stage, person, preview(stage, person, **tables))


def lines(stage: Stage, batch: Batch) -> list[Line]:
    with stage.database.read() as tx:
        return list(lines_of(tx, batch.id, list(State)))


def stored(stage: Stage, batch: Batch) -> Batch:
    with stage.database.read() as tx:
        found = imports.get_batch(tx, batch.id)
    assert found
    return found
