"""not, all, any."""

from typing import Any

from service.engine.feel.builtins.form import Registry, form
from service.engine.feel.evaluate import Run


def _not(_run: Run, value: Any) -> bool | None:
    return not value if type(value) is bool else None


def _decided(values: list[Any], decisive: bool) -> bool | None:
    if any(value is decisive for value in values):
        return decisive
    return None if any(type(value) is not bool for value in values) else not decisive


def _all(run: Run, values: list[Any]) -> bool | None:
    run.meter.items(len(values))
    return _decided(values, False)


def _any(run: Run, values: list[Any]) -> bool | None:
    run.meter.items(len(values))
    return _decided(values, True)


FORMS: Registry = {
    "not": (form(_not, "negand:boolean|null"),),
    "all": (form(_all, "list:list"), form(_all, "list:any*")),
    "any": (form(_any, "list:list"), form(_any, "list:any*")),
}
