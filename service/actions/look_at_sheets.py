"""Somebody takes rows out as a workbook, or a template with the names that may be referred to."""

from collections.abc import Sequence

from service.actions.frame import Frame
from service.actions.parts.sheet_rows import known_rows
from service.domain.errors import NotAllowed, NotFound
from service.domain.sheets.access import imports_any, may_export, may_import
from service.domain.sheets.columns import SheetKind
from service.domain.sheets.kinds import BY_ID, KINDS, needed
from service.domain.sheets.world import Rows
from service.domain.texts import say

EVERYTHING = "all"


def look_at_sheets(frame: Frame, kinds: Sequence[SheetKind]) -> dict[str, Rows]:
    """The rows of these kinds and of those they refer to; NotAllowed names the first that this person may not take out."""
    for kind in kinds:
        verdict = may_export(frame.actor, kind.id)
        if not verdict:
            raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb=f"export.{kind.id}")
    return known_rows(frame.tx, needed(kinds))


def look_at_offers(frame: Frame, kinds: Sequence[SheetKind]) -> dict[str, Rows]:
    """The rows a template of these kinds offers names of, for whoever imports sheets at all."""
    if not imports_any(frame.actor):
        verdict = may_import(frame.actor, KINDS[0].id)
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb="import")
    return known_rows(frame.tx, needed(kinds))


def kinds_named(names: str) -> list[SheetKind]:
    """``organisations,people`` as kinds, in the order they are read; ``all`` for every kind. NotFound names the one there is not."""
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in BY_ID and name != EVERYTHING:
            known = say("list.comma").join(BY_ID)
            raise NotFound("sheet.unknown_kind", kind=name[:60], kinds=known)
    return [kind for kind in KINDS if EVERYTHING in wanted or kind.id in wanted]
