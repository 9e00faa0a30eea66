"""The registers behind the item library: legal bases, power documents, stations, dictionaries.

Rows of these registers change in place; ``version`` counts their changes (the ETag), and every change is an event of the history.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BasisStatus(StrEnum):
    IN_FORCE = "in_force"  # 有效
    REPEALED = "repealed"  # 已废止
    UNVERIFIED = "unverified"  # 待核: nobody has looked the text up yet


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """设定依据: a law, regulation or document. ``level``: dictionary ``basis_level``. ``number`` 文号, empty for laws.

    ``issuers``: several bodies may issue one document, e.g. 闽审改办〔2021〕5号. ``articles``: the text of those that matter here.
    """

    id: str
    name: str
    number: str = ""
    level: str = ""
    issuers: tuple[str, ...] = ()
    articles: str = ""
    effective_on: date | None = None
    repealed_on: date | None = None
    status: BasisStatus = BasisStatus.UNVERIFIED
    successor_id: str = ""
    note: str = ""
    example: bool = False
    version: int = 1


class PowerKind(StrEnum):
    """How a power came to the townships, or went back."""

    DEVOLVE = "devolve"  # 下放
    EMPOWER = "empower"  # 赋权
    ENTRUST = "entrust"  # 委托
    TAKE_BACK = "take_back"  # 收回


@dataclass(frozen=True, slots=True)
class PowerDocument:
    """下放/赋权/委托/收回文件. ``township_ids`` empty: every township and zone. ``valid_to`` None: until it is withdrawn.

    ``withdrawn_by``: 文号 of the document that took it back.
    """

    id: str
    kind: PowerKind
    number: str
    title: str
    issuer: str
    dated: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    item_ids: tuple[str, ...] = ()
    township_ids: tuple[str, ...] = ()
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    note: str = ""
    example: bool = False
    version: int = 1

    def holds(self, township_id: str, on: date) -> bool:
        """Whether it gives its items to this township on that day."""
        if self.kind is PowerKind.TAKE_BACK or (self.withdrawn_on and self.withdrawn_on <= on):
            return False
        if self.township_ids and township_id not in self.township_ids:
            return False
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class StationStatus(StrEnum):
    """Only a 撤销文号 makes a station abolished; without one it is ``unclear``."""

    ACTIVE = "active"  # 在设
    BRANCH = "branch"  # 派出机构
    RENAMED = "renamed"  # 更名
    MERGED = "merged"  # 并入
    ABOLISHED = "abolished"  # 已撤销
    UNCLEAR = "unclear"  # 待查


@dataclass(frozen=True, slots=True)
class Station:
    """七站八所 of one township. ``abolition_number``: 文号 of the document that abolished, merged or renamed it."""

    id: str
    township_id: str
    name: str
    aliases: tuple[str, ...] = ()
    status: StationStatus = StationStatus.UNCLEAR
    abolition_number: str = ""
    abolished_on: date | None = None
    successor: str = ""
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One code of one dictionary. ``source``: the standard it comes from, or empty for the county's own."""

    dictionary: str
    code: str
    label: str
    position: int
    active: bool = True
    source: str = ""
    version: int = 1


def abolished_names(stations: Iterable[Station]) -> dict[str, str]:
    """Name or alias -> 撤销文号 (several joined), where no township still has a station of that name."""
    numbers: dict[str, list[str]] = {}
    alive: set[str] = set()
    for station in stations:
        for name in (station.name, *station.aliases):
            if station.status in (StationStatus.ABOLISHED, StationStatus.MERGED) and station.abolition_number:
                numbers.setdefault(name, []).append(station.abolition_number)
            else:
                alive.add(name)
    return {name: "、".join(dict.fromkeys(found)) for name, found in numbers.items() if name not in alive}
