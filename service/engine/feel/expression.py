"""``compile`` and ``Expression``: the only two words other rooms need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. ``names`` are the free variable names it reads, roots of paths only."""

    source: str
    names: frozenset[str]

    def evaluate(self, context: Mapping[str, Any], *, at: datetime, strict: bool = True, fuel: int = 20_000) -> Any:
        """The value over ``context``. ``at`` (aware) is what today() and now() say.

        strict: an unknown name or operands that do not fit raise FeelError; else they give null, as DMN wants.
        """
        raise NotImplementedError


def compile(source: str, *, unary: bool = False, names: Iterable[str] = ()) -> Expression:
    """Read ``source``; raises FeelError with message, column, source. ``unary``: a decision table cell (``< 5, not("a")``, ``-``).

    ``names``: known names with spaces or operators in them (``Applicant age``), tried longest first.
    """
    raise NotImplementedError


def strip_equals(source: str) -> str:
    """``source`` without the leading ``=`` that BPMN attributes carry, and without surrounding blanks."""
    text = source.strip()
    return text[1:].strip() if text.startswith("=") else text
