"""How points and ranges lie to one another: Allen's relations, as DMN names them."""

from collections.abc import Callable
from typing import Any

from service.engine.feel.builtins.form import Form, Registry, form
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.operators import compare, equal, within
from service.engine.feel.values import Range


def _span(value: Any) -> Range:
    """A point is the range of itself."""
    if type(value) is not Range:
        return Range(value, value)
    if value.low is None or value.high is None:
        raise Failed("feel.range.null")
    return value


def _before(_run: Run, a: Any, b: Any) -> bool:
    left, right = _span(a), _span(b)
    if compare("<", left.high, right.low):
        return True
    return compare("<=", left.high, right.low) and not (left.high_in and right.low_in)


def _after(run: Run, a: Any, b: Any) -> bool:
    return _before(run, b, a)


def _meets(run: Run, a: Range, b: Range) -> bool:
    left, right = _span(a), _span(b)
    return left.high_in and right.low_in and equal(run.meter, left.high, right.low) is True


def _overlaps_before(_run: Run, a: Range, b: Range) -> bool:
    left, right = _span(a), _span(b)
    return _starts_earlier(left, right) and _share(left, right) and _ends_by(left, right)


def _starts_earlier(left: Range, right: Range) -> bool:
    if compare("<", left.low, right.low):
        return True
    return compare("<=", left.low, right.low) and left.low_in and not right.low_in


def _ends_by(left: Range, right: Range) -> bool:
    """Whether left ends not after right."""
    if compare("<", left.high, right.high):
        return True
    return compare("<=", left.high, right.high) and (right.high_in or not left.high_in)


def _starts_by(left: Range, right: Range) -> bool:
    """Whether left starts not before right."""
    if compare(">", left.low, right.low):
        return True
    return compare(">=", left.low, right.low) and (right.low_in or not left.low_in)


def _share(left: Range, right: Range) -> bool:
    """Whether some point lies in both."""
    return not _apart(left, right) and not _apart(right, left)


def _apart(left: Range, right: Range) -> bool:
    if compare("<", left.high, right.low):
        return True
    return compare("<=", left.high, right.low) and not (left.high_in and right.low_in)


def _overlaps(_run: Run, a: Range, b: Range) -> bool:
    return _share(_span(a), _span(b))


def _finishes(run: Run, a: Any, b: Range) -> bool:
    left, right = _span(a), _span(b)
    same = equal(run.meter, left.high, right.high) is True and left.high_in == right.high_in
    return same and _starts_by(left, right)


def _starts(run: Run, a: Any, b: Range) -> bool:
    left, right = _span(a), _span(b)
    same = equal(run.meter, left.low, right.low) is True and left.low_in == right.low_in
    return same and _ends_by(left, right)


def _includes(_run: Run, a: Range, b: Any) -> bool:
    if type(b) is not Range:
        return within(b, a)
    left, right = _span(b), _span(a)
    return _starts_by(left, right) and _ends_by(left, right)


def _coincides(run: Run, a: Any, b: Any) -> bool:
    return equal(run.meter, a, b) is True


def _swapped(work: Callable[[Run, Any, Any], bool]) -> Callable[[Run, Any, Any], bool]:
    return lambda run, a, b: work(run, b, a)


_POINT = "number|string|date|time|date and time|days and time duration|years and months duration"


def _points_and_ranges(work: Callable[..., Any]) -> tuple[Form, ...]:
    return (
        form(work, f"point1:{_POINT}", f"point2:{_POINT}"),
        form(work, f"point:{_POINT}", "range:range"),
        form(work, "range:range", f"point:{_POINT}"),
        form(work, "range1:range", "range2:range"),
    )


def _ranges(work: Callable[..., Any]) -> tuple[Form, ...]:
    return (form(work, "range1:range", "range2:range"),)


def _point_in_range(work: Callable[..., Any]) -> tuple[Form, ...]:
    return (form(work, f"point:{_POINT}", "range:range"), *_ranges(work))


def _range_over_point(work: Callable[..., Any]) -> tuple[Form, ...]:
    return (form(work, "range:range", f"point:{_POINT}"), *_ranges(work))


FORMS: Registry = {
    "before": _points_and_ranges(_before),
    "after": _points_and_ranges(_after),
    "meets": _ranges(_meets),
    "met by": _ranges(_swapped(_meets)),
    "overlaps": _ranges(_overlaps),
    "overlaps before": _ranges(_overlaps_before),
    "overlaps after": _ranges(_swapped(_overlaps_before)),
    "finishes": _point_in_range(_finishes),
    "finished by": _range_over_point(_swapped(_finishes)),
    "starts": _point_in_range(_starts),
    "started by": _range_over_point(_swapped(_starts)),
    "includes": _range_over_point(_includes),
    "during": _point_in_range(_swapped(_includes)),
    "coincides": (form(_coincides, f"point1:{_POINT}", f"point2:{_POINT}"), *_ranges(_coincides)),
}
