"""One file commits. Transactions are opened at the edge (door, worker, gate), never inside an action or a query."""

from collections.abc import Iterable, Iterator

from tests.house.source import Source, agree, called, python

COMMITS = "service/store/session.py"
MIGRATES = "service/store/schema.py"
INSIDE = ("service/domain/", "service/actions/", "service/store/", "service/demo/", "handlers/")


def commits(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for call in source.calls():
            if called(call) in ("commit", "rollback", "savepoint", "begin_nested") and source.path != COMMITS:
                yield f"{source.path}:{call.lineno}: calls {called(call)}()"


def transactions(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if not source.path.startswith(INSIDE) or source.path in (COMMITS, MIGRATES):
            continue
        for call in source.calls():
            if called(call) == "begin":
                yield f"{source.path}:{call.lineno}: opens a transaction"


def test_only_the_session_commits() -> None:
    agree(
        commits(python("service", "handlers")),
        f"Leave the transaction to whoever opened it: Database.begin() in {COMMITS} commits when its block ends well.",
    )


def test_only_the_edge_opens_transactions() -> None:
    agree(
        transactions(python("service", "handlers")),
        "Take the Frame (actions) or the Transaction (queries) as an argument; the door, the worker or the gate opens it.",
    )


def test_the_rules_see_a_second_commit() -> None:
    bad = Source("service/actions/a.py", "def f(frame):\n    with frame.database.begin() as tx:\n        tx.commit()\n")
    assert list(commits([bad])) == ["service/actions/a.py:3: calls commit()"]
    assert list(transactions([bad])) == ["service/actions/a.py:2: opens a transaction"]
