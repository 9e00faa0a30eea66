"""One decision of a bundle asked outside a case: what it answers, by which rule, over which inputs. The same as a case would get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.texts import say
from service.engine import dmn
from service.engine.dmn.model import Table
from service.engine.expressions import plain
from service.engine.model import Bundle, EngineError


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """``number``: its place in the table, from 1. ``note``: what the author wrote beside it."""

    id: str
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class Decided:
    """``inputs``: (label, value) of each column as the rules saw it."""

    name: str
    value: Any
    rules: tuple[MatchedRule, ...]
    inputs: tuple[tuple[str, Any], ...]


def decide(bundle: Bundle, decision_id: str, variables: Mapping[str, Any], *, at: datetime) -> Decided:
    """EngineError when the bundle has no such decision, or it has no answer over these variables."""
    decision = bundle.compiled.decisions.get(decision_id)
    if decision is None:
        raise EngineError("expression", say("engine.no_decision", id=decision_id), expression=decision_id)
    try:
        result = dmn.evaluate(decision, variables, at=at)
    except dmn.DmnError as error:
        raise EngineError("expression", str(error), expression=decision_id) from error
    rules = decision.logic.rules if isinstance(decision.logic, Table) else ()
    matched = tuple(MatchedRule(r.id, r.number, r.note) for r in rules if r.id in result.matched)
    inputs = tuple((label, plain(value)) for label, value in result.inputs)
    return Decided(decision.name, plain(result.value), matched, inputs)
