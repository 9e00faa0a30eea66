"""Fuel and sizes. Every limit is counted, none is timed: the same expression stops at the same place on every machine."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Subnormal
from typing import Any

from service.engine.feel.errors import OverLimit
from service.engine.feel.values import Function, Range, YearMonthDuration

SOURCE = 4096  # characters of one expression
DEPTH = 64  # levels of its tree
NODES = 2000  # nodes of its tree
CALLS = 128  # levels while computing: bounds the recursion of functions
TEXT = 65_536  # characters of any text computed
ITEMS = 10_000  # members of any list computed
RESULT = 50_000  # nodes of a result, shared ones counted each time
INTEGER = 10**61

# 34 digits as IEEE 754-2008 Decimal128 and the DMN standard want; exponents far narrower than there.
NUMBERS = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-60, Emax=60, traps=[InvalidOperation, DivisionByZero, Overflow, Subnormal]
)

_PLAIN = frozenset({type(None), bool, str, date, datetime, time, timedelta, YearMonthDuration, Range, Function})


class Meter:
    """The fuel of one evaluation. ``charge`` before the work, so that nothing large is ever begun."""

    __slots__ = ("depth", "fuel")

    def __init__(self, fuel: int) -> None:
        self.fuel = fuel
        self.depth = 0

    def charge(self, units: int) -> None:
        self.fuel -= units
        if self.fuel < 0:
            raise OverLimit("feel.limit.fuel")

    def text(self, length: int) -> None:
        """Announce a text of ``length`` characters."""
        if length > TEXT:
            raise OverLimit("feel.limit.text", limit=TEXT)
        self.charge(1 + length // 64)

    def texts(self, *values: Any) -> None:
        """Announce work over whole texts (comparing, searching); other values cost nothing here."""
        length = sum(len(value) for value in values if type(value) is str)
        if length > 64:
            self.charge(length // 64)

    def items(self, count: int) -> None:
        """Announce a list of ``count`` members."""
        if count > ITEMS:
            raise OverLimit("feel.limit.items", limit=ITEMS)
        self.charge(1 + count // 8)

    def adopt(self, value: Any) -> Any:
        """A value of the caller as a FEEL value: int and float become Decimal, tuples lists. Refuses objects of other types."""
        return _Copy(self, share=True).of(value, 0)

    def clean(self, value: Any) -> Any:
        """A deep copy of a result, of a bounded number of nodes; nothing of it is shared with the caller's data."""
        return _Copy(self, share=False).of(value, 0)


class _Copy:
    """One walk over one value. ``share``: keep lists and contexts that need no change, do not count their nodes as result."""

    def __init__(self, meter: Meter, *, share: bool) -> None:
        self.meter = meter
        self.share = share
        self.nodes = 0

    def of(self, value: Any, level: int) -> Any:
        if type(value) in _PLAIN:
            return value
        if level > DEPTH:
            raise OverLimit("feel.limit.depth", limit=DEPTH)
        if type(value) is list or type(value) is tuple:
            return self._list(value, level)
        if type(value) is dict:
            return self._context(value, level)
        return number(value)

    def _list(self, value: Any, level: int) -> list[Any]:
        self._count(len(value))
        copy = [self.of(member, level + 1) for member in value]
        same = self.share and type(value) is list and all(a is b for a, b in zip(copy, value, strict=True))
        return value if same else copy

    def _context(self, value: dict[Any, Any], level: int) -> dict[str, Any]:
        self._count(len(value))
        copy = {}
        changed = not self.share
        for key, member in value.items():
            if type(key) is not str:
                raise OverLimit("feel.limit.type", type=type(key).__name__)
            copy[key] = taken = self.of(member, level + 1)
            changed = changed or taken is not member
        return copy if changed else value

    def _count(self, members: int) -> None:
        self.nodes += members
        if self.nodes > RESULT:
            raise OverLimit("feel.limit.result", limit=RESULT)
        self.meter.charge(1 + members // 32)


def number(value: Any) -> Decimal:
    """A caller's int, float or Decimal as a FEEL number; raises OverLimit when it is none or out of bounds."""
    if type(value) is int:
        if not -INTEGER < value < INTEGER:
            raise OverLimit("feel.limit.number")
        return Decimal(value)
    if type(value) is float:
        value = Decimal(repr(value))
    if type(value) is not Decimal:
        raise OverLimit("feel.limit.type", type=type(value).__name__)
    if not value.is_finite() or (value and not -61 < value.adjusted() < 61):
        raise OverLimit("feel.limit.number")
    return value


def is_number(value: Any) -> bool:
    return type(value) is Decimal
