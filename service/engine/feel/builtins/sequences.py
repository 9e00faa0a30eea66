"""Functions that count and measure lists: count, min, max, sum, mean, median, mode, stddev, product."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.engine.feel.builtins.form import Form, Registry, form
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.limits import NUMBERS
from service.engine.feel.operators import calculate, compare


def numbers(run: Run, values: list[Any]) -> list[Decimal]:
    """``values``, all of them numbers, or Failed."""
    run.meter.items(len(values))
    run.meter.charge(len(values) // 4)
    if any(type(value) is not Decimal for value in values):
        raise Failed("feel.list.numbers")
    return values


def total(values: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in values:
        result = calculate(NUMBERS.add, result, value)
    return result


def _count(_run: Run, values: list[Any]) -> Decimal:
    return Decimal(len(values))


def _extreme(op: str) -> Callable[[Run, list[Any]], Any]:
    def work(run: Run, values: list[Any]) -> Any:
        run.meter.charge(len(values))
        best = None
        for at, value in enumerate(values):
            run.meter.texts(value, value)
            if compare("<=", value, value) and (at == 0 or compare(op, value, best)):
                best = value
        return best

    return work


def _sum(run: Run, values: list[Any]) -> Decimal | None:
    return total(numbers(run, values)) if values else None


def _mean(run: Run, values: list[Any]) -> Decimal | None:
    return calculate(NUMBERS.divide, total(numbers(run, values)), Decimal(len(values))) if values else None


def _product(run: Run, values: list[Any]) -> Decimal | None:
    result = Decimal(1)
    for value in numbers(run, values):
        result = calculate(NUMBERS.multiply, result, value)
    return result if values else None


def _median(run: Run, values: list[Any]) -> Decimal | None:
    if not values:
        return None
    ordered = sorted(numbers(run, values))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return calculate(NUMBERS.divide, calculate(NUMBERS.add, ordered[middle - 1], ordered[middle]), Decimal(2))


def _mode(run: Run, values: list[Any]) -> list[Decimal]:
    counts: dict[Decimal, int] = {}
    for value in numbers(run, values):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(value for value, count in counts.items() if count == most)


def _stddev(run: Run, values: list[Any]) -> Decimal | None:
    """Of a sample: divided by n - 1."""
    if len(numbers(run, values)) < 2:
        return None
    mean = calculate(NUMBERS.divide, total(values), Decimal(len(values)))
    squares = [calculate(NUMBERS.power, NUMBERS.subtract(value, mean), Decimal(2)) for value in values]
    return calculate(NUMBERS.sqrt, calculate(NUMBERS.divide, total(squares), Decimal(len(values) - 1)))


def _over(work: Callable[..., Any]) -> tuple[Form, ...]:
    """A list, or the members one by one."""
    return (form(work, "list:list"), form(work, "list:any*"))


FORMS: Registry = {
    "count": (form(_count, "list:list"),),
    "min": _over(_extreme("<")),
    "max": _over(_extreme(">")),
    "sum": _over(_sum),
    "mean": _over(_mean),
    "product": _over(_product),
    "median": _over(_median),
    "mode": _over(_mode),
    "stddev": _over(_stddev),
}
