"""Variables somebody writes by hand: names that may be set, values as literals, kinds that stay what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.asked import names_asked
from service.domain.cases import Case
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.texts import say
from service.domain.variables import may_be_set
from service.engine import run
from service.engine.literals import BadLiteral, kind_of, read_literal, shown
from service.engine.model import Bundle, SetVariables

MOST = 20
LONGEST_NAME = 100
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """One variable: ``was`` and ``now`` are its values, which mean nothing where it is ``added`` or ``removed``."""

    name: str
    removed: bool = False
    added: bool = False
    was: Any = None
    now: Any = None

    @property
    def old(self) -> str:
        """As it would be written; empty: there was none."""
        return "" if self.added else shown(self.was)

    @property
    def new(self) -> str:
        return "" if self.removed else shown(self.now)


def changes_wanted(
    frame: Frame, case: Case, bundle: Bundle, *, number: int, given: Mapping[str, str], remove: Sequence[str]
) -> tuple[SetVariables, tuple[Change, ...]]:
    """The command and what it changes; Invalid with a fault for each name that is wrong."""
    if not given and not remove:
        raise Invalid("literal.nothing")
    if len(given) + len(remove) > MOST:
        raise Invalid("literal.many", limit=MOST)
    before = _before(case, bundle, number)
    asked = names_asked(bundle)
    faults: list[Fault] = []
    data: dict[str, Any] = {}
    for name in (*given, *remove):
        text = given.get(name)
        try:
            _must_be_free(name, asked, twice=name in given and name in remove)
            if text is None:
                _must_be_there(name, before)
            else:
                data[name] = _value(frame, name, text, before)
        except BadLiteral as error:
            faults.append(Fault("variable", str(error), {"field": name[:LONGEST_NAME], "name": name[:LONGEST_NAME]}))
    if faults:
        raise Invalid("literal.refused", count=len(faults), faults=faults)
    told = [Change(n, added=n not in before, was=before.get(n), now=value) for n, value in data.items()]
    told += [Change(name, removed=True, was=before[name]) for name in remove]
    return SetVariables(number, data, tuple(remove)), tuple(told)


def _before(case: Case, bundle: Bundle, number: int) -> Mapping[str, Any]:
    """What the place sees; for the whole case what any of its places sees, the first that has the name."""
    found = [w for w in run.waits(bundle, case.state) if not w.host] if case.state else []
    if number:
        found = [w for w in found if w.number == number]
        if not found:
            raise Conflict("repair.nothing_waits", case=case.business_key, number=number)
    merged: dict[str, Any] = {}
    for wait in found:
        merged = dict(wait.data) | merged
    return merged


def _must_be_free(name: str, asked: frozenset[str], *, twice: bool) -> None:
    if not may_be_set(name) or len(name) > LONGEST_NAME:
        raise BadLiteral(say("variable.reserved", name=name[:60]))
    if name in asked:
        raise BadLiteral(say("literal.of_form", name=name))
    if twice:
        raise BadLiteral(say("literal.twice", name=name))


def _must_be_there(name: str, before: Mapping[str, Any]) -> None:
    if name not in before:
        raise BadLiteral(say("literal.absent", name=name))


def _value(frame: Frame, name: str, text: str, before: Mapping[str, Any]) -> Any:
    if len(text) > LONGEST:
        raise BadLiteral(say("literal.long", name=name, limit=LONGEST))
    value = read_literal(text, at=frame.now)
    was, now = kind_of(before.get(name)), kind_of(value)
    if before.get(name) is not None and was != now:
        raise BadLiteral(say("literal.kind", name=name, was=was, now=now))
    return value
