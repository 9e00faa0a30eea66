"""Repairing a case by force: where it waits, what an order would do, the orders."""

from pydantic import ConfigDict, Field, JsonValue

from service.actions.look_at_repair import RepairView, WaitingPlace
from service.actions.parts.literals import Change
from service.actions.parts.repairing import Foreseen, Passed
from service.actions.preview_variables import VariablesForeseen
from service.api.shapes.base import Given, Reason, Shown

_SET: dict[str, JsonValue] = {"rounds": "3", "note": '"已核对"', "until": 'date("2026-12-31")'}


class VariableShown(Shown):
    """`text`: the value as it would be written. `guarded`: a person or the house gave it, it is not changed by hand."""

    name: str
    kind: str
    text: str
    guarded: bool


class TargetShown(Shown):
    element: str
    name: str


class WaitingShown(Shown):
    """A place that waits. What the caller may not do or see there is empty."""

    number: int
    element: str
    name: str
    kind: str
    may_skip: bool
    why_not: str
    targets: list[TargetShown]
    variables: list[VariableShown]


class RepairShown(Shown):
    """`version` is the ETag, for the order that follows."""

    case: str
    key: str
    status: str
    version: int
    may_force: bool
    may_set: bool
    places: list[WaitingShown]


class ForceGiven(Given):
    """A skip, or with `target` a jump."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"number": 7, "target": "draft_list"}]})

    number: int = Field(ge=1)
    target: str = Field("", max_length=200)


class SkipGiven(Reason):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"number": 7, "reason": "外部系统停用"}]})

    number: int = Field(ge=1)


class JumpGiven(Reason):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"number": 7, "target": "draft_list", "reason": "重新编制"}]}
    )

    number: int = Field(ge=1)
    target: str = Field(min_length=1, max_length=200)


class VariablesWanted(Given):
    """`set`: name -> FEEL or JSON literal. `number`: the place that sees it, 0 for the whole case."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"set": _SET, "remove": [], "number": 0}]}
    )

    set: dict[str, str] = Field(default_factory=dict)
    remove: list[str] = Field(default_factory=list)
    number: int = Field(0, ge=0)


class VariablesGiven(VariablesWanted):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"set": _SET, "remove": [], "number": 0, "reason": "更正"}]}
    )

    reason: str = Field(max_length=4_000)


class PassedShown(Shown):
    """`how`: opened, completed, cancelled, skipped, error."""

    element: str
    name: str
    kind: str
    how: str


class ForeseenShown(Shown):
    """What would happen to the case as it is at `version`. `status`: of the case afterwards."""

    version: int
    passed: list[PassedShown]
    closed: list[PassedShown]
    opened: list[PassedShown]
    status: str


class VariableChangeShown(Shown):
    """`old` is null for a new variable, `new` for one that goes."""

    name: str
    old: str | None
    new: str | None


class VariablesForeseenShown(Shown):
    version: int
    changes: list[VariableChangeShown]


class ForcedShown(Shown):
    """The case afterwards; the ETag is its version."""

    case: str
    status: str
    version: int


def repair(view: RepairView) -> RepairShown:
    case = view.case
    return RepairShown(
        case=case.id, key=case.business_key, status=case.status.value, version=case.version, may_force=view.may_force,
        may_set=view.may_set, places=[_place(place) for place in view.places],
    )  # fmt: skip


def foreseen(found: Foreseen) -> ForeseenShown:
    return ForeseenShown(
        version=found.version, passed=_passed(found.passed), closed=_passed(found.closed), opened=_passed(found.opened),
        status=found.after,
    )  # fmt: skip


def variables_foreseen(found: VariablesForeseen) -> VariablesForeseenShown:
    return VariablesForeseenShown(version=found.version, changes=[_change(change) for change in found.changes])


def _place(place: WaitingPlace) -> WaitingShown:
    variables = [VariableShown(name=v.name, kind=v.kind, text=v.text, guarded=v.guarded) for v in place.variables]
    return WaitingShown(
        number=place.number, element=place.element, name=place.name, kind=place.kind, may_skip=place.may_skip,
        why_not=place.why_not, targets=[TargetShown(element=id, name=name) for id, name in place.targets.items()],
        variables=variables,
    )  # fmt: skip


def _passed(found: tuple[Passed, ...]) -> list[PassedShown]:
    return [PassedShown(element=p.element, name=p.name, kind=p.kind, how=p.how) for p in found]


def _change(change: Change) -> VariableChangeShown:
    old, new = (None if change.added else change.old), (None if change.removed else change.new)
    return VariableChangeShown(name=change.name, old=old, new=new)
