"""Who may import and export which kind of sheet.

系统管理员 imports organisations, people, and posts for people whose account still waits (proposals, until 安全管理员 enables it); 安全管理员
imports posts. The item library is kept by 县审改办, and by departments and townships row by
row what is theirs: the rules of ``library_permission`` are asked of every row, before and after. The console (the system itself) may all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from service.domain.administration import may
from service.domain.library_permission import DEPARTMENT_POST, OFFICE_POSTS, may_keep
from service.domain.people import SYSTEM, Actor, Role
from service.domain.permission import YES, Verdict
from service.domain.sheets.batch import Batch
from service.domain.sheets.columns import SheetKind, Value
from service.domain.sheets.kinds import KINDS
from service.domain.sheets.planning import Judge
from service.domain.sheets.world import World
from service.domain.texts import say

# Kind -> the verb of ``library_permission`` and the posts that may have a row of it.
LIBRARY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "stations": ("station.put", ("party_office_clerk", *OFFICE_POSTS)),
    "legal_bases": ("basis.put", (DEPARTMENT_POST, *OFFICE_POSTS)),
    "forms": ("form.put", (DEPARTMENT_POST, *OFFICE_POSTS)),
    "items": ("item.put", (DEPARTMENT_POST, *OFFICE_POSTS)),
    "power_documents": ("power_document.put", OFFICE_POSTS),
}


def may_import(actor: Actor, kind: str) -> Verdict:
    """Whether the actor may import any row of the kind; ``judge`` says which."""
    if kind not in LIBRARY or actor.person_id == SYSTEM.person_id:
        return YES if actor.person_id == SYSTEM.person_id else may(actor, f"import.{kind}")
    if actor.roles:
        return Verdict(False, "administrator", say("permission.administrator"))
    posts = LIBRARY[kind][1]
    if any(held.post in posts for held in actor.holdings):
        return YES
    names = say("list.comma").join(say(f"post.{post}") for post in posts)
    return Verdict(False, "post-needed", say("permission.post-needed", posts=names))


def judge(actor: Actor, reform_office_id: str) -> Judge:
    """Row by row: what officers keep, and whose posts an administrator may give."""

    def verdict(kind: SheetKind, values: Mapping[str, Value], world: World) -> Verdict:
        if actor.person_id == SYSTEM.person_id:
            return YES
        if kind.id == "posts":
            return _may_post(actor, str(values.get("person_id", "")), world)
        if kind.id not in LIBRARY:
            return YES
        keeping = replace(kind.keeping(values), reform_office_id=reform_office_id)
        return may_keep(actor, LIBRARY[kind.id][0], keeping)

    return verdict


def _may_post(actor: Actor, person_id: str, world: World) -> Verdict:
    """Posts of an account that waits are proposals; those in force are the security administrator's, but not of whom he entered."""
    person = world.after("people", person_id) or {}
    if world.before("people", person_id) is None or person.get("waiting"):
        return YES
    if Role.SECURITY_ADMIN not in actor.roles:
        return Verdict(False, "posts-in-force", say("permission.posts-in-force", name=person.get("name", person_id)))
    if person_id == actor.person_id:
        return Verdict(False, "own-account", say("account.own"))
    if person.get("created_by") == actor.person_id:
        return Verdict(False, "own-creation", say("account.own_creation", name=person.get("name", person_id)))
    return YES


def may_export(actor: Actor, kind: str) -> Verdict:
    """The item library is open to all who are signed in; people and posts to the three administrators and the business auditors."""
    return YES if kind in LIBRARY or actor.auditor else may(actor, f"export.{kind}")


def imports_any(actor: Actor) -> bool:
    return any(may_import(actor, kind.id) for kind in KINDS)


def may_see(actor: Actor, batch: Batch) -> bool:
    """Whoever uploaded it, or reads and takes out all of its kinds anyway."""
    return batch.added_by == actor.person_id or all_allowed(actor, batch.kinds)


def all_allowed(actor: Actor, kinds: Iterable[str]) -> bool:
    return all(may_export(actor, kind) for kind in kinds)
