"""The demo county as values, read from ``data/*.toml``: what a county office would hand in on paper, made whole by few plain rules."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.demo.reading_items import read_item
from service.domain.items import Form, Item, Seal
from service.domain.people import Holding, Organisation, OrgKind, Person, Role
from service.domain.texts import say

DATA = Path(__file__).parent / "data"
FILES = ("organisations.toml", "people.toml", "items.toml")
OFFICIAL_SEAL_MM = 42  # 国发〔1999〕25号 十一: seal of a township government
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in: ``login`` is the person's id."""

    person: Person
    holdings: tuple[Holding, ...] = ()
    roles: tuple[Role, ...] = ()
    auditor: bool = False


@dataclass(frozen=True, slots=True)
class County:
    """Parents come before children. ``digests``: file name -> SHA-256 of the data it was read from."""

    organisations: tuple[Organisation, ...]
    accounts: tuple[Account, ...]
    forms: tuple[Form, ...]
    items: tuple[Item, ...]
    seals: tuple[Seal, ...]
    digests: Mapping[str, str]


@cache
def read_county() -> County:
    places, people, library = (tomllib.loads((DATA / name).read_text("utf-8")) for name in FILES)
    return County(
        organisations=tuple(_organisations(places)),
        accounts=tuple(_accounts(places, people)),
        forms=tuple(_form(row, item) for item in library["item"] for row in item.get("forms", ())),
        items=tuple(read_item(row, library) for row in library["item"]),
        seals=tuple(_official_seal(row) for row in places["township"] if not row.get("zone")),
        digests={name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in FILES},
    )


def _organisations(places: Table) -> Iterator[Organisation]:
    county = places["county"]
    yield Organisation(
        county["id"], county["name"], county["short_name"], OrgKind.COUNTY,
        code=county["code"], head_title=county["head_title"],
    )  # fmt: skip
    for row in places["office"]:
        yield Organisation(
            row["id"], row["name"], row["short_name"], OrgKind.COUNTY_OFFICE,
            parent_id=county["id"], office=row["office"], head_title=row["head_title"],
        )  # fmt: skip
    for row in places["department"]:
        yield Organisation(
            row["id"], row["name"], row["short_name"], OrgKind.DEPARTMENT,
            parent_id=county["id"], head_title=row.get("head_title", say("demo.head.bureau")),
        )  # fmt: skip
    for row in places["township"]:
        yield from _township(row, county["id"])


def _township(row: Table, county_id: str) -> Iterator[Organisation]:
    """The government (or 管委会) and its 便民服务中心."""
    zone, name = bool(row.get("zone")), row["name"]
    full = say("demo.zone.name" if zone else "demo.township.name", name=name)
    head = say("demo.head.zone") if zone else say("demo.head.township", last=name[-1])
    yield Organisation(
        row["id"], full, name, OrgKind.ZONE if zone else OrgKind.TOWNSHIP,
        parent_id=county_id, code=row.get("code", ""), head_title=head,
    )  # fmt: skip
    center = say("demo.center.name", name=name)
    yield Organisation(
        center_id(row["id"]), center, center, OrgKind.CENTER, parent_id=row["id"], head_title=say("demo.head.zone")
    )


def center_id(township_id: str) -> str:
    return f"{township_id}-center"


def _accounts(places: Table, people: Table) -> Iterator[Account]:
    for place in places["township"]:
        for row in people["township"]:
            at = center_id(place["id"]) if row["at"] == "center" else place["id"]
            yield _account(place, row, at)
    for place in (*places["department"], *(o for o in places["office"] if o.get("owns_items"))):
        for row in people["department"]:
            yield _account(place, row, place["id"])
    offices = {place["id"]: place for place in places["office"]}
    for row in people["office"]:
        yield _account(offices[row["organisation"]], row, row["organisation"])
    for row in people["administrator"]:
        person = _person(row["login"], row["name"], "xianzhengfuban")
        yield Account(person, roles=(Role(row["role"]),))


def _account(place: Table, row: Table, at: str) -> Account:
    person = _person(f"{place['id']}-{row['login']}", place["surname"] + row["given"], at)
    return Account(person, (Holding(row["post"], at),), auditor=bool(place.get("auditor")))


def _person(id: str, name: str, organisation_id: str) -> Person:
    return Person(id, say("demo.fictional", name=name), organisation_id, fictional=True)


def _form(row: Table, item: Table) -> Form:
    return Form(row["id"], 1, row["name"], item["department"], level=row["level"], example=True)


def _official_seal(row: Table) -> Seal:
    """公章 of a township government; the 管委会's seal has no settled text and is left to the county."""
    return Seal(
        id=f"official-{row['id']}",
        organisation_id=row["id"],
        kind="official",
        name=say("demo.official_seal", name=row["name"]),
        shape="round",
        diameter_mm=OFFICIAL_SEAL_MM,
        status="active",
    )
