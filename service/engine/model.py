"""What goes into the engine and what comes out: values only, nothing of SpiffWorkflow.

``read.read_bundle(files, ...) -> Bundle`` compiles a deployment or raises ``Refused`` with all problems.
``run.apply(bundle, state, command, at=...) -> Step`` does one step; ``state`` is None for ``Start``.
Numbers: every node that waits has a small integer, unique in its case and never used again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

STATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason to refuse a deployment. ``line`` and ``column`` count from 1, 0 when unknown. ``message`` is Chinese."""

    rule: str
    message: str
    file: str
    element: str = ""
    name: str = ""
    line: int = 0
    column: int = 0


class Refused(Exception):
    """The files cannot be deployed; every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.file}:{p.line} {p.element} {p.message}" for p in problems[:5]))


class EngineError(Exception):
    """A step cannot be done; the state stays as it was. ``code`` is stable:

    ``not-waiting`` (the number does not wait, or not for this), ``expression`` (FEEL failed), ``limit`` (too many steps
    or tasks), ``uncaught-error`` (BPMN error nobody catches), ``no-flow`` (a gateway found no way), ``bad-target`` (no such
    start, return or jump), ``forced`` (what may not be forced), ``stuck`` (a join would wait for ever), ``data`` (a value that cannot be kept), ``state`` (not ours to read),
    ``internal`` (a fault of the engine).
    """

    def __init__(self, code: str, message: str, *, element: str = "", expression: str = "") -> None:
        self.code, self.message, self.element, self.expression = code, message, element, expression
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Element:
    """Facts of one drawn element, read from the XML at deploy. Empty string or tuple: not given."""

    id: str
    kind: str  # local tag name: userTask, serviceTask, exclusiveGateway, boundaryEvent, ...
    name: str
    process: str
    lane: str = ""
    line: int = 0
    candidate_groups: tuple[str, ...] = ()  # camunda:candidateGroups, each "post@relation"
    assignee: str = ""  # camunda:assignee, FEEL giving a person id, "= initiator"
    form_key: str = ""  # camunda:formKey, id of a form in the bundle
    due_workdays: int | None = None  # oneseal:dueWorkdays
    handler: str = ""  # oneseal:handler, a file of handlers/
    retries: int = 3  # oneseal:retries
    sign_off: str = ""  # oneseal:signOff: single, all, any, sequential, vote (only single runs now)
    separate_from: tuple[str, ...] = ()  # oneseal:separateFrom: element ids whose actors may not act here
    return_to: tuple[str, ...] = ()  # oneseal:returnTo: element ids a person may return to (退回)
    senders: tuple[str, ...] = ()  # oneseal:senders: who may send the message waited for; empty: other cases only
    case_status: str = ""  # oneseal:caseStatus: business word of the case while it waits here
    message: str = ""  # name of the message or signal of this event or receive task
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One deployment: main process, called processes, decisions, forms. ``digest`` = SHA-256 over all names and contents.

    ``starts``: message name -> start event of the main process, "" for the plain start.
    ``key`` and ``name`` are the main process's; ``numbering`` its oneseal:numbering rule (``{township}-{year}-{seq:3}``).
    ``compiled`` is the engine room's own (specs, decisions); nobody else looks inside.
    """

    key: str
    name: str
    digest: str
    numbering: str
    files: Mapping[str, bytes]
    elements: Mapping[str, Element]
    forms: Mapping[str, Mapping[str, Any]]
    starters: tuple[str, ...]  # camunda:candidateStarterGroups of the main process, each "post@relation"
    starts: Mapping[str, str] = field(default_factory=dict)
    compiled: Any = field(repr=False, compare=False, default=None)


# ---- commands: what an event of the history holds, so that replay can do it again -------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a case with ``data`` as its first variables. ``message`` starts at that message start event."""

    data: Mapping[str, Any]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Complete:
    """A user task is done; ``data`` (already checked against the form) becomes top-level variables."""

    number: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FinishJob:
    """A service task's handler is done with ``data``."""

    number: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RaiseError:
    """A service task's (or user task's) work ended in BPMN error ``code``; a boundary event must catch it."""

    number: int
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WakeTimer:
    number: int


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand a message or signal to the waiting node ``number`` with ``data`` as variables."""

    number: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Return:
    """退回: cancel the live tokens that a new one at ``target`` will bring about again, and start that one; see ``returns``."""

    number: int
    target: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the case: every live node is cancelled."""


@dataclass(frozen=True, slots=True)
class Skip:
    """强制跳过: what ``number`` waits for is not done, the token goes on without it. Never a person's task; see ``forcing``."""

    number: int


@dataclass(frozen=True, slots=True)
class Jump:
    """强制跳转: the token ``number`` ends where it waits and a new one starts at ``target`` of the same scope; see ``forcing``."""

    number: int
    target: str


@dataclass(frozen=True, slots=True)
class SetVariables:
    """修改变量: sets ``data`` and removes the names of ``remove``, at the token ``number``, or everywhere in the case when it is 0."""

    number: int
    data: Mapping[str, Any] = field(default_factory=dict)
    remove: Sequence[str] = ()


Command = Start | Complete | FinishJob | RaiseError | WakeTimer | Deliver | Return | Cancel | Skip | Jump | SetVariables


# ---- what a step gives back --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimerDue:
    """``kind``: duration or date. ``value``: ISO 8601 text. ``unit``: calendar, or workdays for whole working days."""

    kind: str
    value: str
    unit: str = "calendar"


@dataclass(frozen=True, slots=True)
class Wait:
    """A node that waits for the outside. ``kind``: user, job, timer, message, signal. ``data``: the variables it sees.

    ``host`` is the number of the user task, job, message or subprocess a boundary event sits on, of the start of an event subprocess the
    activity of its scope, or -1 directly in the main process; else 0.
    ``assignee`` is the evaluated person id, or empty.
    """

    number: int
    element: str
    kind: str
    data: Mapping[str, Any]
    timer: TimerDue | None = None
    message: str = ""
    key: str = ""  # correlation key, text
    host: int = 0
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A wait of before that is gone. ``how``: completed or cancelled."""

    number: int
    element: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One node the token passed in this step, in order. ``outcome``: completed, cancelled, error, skipped. ``detail``: e.g. DMN rules hit."""

    element: str
    kind: str
    name: str
    outcome: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal thrown to the outside. ``kind``: message, signal."""

    kind: str
    name: str
    key: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """``status``: active, completed, cancelled. ``digest``: SHA-256 hex of ``state``. ``variables``: of the token that moved last."""

    state: bytes
    digest: str
    status: str
    opened: tuple[Wait, ...]
    closed: tuple[Closed, ...]
    trail: tuple[Trail, ...]
    thrown: tuple[Thrown, ...]
    variables: Mapping[str, Any]
