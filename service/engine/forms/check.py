"""Judge what a person submits for a task: everything wrong at once, each with its field, or the values the case may keep.

A field that was not sent counts as not filled in, whatever the variable held before: what a person decides has to be said. So the
result holds every field of the form: null or an empty list where nothing was said, also for fields that were hidden (an end date
typed last time must not live on when the authorisation is now 长期). Read-only fields keep the case's value; sent back they must be
equal to it. Expression fields are computed here, whatever was sent. A list that is hidden keeps its rows when they are the case's.
What the form does not know is refused at any depth. How rows find their way: ``levels``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from service.domain.errors import Fault
from service.domain.texts import say
from service.engine.forms.components import GROUP, LIST, Component, is_fixed, kind_of, label_of, name_of
from service.engine.forms.levels import Level, whole
from service.engine.forms.measure import too_large
from service.engine.forms.rules import broken
from service.engine.forms.sheet import Sheet, TooMuch
from service.engine.forms.values import blank, says_nothing, take
from service.engine.forms.wrong import Wrong, clean, equal, is_empty, look, shown

_GONE = object()


@dataclass(frozen=True, slots=True)
class Checked:
    """``data``: the values the case may keep, empty when there are faults. ``files``: attachments that this field did not name before."""

    data: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    files: tuple[str, ...] = ()


def check(form: Component, submitted: Mapping[str, Any], *, current: Mapping[str, Any], at: datetime) -> Checked:
    """``current``: the task's variables. ``at``: now, for today() and dates that may not lie in the past."""
    large = too_large(submitted)
    if large is not None:
        return Checked(faults=(large,))
    root = whole(form, submitted, current)
    judge = _Judge(Sheet(at, root.seen))
    try:
        judge.compute(root)
        data = judge.level(root, hidden=False)
    except TooMuch:
        return Checked(faults=(Fault("too-large", say("form.too_much"), {"field": ""}),))
    if judge.faults:
        return Checked(faults=tuple(judge.faults))
    return Checked(data, (), tuple(dict.fromkeys(judge.files)))


class _Judge:
    """One walk over one submission."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.faults: list[Fault] = []
        self.files: list[str] = []
        self.computed: dict[str, Any] = {}

    def compute(self, root: Level) -> None:
        """All expression fields, in the form's order; what comes later sees what came before."""
        self._compute(root)
        self.sheet.settled = True

    def _compute(self, level: Level) -> None:
        for component, _ in level.fields():
            name = name_of(component)
            if kind_of(component) == "expression":
                found = _keepable(self.sheet.evaluate(str(component.get("expression", "")), level.place))
                self.computed[level.path + name] = found
                level.seen[name] = look(found)
            for inner in _inner(level, name):
                self._compute(inner)

    def level(self, level: Level, *, hidden: bool) -> dict[str, Any]:
        """The values of one level."""
        names = set()
        data = dict(level.current) if level.keeps else {}
        for component, hides in level.fields():
            name = name_of(component)
            names.add(name)
            gone = hidden or any(self.sheet.true(hide, level.place) for hide in hides)
            found = self._one(level, component, hidden=gone)
            if found is not _GONE:
                data[name] = found
        self._unknown(level, names)
        return data

    def _one(self, level: Level, component: Component, *, hidden: bool) -> Any:
        kind = kind_of(component)
        if kind == LIST:
            return self._list(level, component, hidden=hidden)
        if kind == GROUP:
            return self._group(level, component, hidden=hidden)
        if kind == "expression":
            return self.computed[level.path + name_of(component)]
        locked = component.get("disabled") is True or self.sheet.true(component.get("readonly"), level.place)
        if locked:
            return self._read_only(level, component)
        return self._field(level, component, hidden=hidden)

    def _field(self, level: Level, component: Component, *, hidden: bool) -> Any:
        raw = level.given.get(name_of(component))
        if hidden:
            if not says_nothing(component, raw):
                self._fault(level, component, Wrong("hidden-field", "form.hidden_field"), raw)
            return blank(component)
        try:
            value = take(component, raw)
        except Wrong as wrong:
            self._fault(level, component, wrong, raw)
            return blank(component)
        for rule in broken(component, value, self.sheet, level.place):
            self._fault(level, component, rule, raw)
        if kind_of(component) == "filepicker":
            known = {id for row in level.before for id in _ids(row.get(name_of(component)))}
            self.files += [id for id in _ids(value) if id not in known]
        return value

    def _read_only(self, level: Level, component: Component) -> Any:
        name = name_of(component)
        raw, was = level.given.get(name), level.was(component)
        if raw is not None and not _same(component, raw, was):
            self._fault(level, component, Wrong("read-only", "form.read_only", wanted=shown(look(was))), raw)
        return was if name in level.current or was is not None else _GONE

    def _list(self, level: Level, component: Component, *, hidden: bool) -> Any:
        name = name_of(component)
        raw, found = level.given.get(name), level.inner[name]
        if hidden:
            if not is_empty(raw):
                self._fault(level, component, Wrong("hidden-field", "form.hidden_field"), raw)
            return _GONE if is_fixed(component) else []
        if isinstance(found, Wrong):
            self._fault(level, component, found, raw)
            return _GONE
        if not found and component.get("validate", {}).get("required") is True:
            self._fault(level, component, Wrong("required", "form.required_rows"), raw)
        return [self.level(row, hidden=False) for row in found]

    def _group(self, level: Level, component: Component, *, hidden: bool) -> Any:
        name = name_of(component)
        found = level.inner[name]
        if isinstance(found, Wrong):
            self._fault(level, component, found, level.given.get(name))
            return _GONE
        return self.level(found[0], hidden=hidden)

    def _unknown(self, level: Level, names: set[str]) -> None:
        for name, value in level.given.items():
            if name in names or (level.keeps and name in level.current and equal(value, level.current[name])):
                continue
            text = say("form.unknown_field", name=clean(name), where=level.words)
            where = {"field": level.path + clean(name), "label": level.words.rstrip("·")}
            self.faults.append(Fault("unknown-field", text, where))

    def _fault(self, level: Level, component: Component, wrong: Wrong, raw: Any) -> None:
        label = f"{level.words}{label_of(component)}"
        found = shown(wrong.values.get("found", raw))
        text = say(wrong.text, **{**wrong.values, "label": label, "found": found})
        where = {"field": level.path + name_of(component), "label": label}
        self.faults.append(Fault(wrong.code, text, where))


def _inner(level: Level, name: str) -> list[Level]:
    found = level.inner.get(name, [])
    return [] if isinstance(found, Wrong) else found


def _same(component: Component, raw: Any, was: Any) -> bool:
    """Equal as values of the field, or, where the case's value is of another kind, as JSON."""
    try:
        return equal(take(component, raw), take(component, was))
    except Wrong:
        return equal(raw, was)


def _ids(value: Any) -> list[str]:
    ids = value if isinstance(value, list) else [value]
    return [id for id in ids if isinstance(id, str) and id]


def _keepable(value: Any) -> Any:
    """What FEEL computed, if the case can keep it: no functions, no ranges."""
    if isinstance(value, list):
        return [_keepable(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _keepable(entry) for key, entry in value.items()}
    plain = value is None or isinstance(value, bool | int | str | Decimal | date | datetime | time)
    return value if plain else None
