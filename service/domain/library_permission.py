"""Who keeps the item library and its registers: 县审改办 all of it, a department what is its own. Deny by default, a reason for every no.

Only the department says that its item is sorted and its flow described (云政办〔2022〕28号 二(三)2 orders the departments to); 审改办 agrees
or sends back. A codebook (dictionary) is also the system administrator's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.domain.people import Actor, Role
from service.domain.permission import YES, Verdict
from service.domain.texts import say

DEPARTMENT_POST = "dept_clerk"
OFFICE_POSTS = ("reform_clerk", "reform_reviewer")


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a decision looks at. ``departments``: whose thing it is and would become; empty: everybody's.

    ``doers``: persons who made or marked the version that is reviewed.
    """

    reform_office_id: str = ""
    departments: tuple[str, ...] = ()
    township_id: str = ""
    doers: frozenset[str] = frozenset()


def may_keep(actor: Actor, verb: str, keeping: Keeping) -> Verdict:
    """May ``actor`` do ``verb``? Unknown verbs are refused."""
    rule = RULES.get(verb)
    if rule is None:
        return _no("unknown-verb", verb=verb)
    if actor.roles and verb not in FOR_SYSTEM:
        return _no("administrator")
    return rule(actor, keeping)


def _no(code: str, **values: object) -> Verdict:
    return Verdict(False, code, say(f"permission.{code}", **values))


def _of_office(actor: Actor, keeping: Keeping) -> bool:
    return bool(keeping.reform_office_id) and any(actor.holds(p, keeping.reform_office_id) for p in OFFICE_POSTS)


def _of_department(actor: Actor, keeping: Keeping) -> bool:
    return bool(keeping.departments) and all(actor.holds(DEPARTMENT_POST, d) for d in keeping.departments)


def _either(actor: Actor, keeping: Keeping) -> Verdict:
    return YES if _of_office(actor, keeping) or _of_department(actor, keeping) else _no("not-keeper")


def _department(actor: Actor, keeping: Keeping) -> Verdict:
    return YES if _of_department(actor, keeping) else _no("not-department")


def _office(actor: Actor, keeping: Keeping) -> Verdict:
    return YES if _of_office(actor, keeping) else _no("not-coordinator")


def _review(actor: Actor, keeping: Keeping) -> Verdict:
    verdict = _office(actor, keeping)
    return _no("own-version") if verdict and actor.person_id in keeping.doers else verdict


def _shared(actor: Actor, keeping: Keeping) -> Verdict:
    """Laws are everybody's: every department enters those its items rest on."""
    in_department = any(h.post == DEPARTMENT_POST for h in actor.holdings)
    return YES if in_department or _of_office(actor, keeping) else _no("not-keeper")


def _station(actor: Actor, keeping: Keeping) -> Verdict:
    """乡镇党政办 knows its own stations."""
    own = bool(keeping.township_id) and actor.holds("party_office_clerk", keeping.township_id)
    return YES if own or _of_office(actor, keeping) else _no("not-station-keeper")


def _dictionary(actor: Actor, keeping: Keeping) -> Verdict:
    system = Role.SYSTEM_ADMIN in actor.roles
    return YES if system or (not actor.roles and _of_office(actor, keeping)) else _no("not-dictionary-keeper")


RULES: Mapping[str, Callable[[Actor, Keeping], Verdict]] = {
    "item.put": _either,
    "item.sort": _department,
    "item.describe": _department,
    "item.review": _review,
    "item.pause": _either,
    "item.resume": _either,
    "item.cancel": _office,
    "basis.put": _shared,
    "basis.repeal": _office,
    "power_document.put": _office,
    "power_document.withdraw": _office,
    "station.put": _station,
    "dictionary.keep": _dictionary,
    "form.put": _either,
    "form.stop": _either,
}
FOR_SYSTEM = frozenset({"dictionary.keep"})
