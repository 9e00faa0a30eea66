"""From a workbook and what the database holds to a plan: every row new, changed, unchanged or faulty, every fault of every row at once.

Nothing is guessed: a row that is not in the workbook stays as it is, a column that is not there changes nothing, a blank cell of a column
that is there empties the value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from service.domain.permission import Verdict
from service.domain.sheets.cells import Book
from service.domain.sheets.columns import Column, SheetKind, Value, Wrong
from service.domain.sheets.describing import sentence
from service.domain.sheets.drafts import Draft, drafts_of
from service.domain.sheets.headings import Table, recognise
from service.domain.sheets.plan import Line, Plan, State
from service.domain.sheets.world import Row, Rows, World
from service.domain.texts import say

OURS_BESIDE = (
    "sheet_kind.guide",
    "sheet_kind.choices",
    "sheet_kind.faults",
)  # worksheets of the template that hold no rows

MOST_DOUBTS = 100
Judge = Callable[[SheetKind, Mapping[str, Value], World], Verdict]
"""Whether somebody may keep a row that says this."""


def make_plan(book: Book, kinds: Sequence[SheetKind], known: Mapping[str, Rows], judge: Judge) -> Plan:
    """``known`` must hold the rows of every kind in the book and of those they refer to. ``judge`` is asked of each row, before and after."""
    tables, notes = tables_in(book, kinds)
    world = World(known)
    drafts = [draft for table in tables for draft in drafts_of(table, world, notes)]
    _read_rest(drafts, world)
    _compare_with_each_other(drafts, world)
    _refuse_foreign(drafts, world, judge)
    lines = tuple(_line(draft) for draft in drafts)
    found = tuple(dict.fromkeys(table.kind.id for table in tables))
    doubts = [doubt for draft in drafts for doubt in draft.doubts]
    notes.extend(say("note.doubt", sentence=sentence(doubt)) for doubt in doubts[:MOST_DOUBTS])
    if len(doubts) > MOST_DOUBTS:
        notes.append(say("note.more_doubts", count=len(doubts) - MOST_DOUBTS))
    return Plan(found, lines, tuple(fault for table in tables for fault in table.faults), tuple(notes))


def tables_in(book: Book, kinds: Sequence[SheetKind]) -> tuple[list[Table], list[str]]:
    """The worksheets that were recognised, in the order of ``kinds`` (what others refer to first), and what is to be told."""
    notes, tables = list[str](), list[Table]()
    beside = {say(key) for key in OURS_BESIDE}
    for sheet in book.sheets:
        table = recognise(sheet, kinds)
        if table:
            tables.append(table)
            notes.extend(table.notes)
        elif sheet.rows and sheet.title not in beside:
            notes.append(say("note.unknown_sheet", sheet=sheet.title))
    order = [kind.id for kind in kinds]
    return sorted(tables, key=lambda table: order.index(table.kind.id)), notes


def _read_rest(drafts: Iterable[Draft], world: World) -> None:
    """All other columns, now that every row of the workbook can be referred to."""
    for draft in drafts:
        here = {column.key for column in draft.table.columns.values()}
        for column in draft.kind.columns:
            if column.key in draft.kind.keys:
                continue
            if column.key in here:
                draft.read(column, world)
            else:
                draft.values[column.key] = (draft.before or {}).get(column.key, column.blank)
        if draft.key and not draft.again:
            world.add(draft.kind.id, draft.key, {**(draft.before or {}), **draft.values})


def _compare_with_each_other(drafts: Sequence[Draft], world: World) -> None:
    """Keys that stand twice, values no two rows may share, values that never change, and the rules of the kind."""
    _refuse_twice(drafts)
    for kind in {draft.kind.id: draft.kind for draft in drafts}.values():
        for column in kind.columns:
            if column.unique:
                _refuse_shared([draft for draft in drafts if draft.kind is kind], column, world)
    for draft in drafts:
        if _says_something_new(draft):
            _refuse_changes(draft)
            for key, why in draft.kind.rule(_row(draft), world):
                draft.wrong(draft.kind.column(key), why)


def _refuse_twice(drafts: Sequence[Draft]) -> None:
    first: dict[tuple[str, str], int] = {}
    for draft in drafts:
        if draft.key and first.setdefault((draft.kind.id, draft.key), draft.number) != draft.number:
            draft.wrong(draft.kind.column(draft.kind.keys[0]), Wrong("once", row=first[draft.kind.id, draft.key]))


def _refuse_shared(drafts: Sequence[Draft], column: Column, world: World) -> None:
    holders: dict[Value, set[str]] = {}
    for key, values in world.all(drafts[0].kind.id).items():
        if values.get(column.key):
            holders.setdefault(values[column.key], set()).add(key)
    rows = {draft.key: draft.number for draft in reversed(drafts)}
    for draft in drafts:
        shared = holders.get(draft.values.get(column.key), set())
        first = world.first_of(draft.kind.id, shared, draft.key) if draft.key else ""
        if first and column.key in draft.said and not _as_before(draft, column):
            taken = Wrong("once", row=rows[first]) if first in rows else Wrong("unique", holder=first)
            draft.wrong(column, taken)


def _refuse_changes(draft: Draft) -> None:
    for column in draft.kind.columns:
        if column.fixed and draft.before and column.key in draft.said and not _as_before(draft, column):
            draft.wrong(column, Wrong("fixed"))


def _refuse_foreign(drafts: Sequence[Draft], world: World, judge: Judge) -> None:
    """Officers keep what is theirs: neither another's row, nor one of theirs made another's."""
    for draft in drafts:
        if not draft.key or not _says_something_new(draft):
            continue
        for values in filter(None, (draft.before, draft.values)):
            verdict = judge(draft.kind, values, world)
            if not verdict:
                draft.wrong(draft.kind.columns[0], Wrong("not_yours", sentence=verdict.reason))


def _says_something_new(draft: Draft) -> bool:
    """What the database has already is not judged again."""
    return any(not _as_before(draft, column) for column in draft.kind.columns)


def _as_before(draft: Draft, column: Column) -> bool:
    return draft.before is not None and draft.before.get(column.key) == draft.values.get(column.key)


def _row(draft: Draft) -> Row:
    return Row(
        draft.kind.id, draft.table.sheet.title, draft.number, key=draft.key, values=draft.values,
        said=frozenset(draft.said), before=draft.before,
    )  # fmt: skip


def _line(draft: Draft) -> Line:
    changes = {
        column.key: ((draft.before or {}).get(column.key), draft.values.get(column.key))
        for column in draft.kind.columns
        if not _as_before(draft, column) and column.key in draft.values
    }
    if draft.faults:
        state = State.FAULTY
    elif draft.before is None and not draft.kind.absent(draft.values):
        state = State.NEW
    else:
        state = State.CHANGED if changes and draft.before is not None else State.UNCHANGED
    if state is State.UNCHANGED:
        changes = {}
    place = (draft.kind.id, draft.table.sheet.title, draft.number, draft.key)
    return Line(*place, state, dict(draft.values), changes, tuple(draft.faults))
