"""Who may do what: one place, deny by default, a reason for every no.

``can(actor, verb, facts)`` answers one question; ``visible(actor)`` is the filter of every list.
The three administrators (三员) never take business steps; business auditors read every case and change none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.domain.cases import Case, CaseStatus, Task, TaskStatus
from service.domain.people import Actor, Holding, Role
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is empty when allowed, else a whole Chinese sentence; ``code`` is stable."""

    allowed: bool
    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


@dataclass(frozen=True, slots=True)
class Visible:
    """Cases a person may see: all, or those with access rows for ``organisations``, or begun or worked on by the person."""

    everything: bool
    organisations: frozenset[str]
    person_id: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision looks at; fields that do not matter to the verb stay empty.

    ``access``: organisations with a case_access row. ``acts``: (element id, person id) of the case's completed tasks.
    ``separate_from`` and ``return_to`` come from the diagram. ``names``: person id -> name, element id -> name, for reasons.
    """

    case: Case | None = None
    task: Task | None = None
    access: frozenset[str] = frozenset()
    acts: tuple[tuple[str, str], ...] = ()
    separate_from: tuple[str, ...] = ()
    return_to: tuple[str, ...] = ()
    target: str = ""
    starters: frozenset[Holding] = frozenset()
    senders: frozenset[Holding] = frozenset()
    initiator_sends: bool = False
    reform_office_id: str = ""
    county_office_id: str = ""
    receiver: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def visible(actor: Actor) -> Visible:
    """The filter of lists; the system and business auditors see every case."""
    everything = actor.person_id == "system" or actor.auditor
    return Visible(everything, frozenset() if _administers(actor) else actor.organisations, actor.person_id)


def operating_scope(actor: Actor) -> Visible:
    """The same of what stands still: whoever operates sees that of every case."""
    return Visible(True, frozenset(), actor.person_id) if _operate(actor, Facts()) else visible(actor)


def can_see(actor: Actor, case: Case, access: frozenset[str], *, worked_on: bool = False) -> bool:
    """One case for one actor; the same rule as ``visible`` gives the lists."""
    scope = visible(actor)
    return scope.everything or case.initiator_id == actor.person_id or worked_on or bool(scope.organisations & access)


def can(actor: Actor, verb: str, facts: Facts) -> Verdict:
    """May ``actor`` do ``verb``? Unknown verbs are refused."""
    rule = RULES.get(verb)
    return rule(actor, facts) if rule else _no("unknown-verb", verb=verb)


def _no(code: str, **values: object) -> Verdict:
    return Verdict(False, code, say(f"permission.{code}", **values))


def _administers(actor: Actor) -> bool:
    return bool(actor.roles)


def _is_candidate(actor: Actor, task: Task) -> bool:
    return any(actor.holds(c.post, c.organisation_id) for c in task.candidates)


def _work_on_task(actor: Actor, facts: Facts) -> Verdict:
    """The rules every act on a task shares: open, of an active case, for this person's post, not against separation."""
    task, case = facts.task, facts.case
    assert task and case
    if _administers(actor):
        return _no("administrator")
    named = not task.candidates and task.assignee_id == actor.person_id  # the diagram named the person, no post
    if not named and not _is_candidate(actor, task):
        return _no("not-candidate", task=task.name)
    if task.status is not TaskStatus.OPEN:
        return _no("task-closed", task=task.name)
    if case.status is not CaseStatus.ACTIVE:
        return _no("case-not-active", status=say(f"case.status.{case.status.value}"))
    for element, person in facts.acts:
        if person == actor.person_id and element in facts.separate_from:
            return _no("separation", task=task.name, earlier=facts.names.get(element, element))
    return YES


def _claim(actor: Actor, facts: Facts) -> Verdict:
    return _work_on_task(actor, facts)


def _complete(actor: Actor, facts: Facts) -> Verdict:
    verdict = _work_on_task(actor, facts)
    task = facts.task
    assert task
    if verdict and task.assignee_id != actor.person_id:
        if task.assignee_id:
            return _no("other-assignee", task=task.name, name=facts.names.get(task.assignee_id, task.assignee_id))
        return _no("not-claimed", task=task.name)
    return verdict


def _return(actor: Actor, facts: Facts) -> Verdict:
    verdict = _complete(actor, facts)
    if verdict and facts.target not in facts.return_to:
        offered = say("list.comma").join(facts.names.get(t, t) for t in facts.return_to) or say("list.none")
        assert facts.task
        return _no("no-such-return", task=facts.task.name, target=facts.target, offered=offered)
    return verdict


def _start(actor: Actor, facts: Facts) -> Verdict:
    if _administers(actor):
        return _no("administrator")
    return YES if set(actor.holdings) & facts.starters else _no("not-starter")


def _steer_case(actor: Actor, facts: Facts) -> Verdict:
    """Suspend, resume, change variables: the reform office's reviewer (审改办审核) coordinates all cases and sees what they hold."""
    if _administers(actor):
        return _no("administrator")
    if actor.holds("reform_reviewer", facts.reform_office_id):
        return YES
    return _no("not-coordinator")


def _cancel_case(actor: Actor, facts: Facts) -> Verdict:
    assert facts.case
    if facts.case.initiator_id == actor.person_id and not _administers(actor):
        return YES
    return _steer_case(actor, facts)


def _send_message(actor: Actor, facts: Facts) -> Verdict:
    """Whom the diagram names at the waiting place; nobody where it names nobody: then the message comes from another case."""
    assert facts.case
    if _administers(actor):
        return _no("administrator")
    begun = facts.initiator_sends and facts.case.initiator_id == actor.person_id
    return YES if begun or set(actor.holdings) & facts.senders else _no("not-sender")


def _send_signal(actor: Actor, facts: Facts) -> Verdict:
    if _administers(actor):
        return _no("administrator")
    return YES if _of_reform_office(actor, facts) else _no("not-coordinator")


def _of_reform_office(actor: Actor, facts: Facts) -> bool:
    posts = ("reform_clerk", "reform_reviewer")
    return bool(facts.reform_office_id) and any(actor.holds(p, facts.reform_office_id) for p in posts)


def _operate(actor: Actor, _facts: Facts) -> Verdict:
    """Deploy, run a job, retry an incident, skip and jump by force: the system administrator's work, without seeing case content."""
    return YES if Role.SYSTEM_ADMIN in actor.roles or actor.person_id == "system" else _no("not-system-admin")


def _audit(actor: Actor, _facts: Facts) -> Verdict:
    """Read the whole history, sign-ins and denied attempts: the audit administrator and the business auditors."""
    return YES if Role.AUDIT_ADMIN in actor.roles or actor.auditor else _no("not-auditor")


def _confirm_receipt(actor: Actor, facts: Facts) -> Verdict:
    """送达回执: people of the receiving organisation."""
    if _administers(actor):
        return _no("administrator")
    return YES if facts.receiver and facts.receiver in actor.organisations else _no("not-receiver")


def _settle_deadline(actor: Actor, facts: Facts) -> Verdict:
    """条款冲突: 县政府办, which wrote the order."""
    if _administers(actor):
        return _no("administrator")
    return YES if actor.holds("county_clerk", facts.county_office_id) else _no("not-county-office")


RULES: dict[str, Callable[[Actor, Facts], Verdict]] = {
    "task.claim": _claim,
    "task.unclaim": _complete,
    "task.draft": _complete,
    "task.complete": _complete,
    "task.return": _return,
    "case.start": _start,
    "case.suspend": _steer_case,
    "case.resume": _steer_case,
    "case.cancel": _cancel_case,
    "message.send": _send_message,
    "signal.send": _send_signal,
    "receipt.confirm": _confirm_receipt,
    "deadline.settle": _settle_deadline,
    "definition.deploy": _operate,
    "job.run": _operate,
    "incident.retry": _operate,
    "case.force": _operate,
    "case.set_variables": _steer_case,
    "clock.set": _operate,
    "operation.read": _operate,
    "history.read": _audit,
}
