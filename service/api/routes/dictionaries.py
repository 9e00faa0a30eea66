"""Codebooks, and the forms that items name."""

from typing import Annotated

from fastapi import Query, Response

from service.actions.deactivate_entry import DeactivateEntry, deactivate_entry
from service.actions.frame import Frame
from service.actions.put_entry import PutEntry, put_entry
from service.actions.put_form import PutForm, put_form
from service.actions.stop_form import StopForm, stop_form
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import library as shapes
from service.api.shapes import registers as forms
from service.api.shapes.base import After, Limit, Listed, Names, Reason, listed
from service.store import items, library

router = new_router("library")
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/dictionaries")
def list_entries(door: Door, dictionary: Filter = None) -> shapes.EntriesShown:
    """The codes of one dictionary or of all, those out of use too."""
    return door.read(
        lambda frame: shapes.EntriesShown(items=[shapes.entry(e) for e in library.list_entries(frame.tx, dictionary)])
    )


@router.post("/dictionaries/{dictionary}", status_code=201, response_model=shapes.EntryShown, responses=WRITE_PROBLEMS)
def create_entry(
    door: Door, dictionary: str, body: shapes.NewEntryGiven, idempotency_key: IdempotencyKey = None
) -> Response:
    """A code of the county's own, by the system administrator or 县审改办. Codes that decisions read are fixed."""
    order = PutEntry(dictionary, body.code, body.label, body.position, body.source, new=True)
    return _entry(door, order, thing=f"{dictionary}/{body.code}", status=201)


@router.put("/dictionaries/{dictionary}/{code}", response_model=shapes.EntryShown, responses=WRITE_PROBLEMS)
def revise_entry(
    door: Door, dictionary: str, code: str, body: shapes.EntryGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Another label, place or source; back into use."""
    order = PutEntry(dictionary, code, body.label, body.position, body.source, if_match=door.if_match)
    return _entry(door, order, thing=f"{dictionary}/{code}")


@router.post("/dictionaries/{dictionary}/{code}/deactivate", response_model=shapes.EntryShown, responses=WRITE_PROBLEMS)
def deactivate(
    door: Door, dictionary: str, code: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """Out of use: items that have the code keep it, nothing takes it anew. A code is never removed."""

    def act(frame: Frame) -> Answer:
        made = deactivate_entry(frame, DeactivateEntry(dictionary, code, door.if_match))
        return Answer(shapes.entry(made), version=made.version)

    return door.write(act, thing=f"{dictionary}/{code}")


@router.get("/forms")
def list_forms(door: Door, owner: Filter = None, after: After = None, limit: Limit = 50) -> Listed[forms.FormShown]:
    """申请表、审批表, newest versions."""

    def look(frame: Frame) -> Listed[forms.FormShown]:
        names = Names(frame.tx)
        page = items.list_forms(frame.tx, owner_id=owner, after=after, limit=limit)
        return listed(page, lambda found: forms.form(found, names))

    return door.read(look)


@router.post("/forms", status_code=201, response_model=forms.FormShown, responses=WRITE_PROBLEMS)
def create_form(door: Door, body: shapes.NewFormGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """By its department or 县审改办; 在用-未查 until its self-check."""
    order = PutForm(body.name, body.owner, body.level, body.id, new=True, example=body.example)
    return _form(door, order, thing=body.id, status=201)


@router.put("/forms/{form_id}", response_model=forms.FormShown, responses=WRITE_PROBLEMS)
def revise_form(
    door: Door, form_id: str, body: shapes.FormFieldsGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """A new version, to be checked; the one before is stopped."""
    order = PutForm(body.name, body.owner, body.level, form_id, example=body.example, if_match=door.if_match)
    return _form(door, order, thing=form_id)


@router.post("/forms/{form_id}/stop", response_model=forms.FormShown, responses=WRITE_PROBLEMS)
def stop(
    door: Door, form_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """停用."""

    def act(frame: Frame) -> Answer:
        made = stop_form(frame, StopForm(form_id, body.reason, door.if_match))
        return Answer(forms.form(made, Names(frame.tx)), version=made.version)

    return door.write(act, thing=form_id)


def _entry(door: Door, order: PutEntry, *, thing: str, status: int = 200) -> Response:
    def act(frame: Frame) -> Answer:
        made = put_entry(frame, order)
        return Answer(shapes.entry(made), status=status, version=made.version)

    return door.write(act, thing=thing)


def _form(door: Door, order: PutForm, *, thing: str, status: int = 200) -> Response:
    def act(frame: Frame) -> Answer:
        made = put_form(frame, order)
        return Answer(forms.form(made, Names(frame.tx)), status=status, version=made.version)

    return door.write(act, thing=thing)
