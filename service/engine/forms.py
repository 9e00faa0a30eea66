"""(being written)"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.errors import Fault
from service.engine.model import Problem


@dataclass(frozen=True, slots=True)
class Checked:
    data: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_form(content: bytes, file: str) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    return json.loads(content), ()


def check(
    form: Mapping[str, Any], submitted: Mapping[str, Any], *, current: Mapping[str, Any], at: datetime
) -> Checked:
    faults = []
    known = {}

    def walk(components):
        for c in components:
            if "key" in c:
                known[c["key"]] = c
            walk(c.get("components", []) if c.get("type") != "dynamiclist" else [])
            if c.get("type") == "dynamiclist":
                known[c["path"]] = c

    walk(form.get("components", []))
    for k, v in submitted.items():
        if k not in known:
            faults.append(Fault("unknown-field", k, {"field": k}))
        elif isinstance(v, float) and not math.isfinite(v):
            faults.append(Fault("wrong-type", k, {"field": k}))
        elif known[k]["type"] in ("textfield", "textarea") and not isinstance(v, str):
            faults.append(Fault("wrong-type", k, {"field": k}))
    for k, c in known.items():
        if c.get("validate", {}).get("required") and submitted.get(k) in (None, ""):
            faults.append(Fault("required", k, {"field": k}))
    return Checked(dict(submitted), tuple(faults))
