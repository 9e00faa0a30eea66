"""站所登记, 代码表, 表格."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.deactivate_entry import DeactivateEntry, deactivate_entry
from service.actions.frame import Frame
from service.actions.parts.dictionaries import FIXED
from service.actions.parts.library import keeping_verdict
from service.actions.put_entry import PutEntry, put_entry
from service.actions.put_form import LEVELS, PutForm, put_form
from service.actions.put_station import PutStation, put_station
from service.actions.stop_form import StopForm, stop_form
from service.domain.errors import NotFound
from service.domain.items import Form
from service.domain.library import Station, StationStatus
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
STATUSES = [s.value for s in StationStatus]


@router.get("/stations")
def list_stations(door: Door, township: Text = "", status: Text = "", after: After = "") -> Response:
    """By id."""

    def look(frame: Frame) -> Page:
        page = library.list_stations(
            frame.tx, township_id=township or None, status=status or None, after=after or None, limit=ROWS
        )
        return Page(
            "library/stations.html", rows=page.items, next=page.next, first=not after, names=Names(frame.tx),
            query={"township": township, "status": status}, townships=_townships(frame), statuses=STATUSES,
            may_put=bool(_own_townships(frame)),
        )  # fmt: skip

    return door.show(look)


@router.get("/new-station")
def new_station(door: Door) -> Response:
    """An empty form."""
    return door.show(lambda frame: _station(frame, Station("", "", "")))


@router.post("/new-station")
def enter_station(door: Door) -> Response:
    return _put_station(door, "")


@router.get("/stations/{station_id}")
def show_station(door: Door, station_id: str) -> Response:
    """One station of a township."""
    return door.show(lambda frame: _station(frame, _station_of(frame, station_id)))


@router.post("/stations/{station_id}")
def change_station(door: Door, station_id: str) -> Response:
    return _put_station(door, station_id)


@router.get("/dictionaries")
def list_dictionaries(door: Door, dictionary: Text = "item_type") -> Response:
    """One dictionary, and the way to the others."""
    return door.show(lambda frame: _dictionary(frame, dictionary))


@router.post("/dictionaries/{dictionary}")
def put_code(door: Door, dictionary: str) -> Response:
    """A new code, or another label of one that is there: the field ``known`` says which."""
    given = door.given

    def act(frame: Frame) -> Done:
        known, code = given.text("known", most=16), given.text("code", most=16)
        label, source = given.text("label", most=200, required=True), given.text("source", most=200)
        position, version = given.whole("position", least=0, most=9_999, required=True), _version(given)
        given.check()
        order = PutEntry(dictionary, known or code, label, position or 0, source, new=not known, if_match=version)
        made = put_entry(frame, order)
        return Done(
            f"/dictionaries?dictionary={dictionary}", say("notice.entry_saved", code=made.code, label=made.label)
        )

    return door.do(act, again=lambda frame: _dictionary(frame, dictionary), thing=dictionary)


@router.post("/dictionaries/{dictionary}/{code}/stop")
def stop_code(door: Door, dictionary: str, code: str) -> Response:
    """停用."""

    def act(frame: Frame) -> Done:
        made = deactivate_entry(frame, DeactivateEntry(dictionary, code, _version(door.given)))
        notice = say("notice.entry_stopped", code=made.code, label=made.label)
        return Done(f"/dictionaries?dictionary={dictionary}", notice)

    return door.do(act, again=lambda frame: _dictionary(frame, dictionary), thing=f"{dictionary}/{code}")


@router.get("/forms")
def list_forms(door: Door, owner: Text = "", after: After = "") -> Response:
    """Newest versions by id."""

    def look(frame: Frame) -> Page:
        page = items.list_forms(frame.tx, owner_id=owner or None, after=after or None, limit=ROWS)
        return Page(
            "library/forms.html", rows=page.items, next=page.next, first=not after, names=Names(frame.tx),
            query={"owner": owner}, owners=_owners(frame), may_put=bool(_own_departments(frame)),
        )  # fmt: skip

    return door.show(look)


@router.get("/new-form")
def new_form(door: Door) -> Response:
    """An empty form."""
    return door.show(lambda frame: _form(frame, Form("", 0, "", "", "")))


@router.post("/new-form")
def enter_form(door: Door) -> Response:
    return _put_form(door, "")


@router.get("/forms/{form_id}")
def show_form(door: Door, form_id: str) -> Response:
    """One form with its versions."""
    return door.show(lambda frame: _form(frame, _form_of(frame, form_id)))


@router.post("/forms/{form_id}")
def change_form(door: Door, form_id: str) -> Response:
    return _put_form(door, form_id)


@router.post("/forms/{form_id}/stop")
def stop(door: Door, form_id: str) -> Response:
    """停用."""
    given = door.given

    def act(frame: Frame) -> Done:
        reason, version = given.text("reason", required=True), _version(given)
        given.check()
        made = stop_form(frame, StopForm(form_id, reason, version))
        return Done(f"/forms/{form_id}", say("notice.form_stopped", name=made.name))

    return door.do(act, again=lambda frame: _form(frame, _form_of(frame, form_id)), thing=form_id)


def _put_station(door: PageDoor, station_id: str) -> Response:
    given = door.given

    def act(frame: Frame) -> Done:
        status = given.choice("status", STATUSES, required=True)
        values = {
            "name": given.text("name", most=1_000, required=True),
            "aliases": tuple(line.strip() for line in given.text("aliases").splitlines() if line.strip()),
            "abolition_number": given.text("abolition_number", most=1_000),
            "abolished_on": given.day("abolished_on"),
            "successor": given.text("successor", most=1_000),
            "note": given.text("note", most=20_000),
        }
        township, version = given.text("township_id", most=64), _version(given)
        id = station_id or given.text("id", most=100)
        given.check()
        values["status"] = StationStatus(status)
        made = put_station(frame, PutStation(values, id, township, new=not station_id, if_match=version))
        return Done(f"/stations/{made.id}", say("notice.station_saved", name=made.name))

    again = lambda frame: _station(frame, _station_of(frame, station_id) if station_id else Station("", "", ""))  # noqa: E731
    return door.do(act, again=again, thing=station_id)


def _put_form(door: PageDoor, form_id: str) -> Response:
    given = door.given

    def act(frame: Frame) -> Done:
        name, owner = given.text("name", most=200, required=True), given.text("owner", most=64, required=True)
        level = given.choice("level", LEVELS, required=True)
        id, version = form_id or given.text("id", most=100), _version(given)
        given.check()
        made = put_form(frame, PutForm(name, owner, level, id, new=not form_id, if_match=version))
        return Done(f"/forms/{made.id}", say("notice.form_saved", name=made.name, version=made.version))

    again = lambda frame: _form(frame, _form_of(frame, form_id) if form_id else Form("", 0, "", "", ""))  # noqa: E731
    return door.do(act, again=again, thing=form_id)


def _station(frame: Frame, station: Station) -> Page:
    own = _own_townships(frame)
    may = station.township_id in own if station.id else bool(own)
    return Page(
        "library/station.html", station=station, townships=own, statuses=STATUSES, may_put=may, names=Names(frame.tx)
    )


def _dictionary(frame: Frame, dictionary: str) -> Page:
    every = library.list_entries(frame.tx)
    names = list(dict.fromkeys(entry.dictionary for entry in every))
    if dictionary not in names:
        raise NotFound("dictionary.unknown", dictionary=dictionary[:60])
    return Page(
        "library/dictionaries.html", dictionary=dictionary, dictionaries=names, fixed=dictionary in FIXED,
        entries=[e for e in every if e.dictionary == dictionary],
        may_keep=bool(keeping_verdict(frame, "dictionary.keep", Keeping())),
    )  # fmt: skip


def _form(frame: Frame, form: Form) -> Page:
    own = _own_departments(frame)
    return Page(
        "library/form.html", form=form, owners=own, levels=LEVELS, names=Names(frame.tx),
        versions=items.form_versions(frame.tx, form.id) if form.id else [],
        may_put=form.owner_id in own if form.id else bool(own),
        items=[i for i in items.all_items(frame.tx) if form.id in i.form_ids] if form.id else [],
    )  # fmt: skip


def _own_townships(frame: Frame) -> dict[str, str]:
    """Those whose stations this person keeps."""
    found = _townships(frame)
    return {id: n for id, n in found.items() if keeping_verdict(frame, "station.put", Keeping(township_id=id))}


def _townships(frame: Frame) -> dict[str, str]:
    return {o.id: o.name for o in organisations.list_organisations(frame.tx) if o.kind.value in ("township", "zone")}


def _own_departments(frame: Frame) -> dict[str, str]:
    """Those whose forms this person keeps."""
    return {id: n for id, n in _owners(frame).items() if keeping_verdict(frame, "form.put", Keeping(departments=(id,)))}


def _owners(frame: Frame) -> dict[str, str]:
    kinds = ("department", "county_office")
    return {o.id: o.name for o in organisations.list_organisations(frame.tx) if o.kind.value in kinds}


def _station_of(frame: Frame, station_id: str) -> Station:
    found = library.get_station(frame.tx, station_id)
    if found is None:
        raise NotFound("station.unknown", id=station_id[:60])
    return found


def _form_of(frame: Frame, form_id: str) -> Form:
    found = items.get_form(frame.tx, form_id)
    if found is None:
        raise NotFound("form.unknown", id=form_id[:60])
    return found


def _version(given: Given) -> int | None:
    return given.whole("version", least=1, most=LAST)
