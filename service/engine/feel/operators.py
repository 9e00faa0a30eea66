"""Equality, order and arithmetic of two values. Raises Failed where the language has no answer."""

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Any

from service.domain.texts import say
from service.engine.feel import times
from service.engine.feel.errors import Failed, OverLimit
from service.engine.feel.limits import DEPTH, NUMBERS, Meter
from service.engine.feel.values import Range, YearMonthDuration, kind

ORDERED = frozenset(
    {"number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"}
)
# Fuel of a power, a logarithm: about that many times a sum.
POWER = 20
LONGEST = 10**12  # months
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def kind_text(value: Any) -> str:
    """The Chinese word for the type of ``value``."""
    return say("feel.kind." + kind(value).replace(" ", "-"))


def equal(meter: Meter, left: Any, right: Any, level: int = 0) -> bool | None:
    """Whether two values are equal; None when they cannot be compared (text with number)."""
    meter.charge(1)
    meter.texts(left, right)
    if level > DEPTH:
        raise OverLimit("feel.limit.depth", limit=DEPTH)
    if left is None or right is None:
        return left is right
    found = kind(left)
    if found != kind(right):
        return None
    if found in ("list", "context", "range"):
        return _equal_parts(meter, left, right, level + 1)
    if found == "time":
        return times.comparable(left) == times.comparable(right)
    return left is right if found == "function" else bool(left == right)


def _equal_parts(meter: Meter, left: Any, right: Any, level: int) -> bool:
    """Two lists, contexts or ranges."""
    if type(left) is list:
        return len(left) == len(right) and all(
            equal(meter, a, b, level) is True for a, b in zip(left, right, strict=True)
        )
    if type(left) is dict:
        meter.charge(len(left) // 8)
        return left.keys() == right.keys() and all(
            equal(meter, member, right[key], level) is True for key, member in left.items()
        )
    return _equal_ranges(meter, left, right)


def _equal_ranges(meter: Meter, left: Range, right: Range) -> bool:
    flags = (left.low_in, left.high_in, left.low_given, left.high_given)
    if flags != (right.low_in, right.high_in, right.low_given, right.high_given):
        return False
    return equal(meter, left.low, right.low) is True and equal(meter, left.high, right.high) is True


def ordered(meter: Meter, op: str, *, left: Any, right: Any) -> bool:
    """``compare``, paid for."""
    meter.texts(left, right)
    return compare(op, left, right)


def compare(op: str, left: Any, right: Any) -> bool:
    """``left op right`` for < <= > >=."""
    found = kind(left)
    if found not in ORDERED or found != kind(right):
        raise _unfit(op, left, right)
    if found == "time":
        (left, left_zoned), (right, right_zoned) = times.comparable(left), times.comparable(right)
        if left_zoned != right_zoned:
            raise Failed("feel.type.zone")
    try:
        return _COMPARE[op](left, right)
    except TypeError:
        raise Failed("feel.type.zone") from None


def arithmetic(meter: Meter, op: str, left: Any, right: Any) -> Any:
    """``left op right`` for + - * / **."""
    if type(left) is Decimal and type(right) is Decimal:
        if op == "**":
            meter.charge(POWER)
        return calculate(_NUMBERS[op], left, right)
    if type(left) is str and type(right) is str and op == "+":
        meter.text(len(left) + len(right))
        return left + right
    found = _OTHERS.get((op, kind(left), kind(right)))
    if found is None:
        raise _unfit(op, left, right)
    try:
        return _bounded(found(left, right))
    except (OverflowError, ValueError):
        raise Failed("feel.limit.number") from None
    except TypeError:
        raise Failed("feel.type.zone") from None
    except DecimalException:
        raise Failed("feel.number.undefined") from None


def _bounded(value: Any) -> Any:
    if type(value) is YearMonthDuration and abs(value.months) > LONGEST:
        raise OverflowError
    return value


def calculate(work: Callable[..., Decimal], *numbers: Any) -> Decimal:
    """A result of the number context, or Failed: division by zero, out of bounds, no real result."""
    try:
        found = work(*numbers)
    except DecimalException:
        raise Failed("feel.number.undefined") from None
    if not found.is_finite():
        raise Failed("feel.number.undefined")
    return found


def negate(value: Any) -> Any:
    """``-value``."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is timedelta:
        return -value
    if type(value) is YearMonthDuration:
        return YearMonthDuration(-value.months)
    raise Failed("feel.type.operand", op="-", found=kind_text(value))


def within(value: Any, span: Range) -> bool:
    """Whether ``value`` lies in ``span``; raises Failed when it cannot be compared with the ends."""
    if value is None or (span.low is None and span.low_given) or (span.high is None and span.high_given):
        raise Failed("feel.range.null")
    if span.low is not None and not compare(">=" if span.low_in else ">", value, span.low):
        return False
    return span.high is None or compare("<=" if span.high_in else "<", value, span.high)


def fits(meter: Meter, value: Any, wanted: Any) -> bool | None:
    """Whether ``value`` passes a test that gave ``wanted``: lies in the range, is in the list, or equals it."""
    meter.charge(1)
    if type(wanted) is Range and type(value) is not Range:
        meter.texts(value, value)
        return within(value, wanted)
    if type(wanted) is list and type(value) is not list:
        return any(_fits_quietly(meter, value, member) for member in wanted)
    if type(wanted) is list and any(equal(meter, value, member) for member in wanted):
        return True
    return equal(meter, value, wanted)


def _fits_quietly(meter: Meter, value: Any, wanted: Any) -> bool:
    try:
        return fits(meter, value, wanted) is True
    except Failed:
        return False


def _unfit(op: str, left: Any, right: Any) -> Failed:
    return Failed("feel.type.operands", op=op, left=kind_text(left), right=kind_text(right))


def _minus_months(moment: Any, months: YearMonthDuration) -> Any:
    return times.add_months(moment, -months.months)


def _datetimes(left: date, right: date) -> timedelta:
    """The time between two, where a date means its midnight in the zone of the other."""
    zone = getattr(left, "tzinfo", None) or getattr(right, "tzinfo", None)
    first, second = (
        moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone) for moment in (left, right)
    )
    return first - second


def _ratio(left: timedelta, right: timedelta) -> Decimal:
    return NUMBERS.divide(times.seconds(left), times.seconds(right))


def _scaled(duration: timedelta, factor: Decimal) -> timedelta:
    return times.from_seconds(NUMBERS.multiply(times.seconds(duration), factor))


def _scaled_months(duration: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(int(NUMBERS.multiply(Decimal(duration.months), factor)))


_NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": NUMBERS.divide,
    "**": NUMBERS.power,
}

_DAYS, _MONTHS = "days and time duration", "years and months duration"
_MOMENT = "date and time"

_OTHERS: dict[tuple[str, str, str], Callable[[Any, Any], Any]] = {
    ("+", "date", _MONTHS): lambda a, b: times.add_months(a, b.months),
    ("+", _MONTHS, "date"): lambda a, b: times.add_months(b, a.months),
    ("+", _MOMENT, _MONTHS): lambda a, b: times.add_months(a, b.months),
    ("+", _MONTHS, _MOMENT): lambda a, b: times.add_months(b, a.months),
    ("+", "date", _DAYS): times.add_time_to_date,
    ("+", _DAYS, "date"): lambda a, b: times.add_time_to_date(b, a),
    ("+", _MOMENT, _DAYS): operator.add,
    ("+", _DAYS, _MOMENT): operator.add,
    ("+", "time", _DAYS): times.add_to_time,
    ("+", _DAYS, "time"): lambda a, b: times.add_to_time(b, a),
    ("+", _DAYS, _DAYS): operator.add,
    ("+", _MONTHS, _MONTHS): lambda a, b: YearMonthDuration(a.months + b.months),
    ("-", "date", _MONTHS): _minus_months,
    ("-", _MOMENT, _MONTHS): _minus_months,
    ("-", "date", _DAYS): lambda a, b: times.add_time_to_date(a, -b),
    ("-", _MOMENT, _DAYS): operator.sub,
    ("-", "time", _DAYS): lambda a, b: times.add_to_time(a, -b),
    ("-", "date", "date"): operator.sub,
    ("-", _MOMENT, _MOMENT): operator.sub,
    ("-", _MOMENT, "date"): _datetimes,
    ("-", "date", _MOMENT): _datetimes,
    ("-", "time", "time"): times.between_times,
    ("-", _DAYS, _DAYS): operator.sub,
    ("-", _MONTHS, _MONTHS): lambda a, b: YearMonthDuration(a.months - b.months),
    ("*", _DAYS, "number"): _scaled,
    ("*", "number", _DAYS): lambda a, b: _scaled(b, a),
    ("*", _MONTHS, "number"): _scaled_months,
    ("*", "number", _MONTHS): lambda a, b: _scaled_months(b, a),
    ("/", _DAYS, "number"): lambda a, b: times.from_seconds(NUMBERS.divide(times.seconds(a), b)),
    ("/", _MONTHS, "number"): lambda a, b: YearMonthDuration(int(NUMBERS.divide(Decimal(a.months), b))),
    ("/", _DAYS, _DAYS): _ratio,
    ("/", _MONTHS, _MONTHS): lambda a, b: NUMBERS.divide(Decimal(a.months), Decimal(b.months)),
}
