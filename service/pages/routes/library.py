"""设定依据 and 下放（赋权、委托、收回）文件: lists, one of them, entering, changing, 废止 and 收回."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.parts.library import keeping_verdict
from service.actions.put_basis import PutBasis, put_basis
from service.actions.put_document import PutDocument, put_document
from service.actions.repeal_basis import RepealBasis, repeal_basis
from service.actions.withdraw_document import WithdrawDocument, withdraw_document
from service.domain.errors import NotFound
from service.domain.library import BasisStatus, LegalBasis, PowerDocument, PowerKind
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.given import Given
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import items, library, organisations

router = APIRouter()
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
ROWS = 20
LAST = 1_000_000
CHANGEABLE = (BasisStatus.IN_FORCE.value, BasisStatus.UNVERIFIED.value)


@router.get("/legal-bases")
def list_bases(door: Door, status: Text = "", level: Text = "", q: Text = "", after: After = "") -> Response:
    """By id."""

    def look(frame: Frame) -> Page:
        page = library.list_bases(frame.tx, status=status, level=level, q=q.strip(), after=after or None, limit=ROWS)
        return Page(
            "library/bases.html", rows=page.items, next=page.next, first=not after, levels=_levels(frame),
            query={"status": status, "level": level, "q": q}, statuses=[s.value for s in BasisStatus],
            may_put=_may(frame, "basis.put"),
        )  # fmt: skip

    return door.show(look)


@router.get("/new-legal-basis")
def new_basis(door: Door) -> Response:
    """An empty form."""
    return door.show(lambda frame: _basis(frame, LegalBasis("", "")))


@router.post("/new-legal-basis")
def enter_basis(door: Door) -> Response:
    return _put_basis(door, "")


@router.get("/legal-bases/{basis_id}")
def show_basis(door: Door, basis_id: str) -> Response:
    """One basis with the items that rest on it."""
    return door.show(lambda frame: _basis(frame, _basis_of(frame, basis_id)))


@router.post("/legal-bases/{basis_id}")
def change_basis(door: Door, basis_id: str) -> Response:
    return _put_basis(door, basis_id)


@router.post("/legal-bases/{basis_id}/repeal")
def repeal(door: Door, basis_id: str) -> Response:
    """依据废止."""
    given = door.given

    def act(frame: Frame) -> Done:
        day = given.day("repealed_on", required=True)
        reason, number = given.text("reason", required=True), given.text("repeal_number", most=1_000)
        successor, version = given.text("successor_id", most=100), _version(given)
        given.check()
        assert day
        made, affected = repeal_basis(frame, RepealBasis(basis_id, reason, day, number, successor, version))
        return Done(f"/legal-bases/{basis_id}", say("notice.basis_repealed", name=made.name, count=len(affected)))

    return door.do(act, again=lambda frame: _basis(frame, _basis_of(frame, basis_id)), thing=basis_id)


@router.get("/power-documents")
def list_documents(door: Door, kind: Text = "", q: Text = "", after: After = "") -> Response:
    """By id."""

    def look(frame: Frame) -> Page:
        page = library.list_documents(frame.tx, kind=kind, q=q.strip(), after=after or None, limit=ROWS)
        return Page(
            "library/documents.html", rows=page.items, next=page.next, first=not after, names=Names(frame.tx),
            query={"kind": kind, "q": q}, kinds=[k.value for k in PowerKind],
            may_put=_may(frame, "power_document.put"),
        )  # fmt: skip

    return door.show(look)


@router.get("/new-power-document")
def new_document(door: Door) -> Response:
    """An empty form."""
    return door.show(lambda frame: _document(frame, PowerDocument("", PowerKind.DEVOLVE, "", "", "")))


@router.post("/new-power-document")
def enter_document(door: Door) -> Response:
    return _put_document(door, "")


@router.get("/power-documents/{document_id}")
def show_document(door: Door, document_id: str) -> Response:
    """One document."""
    return door.show(lambda frame: _document(frame, _document_of(frame, document_id)))


@router.post("/power-documents/{document_id}")
def change_document(door: Door, document_id: str) -> Response:
    return _put_document(door, document_id)


@router.post("/power-documents/{document_id}/withdraw")
def withdraw(door: Door, document_id: str) -> Response:
    """收回."""
    given = door.given

    def act(frame: Frame) -> Done:
        day = given.day("withdrawn_on", required=True)
        reason, number = given.text("reason", required=True), given.text("withdrawn_by", most=1_000, required=True)
        version = _version(given)
        given.check()
        assert day
        made = withdraw_document(frame, WithdrawDocument(document_id, number, day, reason, version))
        return Done(f"/power-documents/{document_id}", say("notice.document_withdrawn", number=made.number))

    return door.do(act, again=lambda frame: _document(frame, _document_of(frame, document_id)), thing=document_id)


def _put_basis(door: PageDoor, basis_id: str) -> Response:
    given = door.given

    def act(frame: Frame) -> Done:
        status = given.choice("status", CHANGEABLE) or BasisStatus.UNVERIFIED.value
        values: dict[str, Any] = {
            "name": given.text("name", most=1_000, required=True), "number": given.text("number", most=1_000),
            "level": given.text("level", most=64), "issuers": _lines(given, "issuers"),
            "articles": given.text("articles", most=20_000), "effective_on": given.day("effective_on"),
            "status": BasisStatus(status), "note": given.text("note", most=20_000),
        }  # fmt: skip
        id, version = basis_id or given.text("id", most=100), _version(given)
        given.check()
        made = put_basis(frame, PutBasis(values, id, new=not basis_id, if_match=version))
        return Done(f"/legal-bases/{made.id}", say("notice.basis_saved", name=made.name))

    again = lambda frame: _basis(frame, _basis_of(frame, basis_id) if basis_id else LegalBasis("", ""))  # noqa: E731
    return door.do(act, again=again, thing=basis_id)


def _put_document(door: PageDoor, document_id: str) -> Response:
    given = door.given

    def act(frame: Frame) -> Done:
        kind = given.choice("kind", [k.value for k in PowerKind], required=True)
        values: dict[str, Any] = {
            "number": given.text("number", most=1_000, required=True), "issuer": given.text("issuer", most=1_000, required=True),
            "title": given.text("title", most=1_000, required=True), "dated": given.day("dated"),
            "valid_from": given.day("valid_from"), "valid_to": given.day("valid_to"),
            "item_ids": _lines(given, "item_ids"), "township_ids": given.many("township_ids"),
            "note": given.text("note", most=20_000),
        }  # fmt: skip
        id, version = document_id or given.text("id", most=100), _version(given)
        given.check()
        order = PutDocument(values | {"kind": PowerKind(kind)}, id, new=not document_id, if_match=version)
        made = put_document(frame, order)
        return Done(f"/power-documents/{made.id}", say("notice.document_saved", number=made.number))

    blank = PowerDocument("", PowerKind.DEVOLVE, "", "", "")
    again = lambda frame: _document(frame, _document_of(frame, document_id) if document_id else blank)  # noqa: E731
    return door.do(act, again=again, thing=document_id)


def _basis(frame: Frame, basis: LegalBasis) -> Page:
    others = {b.id: b.name for b in library.all_bases(frame.tx) if b.id != basis.id and b.status != "repealed"}
    return Page(
        "library/basis.html", basis=basis, items=items.items_citing(frame.tx, basis.id), levels=_levels(frame),
        others=others, may_put=_may(frame, "basis.put"), may_repeal=_may(frame, "basis.repeal"), statuses=CHANGEABLE,
    )  # fmt: skip


def _document(frame: Frame, document: PowerDocument) -> Page:
    governed = [o for o in organisations.list_organisations(frame.tx) if o.kind.value in ("township", "zone")]
    return Page(
        "library/document.html", document=document, kinds=[k.value for k in PowerKind],
        townships={o.id: o.name for o in governed}, may_put=_may(frame, "power_document.put"),
        items={i.id: i.name for i in items.items_by_ids(frame.tx, document.item_ids)},
    )  # fmt: skip


def _basis_of(frame: Frame, basis_id: str) -> LegalBasis:
    found = library.get_basis(frame.tx, basis_id)
    if found is None:
        raise NotFound("basis.unknown", id=basis_id[:60])
    return found


def _document_of(frame: Frame, document_id: str) -> PowerDocument:
    found = library.get_document(frame.tx, document_id)
    if found is None:
        raise NotFound("power_document.unknown", id=document_id[:60])
    return found


def _levels(frame: Frame) -> dict[str, str]:
    return {e.code: e.label for e in library.list_entries(frame.tx, "basis_level") if e.active}


def _may(frame: Frame, verb: str) -> bool:
    return bool(keeping_verdict(frame, verb, Keeping()))


def _lines(given: Given, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.text(name, most=20_000).splitlines() if line.strip())


def _version(given: Given) -> int | None:
    return given.whole("version", least=1, most=LAST)
