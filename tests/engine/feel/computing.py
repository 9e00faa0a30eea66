"""Computing an expression in a test: one moment, one set of variables, strict unless said."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from service.engine import feel

# 2026-11-23 23:30 in Greenwich is already the 24th in Beijing.
AT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

VARIABLES: dict[str, Any] = {
    "n": 5,
    "price": 0.1,
    "name": "火田镇",
    "nothing": None,
    "yes": True,
    "xs": [3, 1, 2],
    "item": {"name": "生育登记", "days": 3, "tags": ["民生", "计生"], "owner": {"code": "350622"}},
    "items": [
        {"name": "甲", "days": 3, "open": True},
        {"name": "乙", "days": 7, "open": False},
        {"name": "丙", "days": 5, "open": True},
    ],
    "事项": {"名称": "林木采伐", "时限": 15},
    "Applicant Age": 20,
    "a-b": 40,
}
NAMES = ("Applicant Age", "a-b")


def value(source: str, variables: Mapping[str, Any] = VARIABLES, *, strict: bool = True, fuel: int = 20_000) -> Any:
    return feel.compile(source, names=NAMES).evaluate(variables, at=AT, strict=strict, fuel=fuel)


def holds(cell: str, given: Any, **variables: Any) -> Any:
    """Whether a decision table cell holds for an input."""
    return feel.compile(cell, unary=True).evaluate({**variables, "?": given}, at=AT)


def refusal(source: str, variables: Mapping[str, Any] = VARIABLES) -> feel.FeelError:
    """The error of an expression that must not give a value."""
    with pytest.raises(feel.FeelError) as caught:
        value(source, variables)
    error = caught.value
    assert error.message, "an error says what is wrong"
    return error
