"""What the three administrators (三员) may do, and nobody else: one table, deny by default, a reason for every no.

系统管理员 keeps organisations, people (new accounts wait for 安全管理员), items, calendars, imports and deployments; 安全管理员 grants
posts and roles, enables, unlocks and resets accounts; 审计管理员 reads every log and changes nothing. Business officers keep what is theirs.
"""

from service.domain.people import Actor, Role
from service.domain.permission import YES, Verdict
from service.domain.texts import say

SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN

MAY: dict[str, frozenset[Role]] = {
    # accounts
    "account.read": frozenset({SYSTEM, SECURITY, AUDIT}),
    "person.create": frozenset({SYSTEM}),
    "person.edit": frozenset({SYSTEM}),
    "account.deactivate": frozenset({SYSTEM}),
    "account.enable": frozenset({SECURITY}),
    "post.grant": frozenset({SECURITY}),
    "role.grant": frozenset({SECURITY}),
    "account.unlock": frozenset({SECURITY}),
    "password.reset": frozenset({SECURITY}),
    "second-factor.reset": frozenset({SECURITY}),
    "session.read": frozenset({SECURITY}),
    "session.end": frozenset({SECURITY}),
    "token.revoke": frozenset({SECURITY}),
    # items
    # calendars
    "calendar.change": frozenset({SYSTEM}),
    "deadline.put": frozenset({SYSTEM}),
    # imports
    "import.organisations": frozenset({SYSTEM}),
    "import.people": frozenset({SYSTEM}),
    "import.posts": frozenset({SYSTEM, SECURITY}),  # for 系统管理员 only of accounts that still wait
    "export.organisations": frozenset({SYSTEM, SECURITY, AUDIT}),
    "export.people": frozenset({SYSTEM, SECURITY, AUDIT}),
    "export.posts": frozenset({SYSTEM, SECURITY, AUDIT}),
    # care of data
    "readiness.read": frozenset({SYSTEM, SECURITY, AUDIT}),
}


def may(actor: Actor, verb: str) -> Verdict:
    """Whether one of the actor's roles carries ``verb``. Unknown verbs are refused; the system itself may do all of them."""
    roles = MAY.get(verb)
    if roles is None:
        return Verdict(False, "unknown-verb", say("permission.unknown-verb", verb=verb))
    if actor.person_id == "system" or roles & actor.roles:
        return YES
    needed = say("list.comma").join(say(f"role.{role.value}") for role in sorted(roles))
    return Verdict(False, "role-needed", say("permission.role-needed", roles=needed))
