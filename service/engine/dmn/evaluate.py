"""A decision over variables: what it requires first, then its own logic, every value checked on its way in and out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from service.domain.texts import say
from service.engine import feel
from service.engine.dmn.hits import AGGREGATIONS, LISTS, POLICIES, Hit
from service.engine.dmn.model import Decision, DecisionResult, DmnError, Input, ItemType, Output, Rule, Table
from service.engine.dmn.types import fitted, is_of
from service.engine.feel import shown

# For a decision with all it requires. Each expression alone has no more than an expression anywhere else.
FUEL = 100_000
_MISSING = object()


def evaluate(
    decision: Decision, context: Mapping[str, Any], *, at: datetime, strict: bool = True, fuel: int = FUEL,
    tank: feel.Tank | None = None,
) -> DecisionResult:  # fmt: skip
    """The result of ``decision`` over the variables ``context``; DmnError when there is none.

    strict: values of a wrong type, contradicting rules and expressions that fail are errors. Else they are null,
    as DMN has it. A limit of fuel or size is an error in both cases.
    """
    computation = feel.Computation(context, at=at, strict=strict, fuel=fuel, tank=tank)
    names: dict[str, Any] = {}
    for needed in decision.needs:
        names[needed.variable] = _Case(needed, computation, names).result().value
    return _Case(decision, computation, names).result()


class _Case:
    """One decision being computed. ``names``: results of the decisions before it, and input data."""

    def __init__(self, decision: Decision, computation: feel.Computation, names: dict[str, Any]) -> None:
        self.decision, self.computation, self.names = decision, computation, names
        self.strict = computation.strict
        self.matched: tuple[str, ...] = ()
        self.inputs: tuple[tuple[str, Any], ...] = ()
        computation.types.update({type.name: partial(_instance, type) for type in decision.types})

    def result(self) -> DecisionResult:
        try:
            self._take_inputs()
            value = self._checked(self._logic(), self.decision.type, "dmn.result.type")
        except feel.FeelLimit as error:
            raise self._error(error.message) from error
        except DmnError as error:
            if self.strict:
                raise self._error(str(error)) from error
            value = None
        return DecisionResult(value, self.matched, self.inputs)

    def _error(self, why: str) -> DmnError:
        return DmnError(say("dmn.failed", decision=self.decision.name, id=self.decision.id, why=why))

    def _take_inputs(self) -> None:
        for given in self.decision.inputs:
            value = self.computation.variable(given.name, _MISSING)
            if value is not _MISSING:
                self.names[given.name] = self._checked(value, given.type, "dmn.input.type", input=given.name)
            elif self.strict:
                raise DmnError(say("dmn.input.missing", input=given.name))

    def _logic(self) -> Any:
        logic = self.decision.logic
        if isinstance(logic, Table):
            return self._table(logic)
        if logic is None:
            raise DmnError(say("dmn.refused"))
        return self._value(logic, str)

    def _value(
        self, expression: feel.Expression, tell: Callable[[str], str], names: Mapping[str, Any] | None = None
    ) -> Any:
        """The value of an expression; ``tell`` adds the place to what fails in it."""
        try:
            return self.computation.value(expression, self.names if names is None else names)
        except feel.FeelLimit:
            raise
        except feel.FeelError as error:
            why = say("dmn.feel", expression=expression.source[:120], column=error.column, why=error.message)
            raise DmnError(tell(why)) from error

    def _checked(self, value: Any, wanted: ItemType, text: str, /, **where: object) -> Any:
        value, good = fitted(value, wanted, self._allows)
        if good or not self.strict:
            return value if good else None
        raise DmnError(say(text, value=shown(value), wanted=wanted.name, **where))

    def _allows(self, tests: feel.Expression, value: Any) -> bool:
        """Whether ``value`` passes tests of allowed values; a test that cannot be computed does not hold."""
        try:
            return self.computation.value(tests, {**self.names, "?": value}) is True
        except feel.FeelLimit:
            raise
        except feel.FeelError:
            return False

    # tables

    def _table(self, table: Table) -> Any:
        values = [self._input(column) for column in table.inputs]
        self.inputs = tuple((c.label, v) for c, v in zip(table.inputs, values, strict=True))
        hits: list[Hit] = []
        for rule in table.rules:
            if self._holds(table, rule, values):
                hits.append(self._hit(table, rule))
                if table.policy == "FIRST":
                    break
        self.matched = tuple(hit.rule.id for hit in hits)
        if not hits:
            return self._default(table)
        found = POLICIES[table.policy](self.computation, hits)
        return self._aggregated(table.aggregation, found) if table.aggregation else found

    def _aggregated(self, name: str, values: list[Any]) -> Any:
        try:
            return AGGREGATIONS[name](self.computation, values)
        except feel.FeelLimit:
            raise
        except feel.FeelError as error:
            raise DmnError(say("dmn.hit.aggregation", aggregation=name, why=error.message)) from error

    def _input(self, column: Input) -> Any:
        value = self._value(column.expression, lambda why: say("dmn.input.failed", input=column.label, why=why))
        value = self._checked(value, column.type, "dmn.input.type", input=column.label)
        if column.allowed is not None and not self._allows(column.allowed, value):
            if self.strict:
                allowed = column.allowed.source[:120]
                raise DmnError(say("dmn.input.allowed", input=column.label, value=shown(value), allowed=allowed))
            return None
        return value

    def _holds(self, table: Table, rule: Rule, values: list[Any]) -> bool:
        for column, test, value in zip(table.inputs, rule.tests, values, strict=True):
            if test is not None and not self._passes(test, column, rule, value=value):
                return False
        return True

    def _passes(self, test: feel.Expression, column: Input, rule: Rule, *, value: Any) -> bool:
        def tell(why: str) -> str:
            return say("dmn.rule.input", rule=_named(rule), input=column.label, value=shown(value), why=why)

        return self._value(test, tell, {**self.names, "?": value}) is True

    def _hit(self, table: Table, rule: Rule) -> Hit:
        where = _named(rule)
        values = [
            self._output(column, result, where) for column, result in zip(table.outputs, rule.results, strict=True)
        ]
        rank = tuple(self._rank(column, value) for column, value in zip(table.outputs, values, strict=True))
        return Hit(rule, _together(table, values), rank)

    def _output(self, column: Output, result: feel.Expression | None, where: str) -> Any:
        def tell(why: str) -> str:
            return say("dmn.rule.output", rule=where, output=column.name, why=why)

        value = None if result is None else self._value(result, tell)
        value = self._checked(value, column.type, "dmn.output.type", rule=where, output=column.name)
        if column.allowed is not None and not self._allows(column.allowed, value):
            if self.strict:
                allowed = column.allowed.source[:120]
                raise DmnError(
                    say("dmn.output.allowed", rule=where, output=column.name, value=shown(value), allowed=allowed)
                )
            return None
        return value

    def _rank(self, column: Output, value: Any) -> int:
        for place, test in enumerate(column.order):
            if self._allows(test, value):
                return place
        return len(column.order)

    def _default(self, table: Table) -> Any:
        """What a table answers when no rule holds: its default, else an empty list where a list is due, else null."""
        if any(column.default is not None for column in table.outputs):
            where = say("dmn.default")
            values = [self._output(column, column.default, where) for column in table.outputs]
            found = _together(table, values)
            return [found] if table.policy in LISTS and not table.aggregation else found
        if table.aggregation == "COUNT":
            return AGGREGATIONS["COUNT"](self.computation, [])
        return [] if table.policy in LISTS and not table.aggregation else None


def _named(rule: Rule) -> str:
    return say("dmn.rule", number=rule.number, rule=rule.id)


def _instance(wanted: ItemType, value: Any) -> bool:
    """``instance of`` looks at the kinds, not at the allowed values."""
    return is_of(value, wanted, lambda _tests, _value: True)


def _together(table: Table, values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    return {column.name: value for column, value in zip(table.outputs, values, strict=True)}
