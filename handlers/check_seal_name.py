"""印章名称与规格校验: name, shape and size of the special seal, on the order and again on the specimen.

国发〔1999〕25号: special seals differ in name and style from the formal seal (22); inner bodies' seals are at most 45 mm (13).
The notice 云政办〔2022〕28号 fixes the name: 便民服务中心审核审批专用章, behind the place: 火田镇, not 火田镇人民政府.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers.contract import Context, Handler, Output

LARGEST_MM = 45
TOLERANCE_MM = 1
MISMATCH = "seal_mismatch"


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``seal_faults`` lists all that is wrong; any fault is the BPMN error ``seal_mismatch``."""
    expected = f"{given.get('township_short') or ''}{context.say('seal.standard_name')}"
    faults = [*_order(given, expected, context), *_specimen(given, context)]
    data: dict[str, Any] = {"seal_name_expected": expected, "seal_faults": faults}
    if not faults:
        return Output(data)
    # The order starts anew with these variables: an old specimen would fail its first check for ever.
    return Output({**data, "specimen_name": "", "specimen_diameter": None}, error=MISMATCH)


def _order(given: Mapping[str, Any], expected: str, context: Context) -> list[str]:
    name, official = str(given.get("seal_name") or "").strip(), context.facts["official_seal_name"]
    diameter = _number(given.get("seal_diameter"))
    faults = []
    if name != expected:
        faults.append(context.say("seal.name", found=name, expected=expected))
    if official and name == official:
        faults.append(context.say("seal.same_as_official", name=name))
    if given.get("seal_shape") not in ("round", None, ""):
        faults.append(context.say("seal.shape"))
    if diameter is None or not 0 < diameter <= LARGEST_MM:
        faults.append(context.say("seal.diameter", found=given.get("seal_diameter"), limit=LARGEST_MM))
    return faults


def _specimen(given: Mapping[str, Any], context: Context) -> list[str]:
    faults = []
    name = str(given.get("specimen_name") or "").strip()
    if name and name != str(given.get("seal_name") or "").strip():
        faults.append(context.say("seal.specimen_name", found=name))
    ordered, measured = _number(given.get("seal_diameter")), _number(given.get("specimen_diameter"))
    if ordered is not None and measured is not None and abs(ordered - measured) > TOLERANCE_MM:
        faults.append(context.say("seal.specimen_size", found=measured, ordered=ordered))
    return faults


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


HANDLER = Handler("check_seal_name", "handler.check_seal_name", handle, facts=("official_seal_name",))
