"""Number functions. 34 digits; a result outside 10^-60..10^60 is no result."""

from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Any

from service.engine.feel.builtins.form import Form, Registry, form, whole
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.limits import NUMBERS
from service.engine.feel.operators import POWER, calculate
from service.engine.feel.values import YearMonthDuration

_SCALE = 62
# Rounding to a scale may need more digits than a number has; they are few and bounded.
_WIDE = Context(prec=200, Emin=-200, Emax=200)


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """``value`` with ``scale`` digits after the point (before it when negative)."""
    digits = int(scale)
    if not -6111 <= digits <= 6176:  # of the standard
        raise Failed("feel.number.scale")
    # Beyond its own digits there is nothing left of a number to round.
    digits = max(-_SCALE, min(digits, _SCALE * 2))
    step = Decimal(1).scaleb(-digits, _WIDE)
    wide = value.quantize(step, rounding=rounding, context=_WIDE) if digits >= 0 else _coarse(value, step, rounding)
    return calculate(NUMBERS.plus, wide)


def _coarse(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    whole_steps = _WIDE.divide(value, step).to_integral_value(rounding=rounding, context=_WIDE)
    return _WIDE.multiply(whole_steps, step).quantize(Decimal(1), context=_WIDE)


def _rounding(mode: str) -> Callable[..., Decimal]:
    def work(_run: Run, number: Decimal, scale: Decimal | None = None) -> Decimal:
        return rounded(number, scale or Decimal(0), mode)

    return work


def _abs(_run: Run, value: Any) -> Any:
    if type(value) is YearMonthDuration:
        return YearMonthDuration(abs(value.months))
    return abs(value) if type(value) is timedelta else value.copy_abs()


def _modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    if not divisor:
        raise Failed("feel.number.undefined")
    quotient = _WIDE.divide(dividend, divisor).to_integral_value(rounding=ROUND_FLOOR, context=_WIDE)
    return calculate(NUMBERS.plus, _WIDE.subtract(dividend, _WIDE.multiply(divisor, quotient)))


def _sqrt(_run: Run, number: Decimal) -> Decimal:
    return calculate(NUMBERS.sqrt, number)


def _log(run: Run, number: Decimal) -> Decimal:
    run.meter.charge(POWER)
    return calculate(NUMBERS.ln, number)


def _exp(run: Run, number: Decimal) -> Decimal:
    run.meter.charge(POWER)
    return calculate(NUMBERS.exp, number)


def _even(_run: Run, number: Decimal) -> bool:
    return whole(number) % 2 == 0


def _odd(_run: Run, number: Decimal) -> bool:
    return whole(number) % 2 == 1


def _rounder(mode: str) -> tuple[Form, ...]:
    return (form(_rounding(mode), "n:number", "scale:number"),)


def _whole(mode: str) -> tuple[Form, ...]:
    return (form(_rounding(mode), "n:number"), form(_rounding(mode), "n:number", "scale:number"))


FORMS: Registry = {
    "decimal": _rounder(ROUND_HALF_EVEN),
    "floor": _whole(ROUND_FLOOR),
    "ceiling": _whole(ROUND_CEILING),
    "round up": _rounder(ROUND_UP),
    "round down": _rounder(ROUND_DOWN),
    "round half up": _rounder(ROUND_HALF_UP),
    "round half down": _rounder(ROUND_HALF_DOWN),
    "abs": (form(_abs, "n:number|days and time duration|years and months duration"),),
    "modulo": (form(_modulo, "dividend:number", "divisor:number"),),
    "sqrt": (form(_sqrt, "number:number"),),
    "log": (form(_log, "number:number"),),
    "exp": (form(_exp, "number:number"),),
    "even": (form(_even, "number:number"),),
    "odd": (form(_odd, "number:number"),),
}
