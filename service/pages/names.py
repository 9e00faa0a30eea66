"""Names for a whole page: every organisation in one look-up, the people who are needed in another."""

from collections.abc import Collection, Iterable

from service.domain.people import OrgKind, Person
from service.store import organisations, people
from service.store.session import Transaction


class Names:
    """``organisation(id)`` and ``person(id)``; what is not known is shown by its id."""

    def __init__(self, tx: Transaction, people_ids: Iterable[str | None] = ()) -> None:
        self._organisations = {found.id: found for found in organisations.list_organisations(tx)}
        self._people = people.people_by_id(tx, {id for id in people_ids if id})

    def organisation(self, id: str | None, *, short: bool = False) -> str:
        found = self._organisations.get(id or "")
        if found is None:
            return id or ""
        return found.short_name if short else found.name

    def of_kinds(self, kinds: Collection[OrgKind]) -> dict[str, str]:
        """Id -> short name of the organisations of these kinds, for a list to choose from."""
        return {id: found.short_name for id, found in self._organisations.items() if found.kind in kinds}

    def person(self, id: str | None) -> Person | str:
        """A person for the mark 虚构, or the bare id: the machine is no person."""
        return self._people.get(id or "", id or "")
