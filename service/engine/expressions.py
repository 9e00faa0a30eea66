"""Expressions of a diagram: compiled once at deploy, computed over the variables of a token. FEEL and nothing else.

SpiffWorkflow's own environment would hand any expression to Python; ours refuses every call, so nothing can run that way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from service.domain.texts import say
from service.engine import feel
from service.engine.model import EngineError

LONGEST_KEY = 400
FUEL = 1_000_000  # of one step: a process of 60 items takes some tens of thousands


@lru_cache(maxsize=20_000)
def compiled(source: str) -> feel.Expression:
    """The expression of ``source`` (a leading ``=`` is allowed); FeelError when it cannot be read."""
    return feel.compile(feel.strip_equals(source))


@dataclass(frozen=True, slots=True)
class Means:
    """What one step may compute with: the moment it happens at, and one tank of fuel for all its expressions and decisions."""

    at: datetime
    tank: feel.Tank = field(default_factory=lambda: feel.Tank(FUEL))

    def must_last(self, element: str) -> None:
        """EngineError when something was stopped because the tank of the step is empty."""
        if self.tank.empty:
            raise EngineError("limit", say("engine.limit.fuel", limit=FUEL), element=element)


def value_of(source: str, data: Mapping[str, Any], *, means: Means, element: str) -> Any:
    """The value over ``data``; whole numbers come back as int. EngineError names element and expression."""
    try:
        return plain(compiled(source).evaluate(data, at=means.at, strict=True, tank=means.tank))
    except feel.FeelError as error:
        means.must_last(element)
        raise EngineError("expression", error.message, element=element, expression=source) from error


def truth_of(source: str, data: Mapping[str, Any], *, means: Means, element: str) -> bool:
    """The value of a condition; EngineError when it is neither true nor false."""
    found = value_of(source, data, means=means, element=element)
    if not isinstance(found, bool):
        raise EngineError(
            "expression", say("engine.condition.not_boolean", value=str(found)[:60]), element=element, expression=source
        )
    return found


def holds_now(source: str, data: Mapping[str, Any], *, means: Means, element: str) -> bool:
    """Whether a condition that is waited for holds yet: null is no, for what it speaks of may not be there so far."""
    try:
        found = compiled(source).evaluate(data, at=means.at, strict=False, tank=means.tank)
    except feel.FeelError as error:
        means.must_last(element)
        raise EngineError("expression", error.message, element=element, expression=source) from error
    if found is not None and not isinstance(found, bool):
        text = say("engine.condition.not_boolean", value=str(found)[:60])
        raise EngineError("expression", text, element=element, expression=source)
    return found is True


def text_of(source: str, data: Mapping[str, Any], *, means: Means, element: str) -> str:
    """The value as text, for keys and names; null is the empty text."""
    found = value_of(source, data, means=means, element=element)
    return "" if found is None else str(found)


def key_of(source: str, data: Mapping[str, Any], *, means: Means, element: str) -> str:
    """The value as a key two cases can meet by: a text or a number of bounded length; null is the empty key nobody meets by."""
    found = value_of(source, data, means=means, element=element)
    if found is not None and type(found) not in (str, int, Decimal):
        raise EngineError(
            "expression", say("engine.key.kind", found=str(found)[:60]), element=element, expression=source
        )
    key = "" if found is None else str(found)
    if len(key) > LONGEST_KEY or "\0" in key:
        raise EngineError("expression", say("engine.key.long", limit=LONGEST_KEY), element=element, expression=source)
    return key


def plain(value: Any) -> Any:
    """Whole decimals as int, all through lists and contexts."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value


class NoPython(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Every road by which SpiffWorkflow would evaluate Python ends here."""

    def evaluate(self, expression: Any, *_args: Any, **_named: Any) -> Any:
        raise EngineError("expression", "Python is not evaluated here", expression=str(expression))

    def execute(self, script: Any, *_args: Any, **_named: Any) -> Any:
        raise EngineError("expression", "Python is not executed here", expression=str(script))

    def call_service(self, *_args: Any, **_named: Any) -> Any:
        raise EngineError("expression", "services are jobs here")


NO_SCRIPTS = PythonScriptEngine(environment=NoPython())
