"""七站八所登记: what became of an old station of a township. Nobody may call it abolished without the document's number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping
from service.actions.parts.registers import fault, find_row, free_row, refuse, save_row, shape_faults
from service.domain.codes import normal_number, number_faults
from service.domain.errors import Fault
from service.domain.library import Station, StationStatus
from service.domain.library_permission import Keeping
from service.domain.people import OrgKind
from service.store import library, organisations

FIELDS = frozenset({"name", "aliases", "status", "abolition_number", "abolished_on", "successor", "note"})
GONE = (StationStatus.ABOLISHED, StationStatus.MERGED, StationStatus.RENAMED)


@dataclass(frozen=True, slots=True)
class PutStation:
    """``values``: fields of ``Station``; those left out stay. ``township_id`` counts for a new one only: a station does not move."""

    values: Mapping[str, Any]
    station_id: str = ""
    township_id: str = ""
    new: bool = False
    if_match: int | None = None


def put_station(frame: Frame, order: PutStation) -> Station:
    """The station as it is now."""
    before = None if order.new else find_row(frame, "station", order.station_id, library.get_station)
    allow_keeping(frame, "station.put", Keeping(township_id=before.township_id if before else order.township_id))
    known = {name: value for name, value in order.values.items() if name in FIELDS}
    if before:
        must_match(order.if_match, before.version, what=before.name)
        after = replace(before, **known)
    else:
        id = free_row(frame, "station", order.station_id, library.get_station, prefix="zs")
        after = replace(Station(id, order.township_id, ""), **known)
    after = replace(after, abolition_number=normal_number(after.abolition_number))
    refuse(after.name or after.id, _faults(frame, after))
    return save_row(frame, "station", after, before=before, put=library.put_station)


def _faults(frame: Frame, station: Station) -> list[Fault]:
    faults = shape_faults(station, needed=("name",))
    faults += number_faults(station.abolition_number, field="abolition_number")
    if station.status in GONE and not station.abolition_number:
        faults.append(fault("no-abolition", "abolition_number"))
    if station.status in (StationStatus.MERGED, StationStatus.RENAMED) and not station.successor:
        faults.append(fault("needed", "successor"))
    township = organisations.get_organisation(frame.tx, station.township_id)
    if township is None or township.kind not in (OrgKind.TOWNSHIP, OrgKind.ZONE):
        faults.append(fault("no-such-township", "township_id", found=station.township_id[:60]))
        return faults
    names = {other.name for other in library.stations_of(frame.tx, station.township_id) if other.id != station.id}
    if station.name in names:
        faults.append(fault("station-twice", "name", found=station.name))
    return faults
