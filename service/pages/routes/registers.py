"""授权台账 and 印章登记: registers everybody signed in may read, print and take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.domain.items import AuthorisationStatus, PowerSource
from service.domain.people import OrgKind
from service.domain.texts import say
from service.pages.csv_files import csv_file
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Page
from service.pages.rendering import day
from service.store import ledger, ledger_rows, library
from service.store.ledger_rows import LedgerRow
from service.store.session import Transaction

router = APIRouter()
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
ROWS = 50
PLACES = frozenset({OrgKind.TOWNSHIP, OrgKind.ZONE})
COLUMNS = (
    "number", "item", "code", "type", "power_source", "basis", "department", "old_seal", "new_seal", "scope",
    "document", "filing", "from", "until", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Codes in words: dictionary entries by (dictionary, code)."""

    names: Names
    entries: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, tx: Transaction) -> "Words":
        found = [e for name in ("item_type", "power_source") for e in library.list_entries(tx, name)]
        return cls(Names(tx), {(e.dictionary, e.code): e.label for e in found})

    def entry(self, dictionary: str, code: str) -> str:
        return self.entries.get((dictionary, code), code)

    def power_source(self, code: str) -> str:
        """The county's own word when the dictionary has one."""
        known = self.entries.get(("power_source", code))
        return known or (say(f"power_source.{code}") if code in tuple(PowerSource) and code else code)


@router.get("/ledger")
def show_ledger(door: Door, q: Text = "", township: Text = "", status: Text = "", after: After = "") -> Response:
    """授权台账, newest first; printed on its side it is the paper register."""
    query = {"q": q, "township": township, "status": status}

    def look(frame: Frame) -> Page:
        words = Words.of(frame.tx)
        page = ledger_rows.list_rows(
            frame.tx, township=township, status=status, text=q.strip(), after=after or None, limit=ROWS
        )
        return Page(
            "registers/ledger.html", rows=[(row, in_words(row, words)) for row in page.items], next=page.next,
            first=not after, query=query, columns=[say(f"ledger.{name}") for name in COLUMNS], names=words.names,
            townships=words.names.of_kinds(PLACES), now=frame.now,
            statuses={s.value: say(f"authorisation.status.{s.value}") for s in AuthorisationStatus},
        )  # fmt: skip

    return door.show(look)


@router.get("/ledger.csv")
def export_ledger(door: Door, q: Text = "", township: Text = "", status: Text = "") -> Response:
    """The same rows as a table for Excel and WPS, all pages."""

    def look(frame: Frame) -> list[list[str]]:
        words = Words.of(frame.tx)
        found = ledger_rows.every_row(frame.tx, township=township, status=status, text=q.strip())
        head = [say("ledger.township"), *(say(f"ledger.{name}") for name in COLUMNS[1:])]
        return [head, *([words.names.organisation(row.entry.township_id), *in_words(row, words)] for row in found)]

    return csv_file(f"{say('nav.ledger')}.csv", door.read(look))


@router.get("/seals")
def show_seals(door: Door, organisation: Text = "", after: After = "") -> Response:
    """印章登记."""

    def look(frame: Frame) -> Page:
        page = ledger.list_seals(frame.tx, organisation_id=organisation or None, after=after or None, limit=ROWS)
        names = Names(frame.tx)
        return Page(
            "registers/seals.html", rows=page.items, next=page.next, first=not after, names=names,
            organisation=organisation, organisations=names.of_kinds(frozenset(OrgKind)),
        )  # fmt: skip

    return door.show(look)


def in_words(row: LedgerRow, words: Words) -> list[str]:
    """The cells of ``COLUMNS`` behind the running number."""
    entry = row.entry
    term = say("ledger.long_term") if entry.valid_to is None else say("ledger.term", until=day(entry.valid_to))
    return [
        entry.item_name,
        row.task_code,
        words.entry("item_type", row.item_type),
        words.power_source(row.power_source),
        row.legal_basis,
        words.names.organisation(row.department_id),
        say(f"choice.current_seal.{row.current_seal}") if row.current_seal else "",
        row.seal_name,
        say(f"ledger.scope.{entry.scope}"),
        entry.document_number,
        entry.filing_number,
        day(entry.valid_from) or day(entry.effective_at),
        term,
        say(f"authorisation.status.{entry.status.value}"),
    ]
