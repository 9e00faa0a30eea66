"""Legal bases, power documents and stations: anybody signed in reads them, who may changes them."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query, Response

from service.actions.frame import Frame
from service.actions.put_basis import PutBasis, put_basis
from service.actions.put_document import PutDocument, put_document
from service.actions.put_station import PutStation, put_station
from service.actions.repeal_basis import RepealBasis, repeal_basis
from service.actions.withdraw_document import WithdrawDocument, withdraw_document
from service.api.door import Answer, Door, missing
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import library as shapes
from service.api.shapes.base import After, Limit, Listed, Names, listed
from service.domain.library import BasisStatus, LegalBasis, PowerDocument, Station
from service.store import items, library

router = new_router("library")
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/legal-bases")
def list_bases(
    door: Door, status: Filter = None, level: Filter = None, q: Filter = None, after: After = None, limit: Limit = 50
) -> Listed[shapes.BasisShown]:
    """设定依据. `q`: part of name or 文号."""

    def look(frame: Frame) -> Listed[shapes.BasisShown]:
        page = library.list_bases(frame.tx, status=status, level=level, q=q, after=after, limit=limit)
        return listed(page, shapes.basis)

    return door.read(look)


@router.get("/legal-bases/{basis_id}")
def show_basis(door: Door, basis_id: str) -> shapes.BasisPageShown:
    """One legal basis and the items that rest on it."""

    def look(frame: Frame) -> shapes.BasisPageShown:
        found = library.get_basis(frame.tx, basis_id) or missing("basis.unknown", id=basis_id)
        return shapes.basis_page(found, [item.id for item in items.items_citing(frame.tx, basis_id)])

    return door.read(look)


@router.post("/legal-bases", status_code=201, response_model=shapes.BasisShown, responses=WRITE_PROBLEMS)
def create_basis(door: Door, body: shapes.NewBasisGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """By 县审改办 or any department."""
    order = PutBasis(shapes.fields(body, status=BasisStatus), body.id, new=True)
    return _write(door, lambda frame: put_basis(frame, order), shapes.basis, thing=body.id, status=201)


@router.patch("/legal-bases/{basis_id}", response_model=shapes.BasisShown, responses=WRITE_PROBLEMS)
def revise_basis(
    door: Door, basis_id: str, body: shapes.BasisFieldsGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Fields left out stay; a repealed basis is not changed."""
    order = PutBasis(shapes.fields(body, status=BasisStatus), basis_id, if_match=door.if_match)
    return _write(door, lambda frame: put_basis(frame, order), shapes.basis, thing=basis_id)


@router.post("/legal-bases/{basis_id}/repeal", response_model=shapes.BasisPageShown, responses=WRITE_PROBLEMS)
def repeal(
    door: Door, basis_id: str, body: shapes.RepealGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """依据废止, by 县审改办: batches in preparation with an item that rests on it are told, and the departments."""
    order = RepealBasis(basis_id, body.reason, body.repealed_on, body.number, body.successor, door.if_match)

    def act(frame: Frame) -> Answer:
        made, affected = repeal_basis(frame, order)
        return Answer(shapes.basis_page(made, [item.id for item in affected]), version=made.version)

    return door.write(act, thing=basis_id)


@router.get("/power-documents")
def list_documents(
    door: Door, kind: Filter = None, q: Filter = None, after: After = None, limit: Limit = 50
) -> Listed[shapes.DocumentShown]:
    """下放、赋权、委托、收回文件. `q`: part of title or 文号."""

    def look(frame: Frame) -> Listed[shapes.DocumentShown]:
        page = library.list_documents(frame.tx, kind=kind, q=q, after=after, limit=limit)
        return listed(page, shapes.document)

    return door.read(look)


@router.get("/power-documents/{document_id}")
def show_document(door: Door, document_id: str) -> shapes.DocumentShown:
    """One document."""

    def look(frame: Frame) -> shapes.DocumentShown:
        found = library.get_document(frame.tx, document_id)
        return shapes.document(found or missing("power_document.unknown", id=document_id))

    return door.read(look)


@router.post("/power-documents", status_code=201, response_model=shapes.DocumentShown, responses=WRITE_PROBLEMS)
def create_document(door: Door, body: shapes.NewDocumentGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """By 县审改办."""
    order = PutDocument(shapes.fields(body), body.id, new=True)
    return _write(door, lambda frame: put_document(frame, order), shapes.document, thing=body.id, status=201)


@router.patch("/power-documents/{document_id}", response_model=shapes.DocumentShown, responses=WRITE_PROBLEMS)
def revise_document(
    door: Door, document_id: str, body: shapes.DocumentFieldsGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Fields left out stay; a withdrawn document is not changed."""
    order = PutDocument(shapes.fields(body), document_id, if_match=door.if_match)
    return _write(door, lambda frame: put_document(frame, order), shapes.document, thing=document_id)


@router.post("/power-documents/{document_id}/withdraw", response_model=shapes.DocumentShown, responses=WRITE_PROBLEMS)
def withdraw(
    door: Door, document_id: str, body: shapes.WithdrawGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """收回, by 县审改办: batches of its townships with its items are told, and the departments."""
    order = WithdrawDocument(document_id, body.number, body.withdrawn_on, body.reason, door.if_match)
    return _write(door, lambda frame: withdraw_document(frame, order), shapes.document, thing=document_id)


@router.get("/stations")
def list_stations(
    door: Door, township: Filter = None, status: Filter = None, after: After = None, limit: Limit = 50
) -> Listed[shapes.StationShown]:
    """七站八所登记."""

    def look(frame: Frame) -> Listed[shapes.StationShown]:
        names = Names(frame.tx)
        page = library.list_stations(frame.tx, township_id=township, status=status, after=after, limit=limit)
        return listed(page, lambda found: shapes.station(found, names))

    return door.read(look)


@router.post("/stations", status_code=201, response_model=shapes.StationShown, responses=WRITE_PROBLEMS)
def create_station(door: Door, body: shapes.NewStationGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """By 县审改办 or 党政办 of the township."""
    order = PutStation(shapes.fields(body), body.id, body.township, new=True)
    return _station(door, order, thing=body.id, status=201)


@router.patch("/stations/{station_id}", response_model=shapes.StationShown, responses=WRITE_PROBLEMS)
def revise_station(
    door: Door, station_id: str, body: shapes.StationFieldsGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Fields left out stay."""
    return _station(door, PutStation(shapes.fields(body), station_id, if_match=door.if_match), thing=station_id)


def _station(door: Door, order: PutStation, *, thing: str, status: int = 200) -> Response:
    def act(frame: Frame) -> Answer:
        made = put_station(frame, order)
        return Answer(shapes.station(made, Names(frame.tx)), status=status, version=made.version)

    return door.write(act, thing=thing)


def _write(
    door: Door, verb: Callable[[Frame], Any], show: Callable[[Any], Any], *, thing: str, status: int = 200
) -> Response:
    """The row after the act, its version as the ETag."""

    def act(frame: Frame) -> Answer:
        made: LegalBasis | PowerDocument | Station = verb(frame)
        return Answer(show(made), status=status, version=made.version)

    return door.write(act, thing=thing)
