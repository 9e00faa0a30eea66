"""The registers behind the item library: legal bases, power documents, stations, dictionaries, forms."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field

from service.api.shapes.base import Given, Names, Shown
from service.domain.library import (
    DictionaryEntry,
    LegalBasis,
    PowerDocument,
    PowerKind,
    Station,
    StationStatus,
)
from service.domain.texts import say

Line = Field("", max_length=1_000)
Words = Field("", max_length=20_000)
Id = Field("", max_length=100)
Many: Any = Field(default_factory=list, max_length=500)
RENAMED = {"items": "item_ids", "townships": "township_ids"}


def _shown(example: Mapping[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [dict(example)]})


class BasisShown(Shown):
    """设定依据. `level`: dictionary `basis_level`; `status`: in_force 有效, repealed 已废止, unverified 待核."""

    id: str
    name: str
    number: str
    level: str
    issuers: list[str]
    articles: str
    effective_on: date | None
    repealed_on: date | None
    status: str
    successor: str
    note: str
    example: bool
    version: int


class BasisPageShown(BasisShown):
    """With the items that rest on it."""

    items: list[str]


class DocumentShown(Shown):
    """下放 devolve, 赋权 empower, 委托 entrust, 收回 take_back. `townships` empty: all of them."""

    id: str
    kind: str
    number: str
    title: str
    issuer: str
    dated: date | None
    valid_from: date | None
    valid_to: date | None
    items: list[str]
    townships: list[str]
    withdrawn_on: date | None
    withdrawn_by: str
    note: str
    example: bool
    version: int


class StationShown(Shown):
    """七站八所 of a township. `status`: active, branch, renamed, merged, abolished, unclear."""

    id: str
    township: str
    township_name: str
    name: str
    aliases: list[str]
    status: str
    abolition_number: str
    abolished_on: date | None
    successor: str
    note: str
    version: int


class EntryShown(Shown):
    """A code of a dictionary; out of use when not `active`."""

    dictionary: str
    dictionary_name: str
    code: str
    label: str
    position: int
    active: bool
    source: str
    version: int


class EntriesShown(Shown):
    """In the order of the dictionary."""

    items: list[EntryShown]


class BasisFieldsGiven(Given):
    """A field left out stays. Repeal has its own request."""

    model_config = _shown({"status": "in_force", "articles": "第十一条 ……（示例）"})

    name: str = Line
    number: str = Line
    level: str = Id
    issuers: list[str] = Many
    articles: str = Words
    effective_on: date | None = None
    status: Literal["in_force", "unverified"] = "unverified"
    note: str = Words
    example: bool = False


class NewBasisGiven(BasisFieldsGiven):
    """A new legal basis; without `id` it gets a number."""

    model_config = _shown({"id": "jiuzhu-banfa", "name": "社会救助暂行办法（示例）", "level": "regulation"})

    id: str = Id


class RepealGiven(Given):
    """What repealed it, and since when."""

    model_config = _shown(
        {"reason": "国务院公布废止（示例）", "repealed_on": "2026-11-01", "number": "", "successor": ""}
    )

    reason: str = Field(max_length=4_000)
    repealed_on: date
    number: str = Line
    successor: str = Id


class DocumentFieldsGiven(Given):
    """A field left out stays. Withdrawal has its own request."""

    model_config = _shown({"townships": ["huotian"], "valid_from": "2026-12-01"})

    kind: PowerKind = PowerKind.DEVOLVE
    number: str = Line
    title: str = Line
    issuer: str = Line
    dated: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    items: list[str] = Many
    townships: list[str] = Many
    note: str = Words
    example: bool = False


class NewDocumentGiven(DocumentFieldsGiven):
    """A new document; without `id` it gets a number."""

    model_config = _shown(
        {"kind": "empower", "number": "示例云政〔2026〕3号", "title": "赋权决定（示例）", "issuer": "云霄县人民政府",
         "items": ["menpai-zheng"], "townships": ["huotian"]}
    )  # fmt: skip

    id: str = Id


class WithdrawGiven(Given):
    """`withdrawn_on`: the first day it no longer holds."""

    model_config = _shown({"number": "示例云政〔2026〕9号", "withdrawn_on": "2026-12-01", "reason": "上级收回（示例）"})

    number: str = Line
    withdrawn_on: date
    reason: str = Field(max_length=4_000)


class StationFieldsGiven(Given):
    """A field left out stays. 撤销、并入、更名 need the document's number."""

    model_config = _shown({"status": "abolished", "abolition_number": "示例云编〔2019〕5号"})

    name: str = Line
    aliases: list[str] = Many
    status: StationStatus = StationStatus.UNCLEAR
    abolition_number: str = Line
    abolished_on: date | None = None
    successor: str = Line
    note: str = Words


class NewStationGiven(StationFieldsGiven):
    """A station of a township; without `id` it gets a number."""

    model_config = _shown({"township": "huotian", "name": "××站（示例）", "status": "unclear"})

    id: str = Id
    township: str = Field(max_length=64)


class EntryGiven(Given):
    """Label, place and source of a code; one that was out of use comes back with it."""

    model_config = _shown({"label": "公共服务（延伸，示例）", "position": 30, "source": "云霄县"})

    label: str = Field(max_length=200)
    position: int = Field(ge=0, le=9_999)
    source: str = Field("", max_length=200)


class NewEntryGiven(EntryGiven):
    """A new code."""

    model_config = _shown({"code": "21", "label": "公共服务（延伸，示例）", "position": 30, "source": "云霄县"})

    code: str = Field(max_length=16)


class FormFieldsGiven(Given):
    """`level`: who set the form decides who may change it."""

    model_config = _shown({"name": "临时救助申请审批表（示例）", "owner": "minzhengju", "level": "county"})

    name: str = Field(max_length=200)
    owner: str = Field(max_length=64)
    level: Literal["national", "provincial", "municipal", "county", "township"]
    example: bool = False


class NewFormGiven(FormFieldsGiven):
    """A new form; without `id` it gets a number."""

    model_config = _shown(
        {"id": "biao-linshi", "name": "临时救助申请审批表（示例）", "owner": "minzhengju", "level": "county"}
    )

    id: str = Id


def fields(given: Given, *, status: Any = None) -> dict[str, Any]:
    """The fields that were sent, as the domain names them. ``status``: the enumeration of that field."""
    sent = {name: getattr(given, name) for name in given.model_fields_set - {"id", "township"}}
    found = {RENAMED.get(name, name): _value(value) for name, value in sent.items()}
    return found | ({"status": status(found["status"])} if status and "status" in found else {})


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def basis(found: LegalBasis) -> BasisShown:
    return BasisShown(**_renamed(asdict(found), successor_id="successor"))


def basis_page(found: LegalBasis, items: list[str]) -> BasisPageShown:
    return BasisPageShown(**basis(found).model_dump(), items=items)


def document(found: PowerDocument) -> DocumentShown:
    return DocumentShown(**_renamed(asdict(found), item_ids="items", township_ids="townships"))


def station(found: Station, names: Names) -> StationShown:
    fields = _renamed(asdict(found), township_id="township")
    return StationShown(**fields, township_name=names.of(found.township_id))


def entry(found: DictionaryEntry) -> EntryShown:
    return EntryShown(**asdict(found), dictionary_name=say(f"dictionary.{found.dictionary}"))


def _renamed(fields: dict[str, Any], **names: str) -> dict[str, Any]:
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
    return {names.get(key, key): value for key, value in plain.items()}
