"""The kinds of sheet, one file each; in the order they are read and stored: whatever a row may refer to comes before it."""

from collections.abc import Iterable, Mapping

from service.domain.sheets.columns import SheetKind
from service.domain.sheets.kinds import (
    forms,
    items,
    legal_bases,
    organisations,
    people,
    posts,
    power_documents,
    stations,
)

KINDS: tuple[SheetKind, ...] = (
    organisations.KIND, people.KIND, posts.KIND, stations.KIND, legal_bases.KIND, forms.KIND, items.KIND,
    power_documents.KIND,
)  # fmt: skip
BY_ID: Mapping[str, SheetKind] = {kind.id: kind for kind in KINDS}


def needed(kinds: Iterable[SheetKind]) -> tuple[str, ...]:
    """Ids of these kinds and of all whose rows they refer to, however far."""
    found: dict[str, None] = {}
    waiting = [kind.id for kind in kinds]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = None
            waiting.extend(BY_ID[id].refers_to if id in BY_ID else ())
    return tuple(found)
