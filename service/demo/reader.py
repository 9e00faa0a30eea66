"""Tells the tour to a reader: who did what when, what the machine did, and what the case waits for now. Plain lines without a terminal."""

from datetime import datetime
from itertools import groupby
from types import TracebackType
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from service.demo.expectations import Outcome
from service.demo.telling import (
    ClockMoved,
    Event,
    MachineDone,
    NowWaits,
    Opening,
    ReceiptGiven,
    Refused,
    StepDone,
)  # fmt: skip
from service.domain.texts import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
STEPS = 74  # of the story told from its beginning in a fresh county; only the length of the bar


class Reader:
    """Prints events as they come. Use as a context: the progress display stands below the story while it runs."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._case_key = ""
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(), console=console, disable=not console.is_terminal, transient=True,
        )  # fmt: skip
        self._task: TaskID = self._bar.add_task(say("tour.progress"), total=STEPS)

    def __enter__(self) -> "Reader":
        self._bar.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def hear(self, event: Event) -> None:
        match event:
            case Opening():
                self._opening(event)
            case StepDone():
                self._step(event)
            case MachineDone():
                self._machine(event)
            case NowWaits():
                self._waits(event)
            case ReceiptGiven():
                self._receipt(event)
            case Refused():
                self._refused(event)
            case ClockMoved():
                self._clock(event)

    def line(self, text: str, *, style: str = "") -> None:
        self.console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)

    def _opening(self, event: Opening) -> None:
        key = "ended" if event.ended else "resumed" if event.resumed else "begun"
        self.line(say(f"tour.opening.{key}", title=event.title, key=event.key, done=event.done), style="bold")
        self._bar.update(self._task, completed=event.done)

    def _step(self, event: StepDone) -> None:
        person, self._case_key = event.person, event.case_key
        self.line("")
        self.line(
            say("tour.step", number=event.number, at=clock(event.at), name=person.name, post=person.post,
                organisation=person.organisation), style="cyan",
        )  # fmt: skip
        self.line(say("tour.task", task=event.task, title=event.title, key=event.case_key), style="bold")
        if event.decision:
            self.line(say("tour.decided", decision=event.decision))
        if event.opinion:
            self.line(say("tour.opinion", opinion=event.opinion))
        if event.late:
            self.line(say("tour.late", day=event.late))
        description = escape(say("tour.progress.step", task=event.task))
        self._bar.update(self._task, completed=event.number, total=max(STEPS, event.number), description=description)

    def _machine(self, event: MachineDone) -> None:
        steps = say("tour.arrow").join(name for name, _ in groupby(event.steps))
        self.line(say("tour.machine", steps=steps, where=self._where(event.case_key)), style="green")

    def _waits(self, event: NowWaits) -> None:
        if event.ended:
            self.line(say("tour.case_ended", key=event.case_key, stage=event.stage), style="yellow")
            return
        counted: dict[tuple[str, str], int] = {}
        for wait in event.waits:
            counted[wait] = counted.get(wait, 0) + 1
        told = [
            say("tour.wait", what=what, who=who, times=say("tour.times", count=n) if n > 1 else "")
            for (what, who), n in counted.items()
        ]
        waits = say("tour.semicolon").join(told) or say("list.none")
        self.line(say("tour.waits", stage=event.stage, waits=waits, where=self._where(event.case_key)), style="yellow")

    def _where(self, case_key: str) -> str:
        """Named only when it is another case than the one just worked on."""
        return "" if case_key == self._case_key else say("tour.where", key=case_key)

    def _receipt(self, event: ReceiptGiven) -> None:
        self.line("")
        key = "tour.receipt.reminded" if event.reminded else "tour.receipt"
        person = event.person
        self.line(
            say(key, at=clock(event.at), name=person.name, organisation=person.organisation, document=event.document),
            style="cyan",
        )

    def _refused(self, event: Refused) -> None:
        person = event.person
        self.line("")
        self.line(
            say("tour.refused_attempt", name=person.name, post=person.post, task=event.task, status=event.status,
                why=event.why), style="magenta",
        )  # fmt: skip

    def _clock(self, event: ClockMoved) -> None:
        self.line("")
        self.line(
            say("tour.clock_moved", before=clock(event.before), after=clock(event.after), why=event.why),
            style="magenta",
        )

    def outcome(self, outcome: Outcome) -> None:
        """The ledger, what left the batch and why, and every expectation."""
        self.console.print()
        self.console.print(_ledger(outcome, plain=not self.console.is_terminal))
        for row in outcome.dropped:
            self.line(say("tour.left", name=row["name"], item_class=row["item_class"], reason=row["reason"]))
        self.line("")
        for expectation in outcome.expectations:
            key = "tour.held" if expectation.held else "tour.fell"
            style = "green" if expectation.held else "bold red"
            self.line(say(key, name=expectation.name, found=expectation.found), style=style)


def clock(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _ledger(outcome: Outcome, *, plain: bool) -> Table:
    columns = ("item", "class", "scope", "number", "date", "filing", "seal", "status")
    table = Table(title=say("tour.ledger"), title_justify="left", expand=False, show_lines=not plain)
    for column in columns:
        table.add_column(say(f"tour.ledger.{column}"), overflow="fold")
    for row in outcome.ledger:
        cells = (
            row["item_name"], row["item_class"], say(f"tour.scope.{row['scope']}"), row["document_number"],
            row["document_date"] or "", row["filing_number"], outcome.seals.get(row["seal"] or "", ""),
            say(f"tour.status.{row['status']}"),
        )  # fmt: skip
        table.add_row(*(Text(str(cell)) for cell in cells))  # brackets in a name are no markup
    return table
