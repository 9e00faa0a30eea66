"""Codes, 文号 and time limits of service items: what is wrong with them, said of the element it stands in. Nothing is looked up.

Codes may be empty: many township items have none at hand. 基本编码 12, 实施编码 31, 业务办理项编码 33 characters (GB/T 39554.1);
GB/T 39046—2020 still prints 10 and 24, which only warns. Organisation codes: GB 32100-2015 with the check of GB 11714 inside.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from service.domain.errors import Fault
from service.domain.items import Item
from service.domain.texts import say

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I O S V Z
OUTER_WEIGHTS = [3**n % 31 for n in range(17)]
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714: characters 9-16 of a 信用代码, checked by the 17th
LENGTHS = {"catalog_code": 12, "task_code": 31, "business_code": 33}
OLD_LENGTHS = {"catalog_code": 10, "task_code": 24}
CATALOG = re.compile(rf"\d{{4}}[{ALPHABET}]{{8}}")  # 区划 2, 事项类型 2, 主项 5, 子项 3
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}〔(19|20)\d{2}〕[1-9]\d*号")
ORDER = re.compile(r"[\u4e00-\u9fff]{2,20}令(第[1-9]\d*号|〔(19|20)\d{2}〕第?[1-9]\d*号)")
BRACKETS = str.maketrans("[(【［（〖", "〔" * 6) | str.maketrans("])】］）〗", "〕" * 6)
WARNINGS = frozenset({"code-old", "code-type", "limit-units"})
CODES = (*LENGTHS, "local_catalog_code", "local_task_code", "implementing_code")


def only_warns(fault: Fault) -> bool:
    """Whether the value may be kept all the same."""
    return fault.code in WARNINGS


def normal_code(text: str) -> str:
    """Without blanks, in half-width capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def normal_number(text: str) -> str:
    """A 文号 in the brackets of GB/T 9704, without blanks: ``云政办[2022] 28号`` is ``云政办〔2022〕28号``."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(BRACKETS)


def normalised(item: Item) -> Item:
    """The item with its codes and 文号 written the one way they are compared in."""
    codes: dict[str, Any] = {name: normal_code(getattr(item, name)) for name in CODES}
    return replace(item, **codes, power_document=normal_number(item.power_document))


def item_faults(item: Item) -> tuple[Fault, ...]:
    """Everything wrong with codes, 文号 and limits of one item; ``only_warns`` tells which may be kept."""
    return (*code_faults(item), *limit_faults(item), *_documents(item))


def credit_code_fits(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 with both check characters right."""
    if len(code) != 18 or any(c not in ALPHABET for c in code):
        return False
    total = sum(ALPHABET.index(c) * w for c, w in zip(code, OUTER_WEIGHTS, strict=False))
    return ALPHABET[(31 - total % 31) % 31] == code[17] and _body_fits(code[8:17])


def _body_fits(body: str) -> bool:
    """GB 11714: letters count 10-35 by their place in the whole Latin alphabet; 10 is written X, 11 is 0."""
    total = sum(int(c, 36) * w for c, w in zip(body, INNER_WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11] == body[8]


def code_faults(item: Item) -> tuple[Fault, ...]:
    """Of each code its length and characters; then what the codes say of each other and of the item."""
    faults = [fault for name in LENGTHS for fault in _shape(name, getattr(item, name))]
    if item.implementing_code and not credit_code_fits(item.implementing_code):
        faults.append(_fault("credit-code", "implementing_code", found=item.implementing_code))
    wrong = {fault.where["field"] for fault in faults}
    if len(item.task_code) == 31 and "task_code" not in wrong:
        faults += _against("task_code", item.task_code, item)
    if item.business_code and "business_code" not in wrong:
        faults += _of_business(item)
    catalog = item.catalog_code
    if len(catalog) == 12 and "catalog_code" not in wrong and item.item_type not in ("", catalog[2:4]):
        faults.append(_fault("code-type", "catalog_code", found=catalog[2:4], wanted=item.item_type))
    return tuple(faults)


def _shape(name: str, code: str) -> Iterator[Fault]:
    wanted = LENGTHS[name]
    if code and len(code) == OLD_LENGTHS.get(name):
        yield _fault("code-old", name, found=len(code), wanted=wanted)
    elif code and len(code) != wanted:
        yield _fault("code-length", name, found=len(code), wanted=wanted)
    elif code and not CATALOG.fullmatch(code if name == "catalog_code" else code[19:31]):
        yield _fault("code-letters", name, found=code)
    elif code and name != "catalog_code" and not credit_code_fits(code[:18]):
        yield _fault("code-credit", name, found=code[:18])


def _of_business(item: Item) -> list[Fault]:
    """With a 实施编码 beside it only that has to be its beginning; else it is compared with the rest of the item itself."""
    if len(item.task_code) != 31:
        return _against("business_code", item.business_code, item)
    if item.business_code[:31] != item.task_code:
        return [_fault("code-task", "business_code", found=item.business_code[:31], wanted=item.task_code)]
    return []


def _against(name: str, code: str, item: Item) -> list[Fault]:
    """[0:18] the organisation, [18] the level, [19:31] the 基本编码."""
    pairs = (
        ("code-organisation", code[:18], item.implementing_code),
        ("code-level", code[18], item.use_level),
        ("code-catalog", code[19:31], item.catalog_code if len(item.catalog_code) == 12 else ""),
    )
    return [_fault(key, name, found=found, wanted=wanted) for key, found, wanted in pairs if wanted not in ("", found)]


def limit_faults(item: Item) -> tuple[Fault, ...]:
    """即办件: promised 0 or 1; promised not longer than by law; planned days in order."""
    faults = []
    if item.handling_kind == "1" and item.promised_days not in (None, 0, 1):
        faults.append(_fault("limit-instant", "promised_days", found=item.promised_days))
    faults += _longer_than_by_law(item)
    if item.planned_from and item.planned_until and item.planned_until < item.planned_from:
        faults.append(_fault("dates-order", "planned_until", found=item.planned_until, wanted=item.planned_from))
    return tuple(faults)


def _longer_than_by_law(item: Item) -> list[Fault]:
    promised, statutory = item.promised_days, item.statutory_days
    if promised is None or statutory is None or promised <= statutory:
        return []
    # More 自然日 than 工作日 may still be the shorter time, so that a person has to look; the other way round it never is.
    unlike = (item.promised_unit, item.statutory_unit) == ("calendar_day", "workday")
    return [_fault("limit-units" if unlike else "limit-longer", "promised_days", found=promised, wanted=statutory)]


def number_faults(text: str, *, field: str, orders: bool = False) -> tuple[Fault, ...]:
    """What is wrong with one normalised 文号; empty is right. ``orders``: 国务院令第…号 and the like are right too."""
    if not text or NUMBER.fullmatch(text) or (orders and ORDER.fullmatch(text)):
        return ()
    without = re.sub(r"〕第?0*", "〕", text)
    if NUMBER.fullmatch(without):
        return (_fault("number-digits", field, found=text, wanted=without),)
    return (_fault("number-form", field, found=text),)


def _documents(item: Item) -> Iterator[Fault]:
    """One item may rest on several documents, set apart by 、 or ；."""
    for number in re.split("[、；;,，]", item.power_document):
        yield from number_faults(number, field="power_document")


def _fault(code: str, field: str, **values: object) -> Fault:
    return Fault(code, say(f"fault.{code}", element=say(f"element.{field}"), **values), {"field": field})
