"""Who may import and export which kind of sheet: system administrators keep organisations and people, security administrators posts."""

from collections.abc import Iterable

from service.domain.administration import may
from service.domain.people import Actor
from service.domain.permission import Verdict
from service.domain.sheets.batch import Batch
from service.domain.sheets.kinds import KINDS


def may_import(actor: Actor, kind: str) -> Verdict:
    return may(actor, f"import.{kind}")


def may_export(actor: Actor, kind: str) -> Verdict:
    """Whoever may import it, and those who read everything: 审计管理员 and the business auditors."""
    found = may(actor, f"export.{kind}")
    return Verdict(True) if actor.auditor else found


def imports_any(actor: Actor) -> bool:
    return any(may_import(actor, kind.id) for kind in KINDS)


def may_see(actor: Actor, batch: Batch) -> bool:
    """Whoever uploaded it, may import it, or may read what was."""
    return batch.added_by == actor.person_id or all_allowed(actor, batch.kinds)


def all_allowed(actor: Actor, kinds: Iterable[str]) -> bool:
    return all(may_export(actor, kind) for kind in kinds)
