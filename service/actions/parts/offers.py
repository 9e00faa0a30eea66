"""What a form may offer from the registers: the county's items, departments and forms, to be chosen by name instead of typed as ids.

A field asks for one by its name in ``valuesKey`` (docs/extensions.md). The offer is that of the moment: it is neither stored with the
task nor a variable of the case.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.actions.frame import Frame
from service.domain.items import ItemName, Sorting
from service.domain.people import OrgKind
from service.domain.texts import say
from service.store import items, organisations

Options = list[dict[str, str]]


def offered(frame: Frame, form: Mapping[str, Any]) -> dict[str, Options]:
    """Name of the register -> its entries as form-js options, for the registers this form asks for."""
    return {name: REGISTERS[name](frame) for name in sorted(set(_asked(form)) & set(REGISTERS))}


def _asked(part: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(part.get("valuesKey"), str):
        yield part["valuesKey"]
    for inner in part.get("components") or ():
        yield from _asked(inner)


def _items(frame: Frame) -> Options:
    """Every item, also one that is cancelled: what may be authorised is judged later, and a refusal there has its reason."""
    names = _departments_by_id(frame)
    found = sorted(
        items.item_names(frame.tx), key=lambda item: (item.status != "in_use", item.department_id, item.name)
    )
    return [{"value": item.id, "label": _item_label(item, names.get(item.department_id, ""))} for item in found]


def _item_label(item: ItemName, department: str) -> str:
    """With the department, and what would keep the item out of a batch: that it is not in use, or not sorted and described."""
    label = say("register.item", name=item.name, department=department) if department else item.name
    if item.status != "in_use":
        return say(f"register.item_{item.status}", label=label)
    return label if item.sorting is Sorting.DESCRIBED else say(f"register.item_{item.sorting.value}", label=label)


def _departments(frame: Frame) -> Options:
    return [{"value": id, "label": name} for id, name in _departments_by_id(frame).items()]


def _departments_by_id(frame: Frame) -> dict[str, str]:
    kinds = (OrgKind.DEPARTMENT, OrgKind.COUNTY_OFFICE)
    found = organisations.list_organisations(frame.tx)
    return {o.id: o.name for kind in kinds for o in found if o.kind is kind}


def _forms(frame: Frame) -> Options:
    return [{"value": id, "label": name} for id, name in items.form_names(frame.tx).items()]


REGISTERS: dict[str, Callable[[Frame], Options]] = {
    "register_items": _items, "register_departments": _departments, "register_forms": _forms,
}  # fmt: skip
