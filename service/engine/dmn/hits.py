"""Hit policies: what a table answers when several rules hold. Plain dicts, in plain sight."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.domain.texts import say
from service.engine import feel
from service.engine.dmn.model import DmnError, Rule

_NUMBERS = {name: feel.compile(f"{name}(values)") for name in ("sum", "min", "max")}
_EQUAL = feel.compile("left = right")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds. ``value``: its only output, or a context of all. ``rank``: places of its outputs in their orders."""

    rule: Rule
    value: Any
    rank: tuple[int, ...]


def unique(_computation: feel.Computation, hits: list[Hit]) -> Any:
    """At most one rule may hold."""
    if len(hits) > 1:
        raise DmnError(say("dmn.hit.unique", rules=named(hits)))
    return hits[0].value


def first(_computation: feel.Computation, hits: list[Hit]) -> Any:
    return hits[0].value


def any_of(computation: feel.Computation, hits: list[Hit]) -> Any:
    """All rules that hold must say the same."""
    if not all(_same(computation, hits[0].value, hit.value) for hit in hits[1:]):
        raise DmnError(say("dmn.hit.any", rules=named(hits)))
    return hits[0].value


def priority(_computation: feel.Computation, hits: list[Hit]) -> Any:
    return min(hits, key=lambda hit: hit.rank).value


def in_rule_order(_computation: feel.Computation, hits: list[Hit]) -> Any:
    return [hit.value for hit in hits]


def in_output_order(_computation: feel.Computation, hits: list[Hit]) -> Any:
    return [hit.value for hit in sorted(hits, key=lambda hit: hit.rank)]


def _same(computation: feel.Computation, left: Any, right: Any) -> bool:
    try:
        return computation.value(_EQUAL, {"left": left, "right": right}) is True
    except feel.FeelLimit:
        raise
    except feel.FeelError:
        return False  # a text and a number: not the same


POLICIES: dict[str, Callable[[feel.Computation, list[Hit]], Any]] = {
    "UNIQUE": unique,
    "FIRST": first,
    "ANY": any_of,
    "PRIORITY": priority,
    "COLLECT": in_rule_order,
    "RULE ORDER": in_rule_order,
    "OUTPUT ORDER": in_output_order,
}
LISTS = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})


def _numbers(name: str) -> Callable[[feel.Computation, list[Any]], Any]:
    def work(computation: feel.Computation, values: list[Any]) -> Any:
        return computation.value(_NUMBERS[name], {"values": values})

    return work


def _count(_computation: feel.Computation, values: list[Any]) -> Decimal:
    return Decimal(len(values))


AGGREGATIONS: dict[str, Callable[[feel.Computation, list[Any]], Any]] = {
    "SUM": _numbers("sum"),
    "MIN": _numbers("min"),
    "MAX": _numbers("max"),
    "COUNT": _count,
}


def named(hits: list[Hit]) -> str:
    """``第1条（rule_a）、第3条（rule_c）``."""
    return say("list.comma").join(say("dmn.rule", number=hit.rule.number, rule=hit.rule.id) for hit in hits)
